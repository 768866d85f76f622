#include "macros.h"
#define OURS \
  namespace ours {
#define OURS_OVER }
#define LOCAL(x) { x; }

// [[torch::export]]
int before(int x);

MY_NAMESPACE_BEGIN
int helper(int x);
// [[torch::export]]
int inside(int x);
MY_NAMESPACE_END

// [[torch::export]]
int between(int x);

OURS
// [[torch::export]]
int in_ours(int x);
OURS_OVER

NS_LOG_COMPONENT_DEFINE("x");
// [[torch::export]]
int after(int x);

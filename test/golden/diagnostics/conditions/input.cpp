#ifndef GUARD_H
#define GUARD_H
// [[torch::export]]
int guarded(int x);

#ifdef WITH_FFT
// [[torch::export]]
int alone(int x);
#  if WITH_FFT > 2 && \
      defined(MORE)
// [[torch::export]]
int deeper(int x);
#  endif
#elif defined(WITH_DCT)  // another
// [[torch::export]]
int of_one_elif(int x);
#else
// [[torch::export]]
int of_else(int x);
#endif

#if defined(__linux__)
// [[torch::export]]
int both(int x) { return x; }
#else
// [[torch::export]]
int both(int x) { return -x; }
#endif

#ifdef ONE
// [[torch::export]]
int unmarked_else(int x) { return x; }
#elif TWO
int unmarked_else(int x) { return x + 1; }
#else
int unmarked_else(int x) { return x + 2; }
#endif

#ifdef ONE
// [[torch::export]]
int not_in_all(int x) { return x; }
#elif TWO
#else
int not_in_all(int x) { return x + 2; }
#endif

#if 1
// [[torch::export]]
int always(int x);
#endif
#if 0
// [[torch::export]]
int never(int x);
#else
// [[torch::export]]
int not_never(int x);
#endif
#ifdef __cplusplus
// [[torch::export]]
int cpp(int x);
#endif
// [[torch::export]]
int body(int x) {
#ifdef ONE
  return 1;
#else
  return x;
#endif
}
#endif  // GUARD_H

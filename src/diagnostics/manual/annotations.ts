import type { CodeInfo } from "./code-info.js";

/** TX11xx: annotations and the comments above a function. */
export const annotations = {
  TX1101: {
    title: "the annotation cannot be read",
    severity: "error",
    explanation:
      "An annotation is `[[torch::export]]` with arguments in parentheses, in a small part of R's syntax: names, `=`, strings, TRUE, FALSE, `c(\u2026)` and `list(\u2026)`.",
    example: `// [[torch::export(name="activate"]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export(name="activate")]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1102: {
    title: "unknown argument of the annotation",
    severity: "error",
    explanation: "The arguments are `name`, `returns` and `rcpp`.",
    example: `// [[torch::export(return=c("a", "b"))]]
std::tuple<torch::Tensor, torch::Tensor> split(torch::Tensor x);`,
    mend: `// [[torch::export(returns=c("a", "b"))]]
std::tuple<torch::Tensor, torch::Tensor> split(torch::Tensor x);`,
  },
  TX1103: {
    title: "an argument of the annotation has the wrong value",
    severity: "error",
    explanation:
      "`name` is a string that is a name, `returns` a vector of such strings, `rcpp` TRUE or FALSE, `register_types` four strings for each type.",
    example: `// [[torch::export(rcpp=0)]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export(rcpp=FALSE)]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1104: {
    title: "an argument of the annotation is given twice",
    severity: "error",
    explanation: "It is not clear which of the two counts.",
    example: `// [[torch::export(name="activate", name="relu")]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export(name="activate")]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1105: {
    title: "no function follows the annotation",
    severity: "error",
    explanation:
      "An annotation marks the function right below it, declared or defined, with nothing but comments between.",
    example: `// [[torch::export]]
struct State {};`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1106: {
    title: "the annotation is an attribute",
    severity: "error",
    explanation: "Compilers do not know the attribute and warn of it. The annotation stands in a comment.",
    example: `[[torch::export]]
torch::Tensor relu(torch::Tensor x);

// [[torch::export]]
torch::Tensor gelu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1107: {
    title: "a comment looks like an annotation",
    severity: "warning",
    explanation: "The comment has the form of an annotation, but another word. It marks nothing.",
    example: `// [[torch::exprot]]
torch::Tensor relu(torch::Tensor x);

// [[torch::export]]
torch::Tensor gelu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1111: {
    title: "the annotation stands in a block comment",
    severity: "warning",
    explanation: "An annotation is a comment of one line. In a block comment it is text, and marks nothing.",
    example: `/** Rectifies.
 *  [[torch::export]]
 */
torch::Tensor relu(torch::Tensor x);

// [[torch::export]]
torch::Tensor gelu(torch::Tensor x);`,
    mend: `/** Rectifies. */
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1108: {
    title: "a function is annotated twice",
    severity: "error",
    explanation: "One annotation holds all arguments.",
    example: `// [[torch::export]]
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1109: {
    title: "the comment describes a parameter that is not there",
    severity: "warning",
    explanation: "The description reaches nobody. Often the parameter was renamed.",
    example: `/// Sets what is negative to zero.
/// @param y the input
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `/// Sets what is negative to zero.
/// @param x the input
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1112: {
    title: "an exported function that is not in every build",
    severity: "warning",
    explanation:
      "Conditions of `#if` are not evaluated. Generated code calls the function in every build, and the link fails in those that lack it. One of each branch, `#else` among them, is enough.",
    example: `#ifdef WITH_FFT
// [[torch::export]]
torch::Tensor spectrum(torch::Tensor x) { return at::fft_fft(x); }
#endif`,
    mend: `// [[torch::export]]
torch::Tensor spectrum(torch::Tensor x) {
#ifdef WITH_FFT
  return at::fft_fft(x);
#else
  TORCH_CHECK(false, "this build has no FFT");
#endif
}`,
  },
  TX1113: {
    title: "a macro that may open a namespace",
    severity: "warning",
    explanation:
      "Macros are not expanded. Generated code would declare and call the function outside the namespace, and the link fails.",
    example: `#define FILTERS_BEGIN namespace filters {
#define FILTERS_END }
FILTERS_BEGIN
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);
FILTERS_END`,
    mend: `namespace filters {
// [[torch::export]]
torch::Tensor relu(torch::Tensor x);
}`,
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;

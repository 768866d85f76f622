import type { CodeInfo } from "./code-info.js";

/** TX12xx: types and default arguments. */
export const types = {
  TX1201: {
    title: "a type that cannot be exported",
    severity: "error",
    explanation:
      "Each type needs a form at the C ABI and in every host language. Tensors, vectors and optionals of tensors, `int64_t`, `double`, `bool`, `std::string` and tuples of these have one.",
    example: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, float factor);`,
    mend: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor);`,
  },
  TX1202: {
    title: "a reference or const that cannot cross",
    severity: "error",
    explanation:
      "Values cross by handle or by copy. A non-const reference is a way to write to the caller, a reference as a result points at something that nobody owns.",
    example: `// [[torch::export]]
torch::Tensor add_one(torch::Tensor& x);`,
    mend: `// [[torch::export]]
torch::Tensor add_one(const torch::Tensor& x);`,
  },
  TX1203: {
    title: "a pointer",
    severity: "error",
    explanation: "Neither the owner nor the length of what a pointer points at crosses the C ABI.",
    example: `// [[torch::export]]
double total(const torch::Tensor* x);`,
    mend: `// [[torch::export]]
double total(const torch::Tensor& x);`,
  },
  TX1204: {
    title: "an array parameter",
    severity: "error",
    explanation: "C++ passes an array as a pointer, without its length.",
    example: `// [[torch::export]]
double total(double values[3]);`,
    mend: `// [[torch::export]]
double total(torch::Tensor values);`,
  },
  TX1205: {
    title: "an alias that stands for itself",
    severity: "error",
    explanation: "Following the alias never reaches a type.",
    example: `using A = B;
using B = A;
// [[torch::export]]
A relu(torch::Tensor x);`,
    mend: `using A = torch::Tensor;
using B = A;
// [[torch::export]]
B relu(torch::Tensor x);`,
  },
  TX1206: {
    title: "an optional or vector of something else than a tensor",
    severity: "error",
    explanation:
      "Optionals and vectors of tensors cross. Other optionals are better written as a default argument, vectors of numbers as a tensor.",
    example: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, torch::optional<double> factor);`,
    mend: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor = 1.0);`,
  },
  TX1207: {
    title: "the wrong number of template arguments",
    severity: "error",
    explanation:
      "`std::vector` and `torch::optional` hold one type, `std::tuple` at least one; other supported types take no arguments.",
    example: `// [[torch::export]]
std::vector<> chunks(torch::Tensor x);`,
    mend: `// [[torch::export]]
std::vector<torch::Tensor> chunks(torch::Tensor x);`,
  },
  TX1208: {
    title: "std::optional does not compile everywhere",
    severity: "warning",
    explanation:
      "libtorch 1.13 has an optional of its own. `torch::optional` is that one there, and `std::optional` from libtorch 2 on.",
    example: `// [[torch::export]]
torch::Tensor step(torch::Tensor x, std::optional<torch::Tensor> state);`,
    mend: `// [[torch::export]]
torch::Tensor step(torch::Tensor x, torch::optional<torch::Tensor> state);`,
  },
  TX1209: {
    title: "a default argument that cannot be carried over",
    severity: "error",
    explanation:
      "A default becomes a default in every host language, so that it must be a literal there: a number, `true`, `false`, a string, `torch::nullopt` or `{}`.",
    example: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor = std::sqrt(2.0));`,
    mend: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor = 1.4142135623730951);`,
  },
  TX1210: {
    title: "a default argument that does not fit its type",
    severity: "error",
    explanation: "C++ would change the value silently, and the host languages would show another one than runs.",
    example: `// [[torch::export]]
torch::Tensor repeat(torch::Tensor x, int64_t times = 2.5);`,
    mend: `// [[torch::export]]
torch::Tensor repeat(torch::Tensor x, int64_t times = 2);`,
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;

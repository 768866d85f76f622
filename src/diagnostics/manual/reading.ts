import type { CodeInfo } from "./code-info.js";

/** TX10xx: reading the files. */
export const reading = {
  TX1001: {
    title: "the file is not text",
    severity: "error",
    explanation:
      "A file with a C++ ending holds a zero byte, which no source file does. It may be an object file or UTF-16 text.",
    example: "torch::Tensor relu(torch::Tensor x);\u0000",
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1002: {
    title: "the declaration cannot be read",
    severity: "error",
    explanation:
      "The grammar of C++ does not know what stands here: something is missing, a macro stands where the grammar has no place for one, or a word that C++ has another use for stands in place of a name. Errors elsewhere in the file do not matter.",
    example: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x, = 3);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x, int64_t n = 3);`,
  },
  TX1003: {
    title: "too large or nested too deep",
    severity: "error",
    explanation:
      "Declarations, tuples, namespaces and packages have limits far above what a person writes, so that a broken or hostile file cannot stop the run.",
    example: `// [[torch::export]]
std::tuple<double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double, double> many();`,
    mend: `// [[torch::export]]
std::vector<torch::Tensor> many();`,
  },
  TX1004: {
    title: "nothing is exported",
    severity: "warning",
    explanation: "No function of the package is marked, so that there is nothing to call from other languages.",
    example: `torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;

import type { CodeInfo } from "./code-info.js";

/** TX13xx: functions and their names. */
export const functions = {
  TX1301: {
    title: "a template",
    severity: "error",
    explanation: "A template has no code until it is used with a type, and a caller from another language brings none.",
    example: `// [[torch::export]]
template <typename T>
torch::Tensor fill(T value);`,
    mend: `// [[torch::export]]
torch::Tensor fill(double value);`,
  },
  TX1302: {
    title: "a member that cannot be exported",
    severity: "error",
    explanation:
      "Constructors and methods are exported where they are declared: inside the class, in its public part. Static, private and friend functions, destructors and definitions outside of the class are not.",
    example: `class Cell {
  // [[torch::export]]
  torch::Tensor step(torch::Tensor x);
};`,
    mend: `// [[torch::export]]
torch::Tensor cell_step(torch::Tensor x, torch::Tensor state);`,
  },
  TX1303: {
    title: "a function that no other file can call",
    severity: "error",
    explanation:
      "`static` and an unnamed namespace hide a function from the generated code, which is a file of its own.",
    example: `// [[torch::export]]
static torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
  },
  TX1304: {
    title: "a result type that is left to the compiler",
    severity: "error",
    explanation: "The generated code declares the function again, and must know its result without reading the body.",
    example: `// [[torch::export]]
auto relu(torch::Tensor x) { return x.clamp_min(0); }`,
    mend: `// [[torch::export]]
auto relu(torch::Tensor x) -> torch::Tensor { return x.clamp_min(0); }`,
  },
  TX1305: {
    title: "a variadic function",
    severity: "error",
    explanation: "How many arguments there are, and of which types, does not cross the C ABI.",
    example: `// [[torch::export]]
torch::Tensor total(torch::Tensor first, ...);`,
    mend: `// [[torch::export]]
torch::Tensor total(std::vector<torch::Tensor> tensors);`,
  },
  TX1306: {
    title: "an operator",
    severity: "error",
    explanation: "An operator has no name that other languages could call.",
    example: `// [[torch::export]]
torch::Tensor operator%(torch::Tensor a, torch::Tensor b);`,
    mend: `// [[torch::export]]
torch::Tensor remainder(torch::Tensor a, torch::Tensor b);`,
  },
  TX1307: {
    title: "an inline function",
    severity: "error",
    explanation:
      "The generated code is a file of its own and sees a declaration. An inline or constexpr function has no code there, unless it stands in a header below `csrc/include/`: generated code includes that.",
    example: `// [[torch::export]]
inline torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
  },
  TX1308: {
    title: 'an extern "C" function',
    severity: "error",
    explanation: "The C function is generated; the one that is exported is C++.",
    example: `// [[torch::export]]
extern "C" double total(torch::Tensor x);`,
    mend: `// [[torch::export]]
double total(torch::Tensor x);`,
  },
  TX1309: {
    title: "a name that is not written the same everywhere",
    severity: "error",
    explanation:
      "Names reach C, TypeScript, R and the dispatcher. ASCII letters, digits and underscores, up to 200 of them, mean the same in all.",
    example: `// [[torch::export]]
torch::Tensor größe(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor size_of(torch::Tensor x);`,
  },
  TX1310: {
    title: "two functions of one name",
    severity: "error",
    explanation:
      'The C function is named after the C++ function alone, without its namespace and its parameters, so that there can be one only. `name="\u2026"` does not help: it names the function for hosts.',
    example: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor);
// [[torch::export]]
torch::Tensor scale(torch::Tensor x, torch::Tensor factor);`,
    mend: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double factor);
// [[torch::export]]
torch::Tensor scale_by(torch::Tensor x, torch::Tensor factor);`,
  },
  TX1311: {
    title: "one function is exported twice, in two ways",
    severity: "error",
    explanation:
      "A declaration and its definition, or two branches of an `#if`, may both be annotated; then they are one function, and their annotations, results and defaults must agree.",
    example: `// [[torch::export(name="relu_fast")]]
torch::Tensor relu(torch::Tensor x);
// [[torch::export]]
torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
    mend: `// [[torch::export(name="relu_fast")]]
torch::Tensor relu(torch::Tensor x);
torch::Tensor relu(torch::Tensor x) { return x.clamp_min(0); }`,
  },
  TX1312: {
    title: "two names become one in a host language",
    severity: "error",
    explanation:
      "In TypeScript names become camelCase and lose their namespaces, and in both hosts a reserved word gets an underscore, so that two names can become one.",
    example: `// [[torch::export]]
torch::Tensor leaky_step(torch::Tensor x);
// [[torch::export]]
torch::Tensor leakyStep(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor leaky_step(torch::Tensor x);
// [[torch::export(name="leaky_step_fast")]]
torch::Tensor leakyStep(torch::Tensor x);`,
  },
  TX1313: {
    title: "the C symbol is taken",
    severity: "error",
    explanation:
      "The C symbol of `f` is `_f`. Some of these belong to the linker, the C library or the compiler, and some names are generated for the package itself.",
    example: `// [[torch::export]]
torch::Tensor init(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor initialize(torch::Tensor x);`,
  },
  TX1314: {
    title: "the C symbol is taken on Windows",
    severity: "warning",
    explanation:
      "The C symbol of `f` is `_f`, and Windows' C library declares this one, so that the package does not compile there.",
    example: `// [[torch::export]]
torch::Tensor hypot(torch::Tensor a, torch::Tensor b);`,
    mend: `// [[torch::export]]
torch::Tensor hypotenuse(torch::Tensor a, torch::Tensor b);`,
  },
  TX1315: {
    title: "two parameters get one name",
    severity: "error",
    explanation: "Parameter names become camelCase, and a reserved word gets an underscore.",
    example: `// [[torch::export]]
torch::Tensor step(torch::Tensor hidden_size, torch::Tensor hiddenSize);`,
    mend: `// [[torch::export]]
torch::Tensor step(torch::Tensor hidden_size, torch::Tensor output_size);`,
  },
  TX1316: {
    title: "a parameter without default after one with a default",
    severity: "error",
    explanation: "C++ allows it only where an earlier declaration gives the missing default, which is not read.",
    example: `// [[torch::export]]
torch::Tensor step(torch::Tensor x, double decay = 0.9, torch::Tensor state);`,
    mend: `// [[torch::export]]
torch::Tensor step(torch::Tensor x, torch::Tensor state, double decay = 0.9);`,
  },
  TX1317: {
    title: "as many names as elements",
    severity: "error",
    explanation: "`returns=` names every element of a tuple.",
    example: `// [[torch::export(returns=c("output"))]]
std::tuple<torch::Tensor, torch::Tensor> step(torch::Tensor x);`,
    mend: `// [[torch::export(returns=c("output", "state"))]]
std::tuple<torch::Tensor, torch::Tensor> step(torch::Tensor x);`,
  },
  TX1318: {
    title: "names for a result that is one value",
    severity: "error",
    explanation: "`returns=` names the elements of a tuple or of a vector; one value needs no name.",
    example: `// [[torch::export(returns=c("output"))]]
torch::Tensor relu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1319: {
    title: "two elements of the result get one name",
    severity: "error",
    explanation: "The names become camelCase in TypeScript.",
    example: `// [[torch::export(returns=c("new_h", "newH"))]]
std::tuple<torch::Tensor, torch::Tensor> step(torch::Tensor x);`,
    mend: `// [[torch::export(returns=c("new_h", "new_c"))]]
std::tuple<torch::Tensor, torch::Tensor> step(torch::Tensor x);`,
  },
  TX1320: {
    title: "a name that the lib shim keeps for itself",
    severity: "error",
    explanation: "The namespace `tx` and names that start with `tx_` are those of the code that every package carries.",
    example: `// [[torch::export]]
torch::Tensor tx_relu(torch::Tensor x);`,
    mend: `// [[torch::export]]
torch::Tensor relu(torch::Tensor x);`,
  },
  TX1321: {
    title: "two types would have the same C functions",
    severity: "error",
    explanation:
      "Types that cross by functions of their own are named after what they hold, namespaces joined by two underscores.",
    example: `// csrc/include/myext/modes.h
namespace a { enum class b__mode { off }; }
namespace a { namespace b { enum class mode { on }; } }
// csrc/src/a.cpp
// [[torch::export]]
torch::Tensor f(std::vector<a::b__mode> x, std::vector<a::b::mode> y);`,
    mend: `// csrc/include/myext/modes.h
namespace a { namespace b { enum class mode { on }; } }
// csrc/src/a.cpp
// [[torch::export]]
torch::Tensor f(std::vector<a::b::mode> x, std::vector<a::b::mode> y);`,
  },
  TX1322: {
    title: "two exported constructors",
    severity: "error",
    explanation: "A class is made in one way in other languages. Functions that return an object make it in others.",
    example: `// csrc/include/myext/filter.h
class Filter {
 public:
  // [[torch::export]]
  explicit Filter(int64_t size);
  // [[torch::export]]
  explicit Filter(const torch::Tensor& taps);
};`,
    mend: `// csrc/include/myext/filter.h
class Filter {
 public:
  // [[torch::export]]
  explicit Filter(int64_t size);
};`,
  },
  TX1323: {
    title: "two declarations with different defaults",
    severity: "error",
    explanation:
      "A function is annotated once; its default arguments and its comment may stand at another declaration of it, in a header below `csrc/`. Hosts have one default, so that two must be the same.",
    example: `// csrc/include/myext/decay.h
torch::Tensor decay(torch::Tensor x, double rate = 0.5);
// csrc/src/decay.cpp
// [[torch::export]]
torch::Tensor decay(torch::Tensor x, double rate = 0.9) { return x * rate; }`,
    mend: `// csrc/include/myext/decay.h
torch::Tensor decay(torch::Tensor x, double rate = 0.5);
// csrc/src/decay.cpp
// [[torch::export]]
torch::Tensor decay(torch::Tensor x, double rate) { return x * rate; }`,
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;

import type { CodeInfo } from "./code-info.js";

/** TX12xx: types and default arguments. */
export const types = {
  TX1201: {
    title: "a type that cannot be exported",
    severity: "error",
    explanation:
      "Each type needs a form at the C ABI and in every host language. types.md lists those that have one; a type of your own may be an enum, a struct or a class that a header below csrc/include/ defines.",
    example: `// [[torch::export]]
torch::Tensor roll(torch::Tensor x, size_t places);`,
    mend: `// [[torch::export]]
torch::Tensor roll(torch::Tensor x, int64_t places);`,
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
    title: "a container of what it cannot hold",
    severity: "error",
    explanation:
      "Optionals and vectors hold values that can be copied. An optional of an optional has two absences, which other languages do not tell apart; a view belongs to nobody.",
    example: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, torch::optional<torch::optional<double>> factor);`,
    mend: `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, torch::optional<double> factor);`,
  },
  TX1207: {
    title: "the wrong number of template arguments",
    severity: "error",
    explanation:
      "`std::vector` and `torch::optional` hold one type, pairs and dictionaries two, `std::tuple` at least one; other supported types take no arguments.",
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
      "A default becomes a default in every host language, so that it must be a literal there: a number, infinity or NaN, `true`, `false`, a string, `torch::nullopt` or `{}`.",
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
  TX1211: {
    title: "a type that generated code cannot include",
    severity: "error",
    explanation:
      "`exports.cpp` takes enums, structs and classes apart, so that it has to include their definition: from a header below csrc/include/.",
    example: `enum class Mode { nearest, linear };
// [[torch::export]]
torch::Tensor resize(torch::Tensor x, Mode mode);`,
    mend: `// csrc/include/myext/mode.h
enum class Mode { nearest, linear };
// csrc/src/a.cpp
#include <myext/mode.h>
// [[torch::export]]
torch::Tensor resize(torch::Tensor x, Mode mode);`,
  },
  TX1212: {
    title: "a struct that holds values of its own type",
    severity: "error",
    explanation:
      "A struct crosses field by field, and one that holds itself has no last field. A class crosses behind a handle.",
    example: `// csrc/include/myext/tree.h
struct Tree {
  torch::Tensor value;
  std::vector<Tree> children;
};
// csrc/src/a.cpp
#include <myext/tree.h>
// [[torch::export]]
torch::Tensor flatten(const Tree& tree);`,
    mend: `// csrc/src/a.cpp
// [[torch::export]]
torch::Tensor flatten(const std::vector<torch::Tensor>& values);`,
  },
  TX1213: {
    title: "a type is registered twice",
    severity: "error",
    explanation: "A registration holds for the whole package, so that two of one spelling must say the same.",
    example: `// [[torch::export(rcpp=FALSE, register_types=c("box", "Box", "void*", "myext::box"))]]
torch::Tensor first(box x);
// [[torch::export(rcpp=FALSE, register_types=c("box", "Crate", "void*", "myext::box"))]]
torch::Tensor second(box x);`,
    mend: `// [[torch::export(rcpp=FALSE, register_types=c("box", "Box", "void*", "myext::box"))]]
torch::Tensor first(box x);
// [[torch::export(rcpp=FALSE)]]
torch::Tensor second(box x);`,
  },
  TX1214: {
    title: "a type passes unchanged",
    severity: "warning",
    explanation:
      "In a package whose files torchexport generated, a type that is not known stands as it is spelled in the C ABI and in the glue, as it did there.",
    example: `// In a package that torchexport generated:
// [[torch::export]]
torch::Tensor blur(torch::Tensor x, options how);`,
    mend: `// In a package that torchexport generated:
// [[torch::export]]
torch::Tensor blur(torch::Tensor x, double radius);`,
  },
  TX1215: {
    title: "an entry of an enum whose value is not known",
    severity: "error",
    explanation:
      "Hosts are told each entry with its number. Numbers, operators on them and entries before it can be read.",
    example: `// csrc/include/myext/mode.h
enum class Mode { nearest = FIRST_MODE, linear };
// csrc/src/a.cpp
// [[torch::export]]
torch::Tensor resize(torch::Tensor x, Mode mode);`,
    mend: `// csrc/include/myext/mode.h
enum class Mode { nearest = 1, linear };
// csrc/src/a.cpp
// [[torch::export]]
torch::Tensor resize(torch::Tensor x, Mode mode);`,
  },
  TX1216: {
    title: "a type that TypeScript has no form for",
    severity: "error",
    explanation:
      "An address is no value in JavaScript, and what `register_types` names is converted for R. With `rcpp=FALSE` a function stays in the C ABI.",
    example: `// [[torch::export]]
double size_of(void* model);`,
    mend: `// [[torch::export(rcpp=FALSE)]]
double size_of(void* model);`,
  },
  TX1217: {
    title: "a view that would outlive what it looks at",
    severity: "error",
    explanation:
      "`at::ArrayRef`, `at::IntArrayRef` and `at::TensorList` own nothing. As parameters they look at the caller's list.",
    example: `// [[torch::export]]
at::IntArrayRef shape(const torch::Tensor& x);`,
    mend: `// [[torch::export]]
std::vector<int64_t> shape(const torch::Tensor& x);`,
  },
  TX1218: {
    title: "a dictionary or libtorch list of what it cannot hold",
    severity: "error",
    explanation:
      "Keys are strings or `int64_t`. `c10::List` and `c10::Dict` hold what libtorch's dispatcher knows; the containers of `std` hold everything.",
    example: `// [[torch::export]]
torch::Tensor total(const c10::List<float>& parts);`,
    mend: `// [[torch::export]]
torch::Tensor total(const std::vector<float>& parts);`,
  },
  TX1219: {
    title: "names that do not fit a tuple",
    severity: "error",
    explanation:
      "`fields=` above an alias gives each element of its tuple a name, so that hosts get and take an object or a named list.",
    example: `// csrc/include/myext/types/scored.h
// [[torch::export(fields=c("tensor", "score"))]]
using scored = std::tuple<torch::Tensor, double, int64_t>;
// csrc/src/a.cpp
// [[torch::export]]
scored best(torch::Tensor x);`,
    mend: `// csrc/include/myext/types/scored.h
// [[torch::export(fields=c("tensor", "score", "index"))]]
using scored = std::tuple<torch::Tensor, double, int64_t>;
// csrc/src/a.cpp
// [[torch::export]]
scored best(torch::Tensor x);`,
  },
  TX1220: {
    title: "a pointer or reference to an object as a result",
    severity: "error",
    explanation:
      "Hosts own what they get, and free it when they are done. What a raw pointer or a reference points at has an owner already, or none that is known.",
    example: `// csrc/include/myext/model.h
class Model {
 public:
  // [[torch::export]]
  explicit Model(int64_t size);
};
// csrc/src/a.cpp
#include <myext/model.h>
// [[torch::export]]
Model* load(const std::string& path);`,
    mend: `// csrc/include/myext/model.h
class Model {
 public:
  // [[torch::export]]
  explicit Model(int64_t size);
};
// csrc/src/a.cpp
#include <myext/model.h>
// [[torch::export]]
std::shared_ptr<Model> load(const std::string& path);`,
  },
  TX1221: {
    title: "a smart pointer that cannot cross",
    severity: "error",
    explanation:
      "`std::shared_ptr`, `std::unique_ptr` and `c10::intrusive_ptr` cross as the handle of the class that they point at. Everything that is no class crosses by value. A `std::unique_ptr` is for results: as a parameter it would take the object away from a host that goes on using it.",
    example: `// [[torch::export]]
torch::Tensor first(std::shared_ptr<torch::Tensor> x);`,
    mend: `// [[torch::export]]
torch::Tensor first(const torch::Tensor& x);`,
  },
  TX1222: {
    title: "a std::array whose length does not fit or is not known",
    severity: "error",
    explanation:
      "Hosts pass and get exactly as many elements as the array has, so that generated code must know the number. There are at most 65,536, since an array lies on the stack.",
    example: `constexpr size_t dimensions = 3;
// [[torch::export]]
double norm(const std::array<double, dimensions>& x);`,
    mend: `// [[torch::export]]
double norm(const std::array<double, 3>& x);`,
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;

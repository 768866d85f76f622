// What `torch-extension type` and `torch-extension function` are asked for in tests: an argument list each.

/** Tuples with the shapes that packages for sparse tensors have. */
export const tuples: readonly (readonly string[])[] = [
  ["std::tuple<torch::Tensor, torch::Tensor>", "--name", "tensor_pair", "--fields", "indices,counts"],
  [
    ...["std::tuple<torch::Tensor, torch::Tensor, torch::Tensor>", "--name", "tensor_triple"],
    ...["--fields", "coords,feats,map"],
  ],
  [
    ...["std::tuple<torch::Tensor, torch::Tensor, torch::Tensor, torch::Tensor>", "--name", "tensor_quadruple"],
    ...["--fields", "in_map,out_map,sizes,keys"],
  ],
  [
    ...["std::tuple<torch::Tensor, torch::optional<torch::Tensor>, torch::Tensor>", "--name", "kernel_map"],
    ...["--fields", "indices,hashed,counts"],
  ],
];

export const types: readonly (readonly string[])[] = [
  ...tuples,
  ["std::tuple<torch::Tensor, double>", "--kind", "tuple", "--name", "scored", "--fields", "tensor,score"],
  ["std::pair<int64_t, std::string>", "--name", "labelled", "--direction", "in"],
  ["std::tuple<std::vector<double>, bool>", "--name", "flagged", "--direction", "out"],
  [
    ...["Measure", "--kind", "record"],
    ...["--fields", "tensor: torch::Tensor, weight: double, sizes: std::vector<int64_t>"],
  ],
  ["Extent", "--kind", "record", "--fields", "low: int64_t", "--fields", "high: double = 2", "--direction", "in"],
  ["Corner", "--kind", "record", "--fields", "x: float, y: torch::optional<double>", "--direction", "out"],
  ["Norm", "--kind", "enum", "--entries", "nearest,linear=3,cubic"],
  ["Side", "--kind", "enum", "--entries", "left,right", "--direction", "in"],
  ["Parity", "--kind", "enum", "--entries", "even,odd=5", "--direction", "out"],
  [
    ...["HashGrid", "--kind", "opaque"],
    ...["--fields", 'weight: torch::Tensor, size: int64_t, label: std::string = "a"'],
    ...["--ts-name", "Grid", "--r-name", "grid"],
  ],
  ["Tally", "--kind", "opaque", "--fields", "start: int64_t", "--direction", "in"],
  ["tokenizer", "--kind", "opaque", "--fields", "words: std::vector<std::string>", "--direction", "out"],
  ["geo::Shape*", "--include", "geo/shape.h"],
  ["geo::Shape", "--name", "area", "--include", "geo/shape.h", "--as", "std::vector<double>", "--direction", "in"],
  ["geo::Shape", "--name", "outline", "--include", "geo/shape.h", "--direction", "out"],
];

/** The kinds that torchexport passed on unchanged. The last conversion is not written. */
export const declared: readonly (readonly string[])[] = [
  ["Mode", "--kind", "enum", "--entries", "nearest,linear=3"],
  [
    ...["Measure", "--kind", "record"],
    ...["--fields", "tensor: torch::Tensor, weight: double, sizes: std::vector<int64_t>, mode: Mode"],
  ],
  ["HashGrid", "--kind", "opaque", "--fields", "weight: torch::Tensor, mode: Mode", "--r-name", "grid"],
  ["geo::Shape*", "--include", "geo/shape.h"],
];

/** The header of another library. */
export const library = `#pragma once
#include <string>
#include <utility>
namespace geo {
class Shape {
 public:
  explicit Shape(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};
}  // namespace geo
`;

/** A function each, whose arguments and results are of every kind, those of `types` among them. */
export const operators: readonly (readonly string[])[] = [
  ["no_params", "--returns", "double"],
  ["nothing", "--param", "x: torch::Tensor", "--param", "n: double = 1", "--returns", "void"],
  [
    ...["everything", "--param", "x: torch::Tensor", "--param", "w: torch::optional<torch::Tensor> = torch::nullopt"],
    ...["--param", "xs: std::vector<torch::Tensor> = {}", "--param", "n: torch::optional<int64_t> = torch::nullopt"],
    ...["--param", "weights: std::vector<double> = {1, 2}", "--param", 'label: std::string = "a"'],
    ...["--returns", "out: torch::Tensor, total: double, label: std::string", "--backend", "cpu,cuda"],
    "--differentiable",
  ],
  [
    ...["settings", "--param", "m: torch::MemoryFormat", "--param", "t: torch::ScalarType = torch::kFloat64"],
    ...["--param", "d: torch::Device = torch::kCPU", "--param", "l: torch::Layout = torch::kStrided"],
    ...["--returns", "t: torch::ScalarType, d: torch::Device, l: torch::Layout, m: torch::MemoryFormat"],
    ...["--returns", "g: torch::Generator"],
  ],
  [
    ...["containers", "--param", "a: std::map<std::string, torch::Tensor>", "--param", "b: c10::Dict<int64_t, double>"],
    ...["--param", "c: c10::List<torch::optional<torch::Tensor>>", "--param", "d: std::pair<torch::Tensor, double>"],
    ...["--param", "e: at::IntArrayRef", "--param", "f: std::vector<bool>"],
    ...["--returns", "a: std::map<std::string, torch::Tensor>, b: c10::Dict<int64_t, double>"],
    ...["--returns", "c: c10::List<torch::optional<torch::Tensor>>, d: std::tuple<int64_t, torch::optional<float>>"],
    ...["--returns", "e: std::vector<int64_t>, f: std::vector<bool>, g: std::vector<std::string>"],
  ],
  [
    ...["declared", "--param", "range: Range", "--param", "box: Box", "--param", "counter: Counter"],
    ...["--param", "counters: std::unordered_map<std::string, Counter>"],
    ...["--param", "mode: Mode = Mode::linear", "--differentiable"],
    ...["--returns", "mode: Mode, range: Range, box: Box, counter: Counter"],
  ],
  [
    ...["mixed", "--param", "x: torch::Tensor", "--param", "measure: Measure", "--param", "grid: HashGrid"],
    ...["--param", "norm: Norm = Norm::linear", "--returns", "out: torch::Tensor, measure: Measure, best: scored"],
    "--differentiable",
  ],
  [
    "list_of",
    "--param",
    "xs: std::vector<torch::Tensor>",
    "--returns",
    "std::vector<torch::Tensor>",
    "--differentiable",
  ],
];

/** A kernel for each backend, and gradients. */
export const scaleAdd = [
  ...["scale_by", "--param", "x: torch::Tensor", "--param", "y: torch::Tensor", "--param", "n: int64_t = 2"],
  ...["--returns", "out: torch::Tensor", "--backend", "cpu,cuda", "--differentiable"],
];

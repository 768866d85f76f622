// Operators of any types, for property tests.
import fc from "fast-check";
import type { Asked } from "./function.js";

const rows = [
  ...["torch::Tensor", "int64_t", "int32_t", "float", "double", "bool", "std::string", "torch::Scalar"],
  ...["torch::ScalarType", "torch::Device", "torch::Layout", "torch::MemoryFormat", "torch::Generator"],
  ...["Mode", "Range", "Box", "Counter", "Weights"],
];
const libtorchs = ["torch::Tensor", "int64_t", "double", "bool", "std::string"];

const type: fc.Arbitrary<string> = fc.letrec<{ any: string; inner: string; row: string }>((tie) => ({
  row: fc.constantFrom(...rows),
  inner: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("row"), tie("any")),
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("row"),
    tie("inner")
      .filter((of) => !of.startsWith("torch::optional<"))
      .map((of) => `torch::optional<${of}>`),
    tie("inner").map((of) => `std::vector<${of}>`),
    fc.tuple(tie("inner"), fc.integer({ min: 1, max: 3 })).map(([of, length]) => `std::array<${of}, ${length}>`),
    fc.constant("std::shared_ptr<Counter>"),
    fc.constantFrom(...libtorchs).map((of) => `c10::List<${of}>`),
    fc.constantFrom(...libtorchs).map((of) => `c10::Dict<std::string, ${of}>`),
    tie("inner").map((of) => `std::map<int64_t, ${of}>`),
    tie("inner").map((of) => `std::unordered_map<std::string, ${of}>`),
    fc.tuple(tie("inner"), tie("inner")).map(([a, b]) => `std::pair<${a}, ${b}>`),
    fc.array(tie("inner"), { minLength: 1, maxLength: 3 }).map((of) => `std::tuple<${of.join(", ")}>`),
  ),
})).any;

export const parameterTexts: fc.Arbitrary<string[]> = fc
  .array(type, { maxLength: 4 })
  .map((types) => types.map((of, i) => `p${i}: ${of}`));
const results = fc
  .array(type, { maxLength: 3 })
  .map((types) => (types.length === 0 ? ["void"] : types.map((of, i) => `r${i}: ${of}`)));
/** What a person may ask for: any types, nested. */
export const askedFunctions: fc.Arbitrary<Asked> = fc.record({
  name: fc.constantFrom("f", "relu", "scale_add"),
  param: parameterTexts,
  returns: results,
  backend: fc.constantFrom("cpu", "cpu,cuda"),
  differentiable: fc.boolean(),
});

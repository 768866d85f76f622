// Tensors, strings, scalars, generators: what crosses as an owning handle.
import { byRaw, byValue, form, type TypeRow } from "./form.js";

export const objects = {
  tensor: {
    id: "tensor",
    aliases: ["at::Tensor"],
    ...form({
      cpp: "torch::Tensor",
      abi: byRaw("Tensor", "tensor"),
      title: "tensor",
      holdsTensors: true,
    }),
    optional: form({
      cpp: "torch::optional<torch::Tensor>",
      abi: byRaw("optional::Tensor", "optional_tensor"),
      title: "optional tensor",
      holdsTensors: true,
    }),
    list: form({
      cpp: "std::vector<torch::Tensor>",
      abi: byRaw("TensorList", "tensor_list"),
      title: "list of tensors",
      holdsTensors: true,
    }),
  },
  string: {
    id: "string",
    aliases: [],
    ...form({
      cpp: "std::string",
      abi: byRaw("string"),
      title: "string",
    }),
    optional: form({
      cpp: "torch::optional<std::string>",
      abi: byRaw("optional::string"),
      title: "optional string",
    }),
    list: form({
      cpp: "std::vector<std::string>",
      abi: byRaw("vector::string"),
      title: "list of strings",
    }),
  },
  scalar: {
    id: "scalar",
    aliases: ["at::Scalar", "c10::Scalar"],
    ...form({
      cpp: "torch::Scalar",
      abi: byRaw("Scalar"),
      title: "scalar",
    }),
    // R's torch stops at one that is complex, and reads a SEXP as a scalar when it fills a vector of them.
    optional: null,
    list: null,
  },
  generator: {
    id: "generator",
    aliases: ["at::Generator"],
    ...form({
      cpp: "torch::Generator",
      abi: byRaw("Generator"),
      title: "random generator",
    }),
    optional: form({
      cpp: "torch::optional<torch::Generator>",
      abi: byRaw("optional::Generator"),
      title: "optional random generator",
    }),
    list: null,
  },
  pointer: {
    id: "pointer",
    aliases: [],
    ...form({
      cpp: "void*",
      abi: byValue("void*", "nullptr"),
      title: "pointer",
    }),
    optional: null,
    list: null,
  },
  void: {
    id: "void",
    aliases: [],
    ...form({
      cpp: "void",
      abi: { by: "nothing" },
      title: "nothing",
    }),
    optional: null,
    list: null,
  },
} as const satisfies Readonly<Record<string, TypeRow>>;

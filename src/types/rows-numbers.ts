// Numbers and booleans, which cross by value.
import { byRaw, byValue, form, type TypeRow } from "./form.js";

export const numbers = {
  int64: {
    id: "int64",
    aliases: ["std::int64_t"],
    ...form({
      cpp: "int64_t",
      abi: byValue("int64_t", "0"),
      title: "64-bit integer",
    }),
    // R's torch has optional::int64_t out only.
    optional: null,
    list: form({
      cpp: "std::vector<int64_t>",
      abi: byRaw("vector::int64_t"),
      title: "list of 64-bit integers",
    }),
  },
  int32: {
    id: "int32",
    aliases: ["int", "std::int32_t"],
    ...form({
      cpp: "int32_t",
      abi: byValue("int32_t", "0"),
      title: "32-bit integer",
    }),
    optional: null,
    list: null,
  },
  float: {
    id: "float",
    aliases: [],
    ...form({
      cpp: "float",
      abi: byValue("float", "0"),
      title: "float",
    }),
    optional: null,
    list: null,
  },
  double: {
    id: "double",
    aliases: [],
    ...form({
      cpp: "double",
      abi: byValue("double", "0"),
      title: "double",
    }),
    optional: form({
      cpp: "torch::optional<double>",
      abi: byRaw("optional::double_t"),
      title: "optional double",
    }),
    list: form({
      cpp: "std::vector<double>",
      abi: byRaw("vector::double_t"),
      title: "list of doubles",
    }),
  },
  bool: {
    id: "bool",
    aliases: [],
    ...form({
      cpp: "bool",
      abi: byValue("bool", "false"),
      title: "boolean",
    }),
    optional: form({
      cpp: "torch::optional<bool>",
      abi: byRaw("optional::bool_t"),
      title: "optional boolean",
    }),
    list: form({
      cpp: "std::vector<bool>",
      abi: byRaw("vector::bool_t", "bool_list"),
      title: "list of booleans",
    }),
  },
} as const satisfies Readonly<Record<string, TypeRow>>;

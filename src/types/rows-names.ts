// dtype, device, layout and memory format: what hosts know by its name.
import { byRaw, form, type TypeRow } from "./form.js";

export const names = {
  dtype: {
    id: "dtype",
    aliases: ["at::ScalarType", "c10::ScalarType", "torch::Dtype"],
    ...form({
      cpp: "torch::ScalarType",
      abi: byRaw("ScalarType"),
      title: "dtype",
    }),
    // R's torch crashes on one that comes out.
    optional: null,
    list: null,
  },
  device: {
    id: "device",
    aliases: ["at::Device", "c10::Device"],
    ...form({
      cpp: "torch::Device",
      abi: { by: "raw", raw: "Device", checked: null, lvalue: true },
      title: "device",
    }),
    optional: null,
    list: null,
  },
  layout: {
    id: "layout",
    aliases: ["at::Layout", "c10::Layout"],
    ...form({
      cpp: "torch::Layout",
      // R's torch has make_raw::Layout, but no Rcpp class that crosses either way.
      abi: { by: "value", c: "int64_t", zero: "0", checked: "layout", cast: true },
      title: "layout",
    }),
    optional: null,
    list: null,
  },
  memoryFormat: {
    id: "memoryFormat",
    aliases: ["at::MemoryFormat", "c10::MemoryFormat"],
    ...form({
      cpp: "torch::MemoryFormat",
      abi: byRaw("MemoryFormat"),
      title: "memory format",
    }),
    optional: form({
      cpp: "torch::optional<torch::MemoryFormat>",
      abi: byRaw("optional::MemoryFormat"),
      title: "optional memory format",
    }),
    list: null,
  },
} as const satisfies Readonly<Record<string, TypeRow>>;

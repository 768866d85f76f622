// Constants of libtorch that stand for a dtype, device, layout or memory format, by what torch.* calls them.

const dtypes: Readonly<Record<string, string>> = {
  Byte: "uint8",
  UInt8: "uint8",
  Char: "int8",
  Int8: "int8",
  Short: "int16",
  Int16: "int16",
  Int: "int32",
  Int32: "int32",
  Long: "int64",
  Int64: "int64",
  Half: "float16",
  Float16: "float16",
  BFloat16: "bfloat16",
  Float: "float32",
  Float32: "float32",
  Double: "float64",
  Float64: "float64",
  Bool: "bool",
  ComplexFloat: "complex64",
  ComplexDouble: "complex128",
};

const layouts: Readonly<Record<string, string>> = {
  Strided: "strided",
  Sparse: "sparse_coo",
  SparseCsr: "sparse_csr",
  SparseCsc: "sparse_csc",
  SparseBsr: "sparse_bsr",
  SparseBsc: "sparse_bsc",
};

const memoryFormats: Readonly<Record<string, string>> = {
  Contiguous: "contiguous_format",
  Preserve: "preserve_format",
  ChannelsLast: "channels_last",
  ChannelsLast3d: "channels_last_3d",
};

const devices: Readonly<Record<string, string>> = { CPU: "cpu", CUDA: "cuda" };

const space = "(?:::)?(?:(?:torch|at|c10)::)?";

/** The name of a constant of that type: `float32` for `torch::kFloat`; null for what is none. */
export function namedConstant(id: "dtype" | "device" | "layout" | "memoryFormat", text: string): string | null {
  switch (id) {
    case "dtype":
      return find(dtypes, text, `(?:k|ScalarType::)`);
    case "layout":
      return find(layouts, text, `(?:k|Layout::)`);
    case "memoryFormat":
      return find(memoryFormats, text, `MemoryFormat::`);
    case "device": {
      const written = new RegExp(`^${space}Device\\s*[({]\\s*(.*?)\\s*[)}]$`, "u").exec(text)?.[1] ?? text;
      const quoted = /^"(cpu|cuda(?::\d{1,3})?)"$/u.exec(written)?.[1];
      return quoted ?? find(devices, written, `(?:k|DeviceType::)`);
    }
  }
}

function find(table: Readonly<Record<string, string>>, text: string, before: string): string | null {
  const name = new RegExp(`^${space}${before}(\\w+)$`, "u").exec(text)?.[1];
  return name !== undefined && Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

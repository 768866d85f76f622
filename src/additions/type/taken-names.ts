// Names that a type of a package should not have, since a host has another thing of that name everywhere.

/** Classes of R, of R torch and of what comes with them; generics are not among them. */
const rClasses: ReadonlySet<string> = new Set(
  `
  array AsIs character complex connection data.frame Date dataset data_loader dataloader difftime environment expression
  factor formula function generator glm integer language list lm logical matrix name noquote numeric numeric_version
  ordered pairlist POSIXct POSIXlt raw simpleError table tensor torch ts vector R6 R6Class Rcpp XPtr nn_module nn_Module
  optimizer script_module torch_device torch_dtype torch_generator torch_layout torch_memory_format torch_tensor
  `
    .trim()
    .split(/\s+/),
);

/** What JavaScript has everywhere, as the module that is generated may name it. */
const scriptGlobals: ReadonlySet<string> = new Set(
  `
  Array ArrayBuffer Atomics BigInt Boolean DataView Date Error EvalError Exclude Extract Float32Array Float64Array Function
  Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN NonNullable Number Object Omit Parameters Partial
  Pick Promise Proxy RangeError ReadonlyArray ReadonlyMap ReadonlySet Readonly Record Reflect RegExp Required ReturnType Set
  SharedArrayBuffer String Symbol SyntaxError Tensor TypeError Uint16Array Uint32Array Uint8Array WeakMap WeakRef WeakSet
  `
    .trim()
    .split(/\s+/),
);

/** Names that `using namespace` of libtorch brings along. */
const torchNames: ReadonlySet<string> = new Set(
  "Device DeviceType Generator Layout MemoryFormat Scalar ScalarType Storage Stream Tensor TensorList".split(" "),
);

/** Who has a thing of this name: `a class of R or of R's torch`; null for nobody. `pascal` is the name in TypeScript. */
export function takenBy(name: string, pascal: string): string | null {
  if (rClasses.has(name)) return "a class of R or of its torch";
  if (scriptGlobals.has(pascal)) return "a thing of JavaScript's";
  return torchNames.has(name) ? "a type of libtorch" : null;
}

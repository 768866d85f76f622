import { isWindowsDevice, reservedWords } from "./reserved.js";

/**
 * The one name for everything but npm (C prefix, C++ namespace, dispatcher namespace, R package): npm's without its scope
 * and without what is not a letter or digit. May be empty or unusable: see `nativeNameProblem`.
 */
export function nativeName(npmName: string): string {
  return npmName.replace(/^@[^/]*\//, "").replace(/[^A-Za-z0-9]/g, "");
}

// Namespaces of libtorch and of ours, and libraries whose file name a package's library would shadow.
const taken: ReadonlySet<string> = new Set([
  ...["tx", "torch", "at", "aten", "c10", "caffe2", "std", "prim", "prims", "quantized", "lantern", "cuda", "main"],
  ...["c", "m", "dl", "rt", "pthread", "gomp", "node", "napi", "torchcpu", "torchcuda", "stdc", "exports", "operators"],
]);

/** Why a native name cannot be used, with one that can; null where it can. */
export function nativeNameProblem(name: string): { readonly problem: string; readonly suggestion: string } | null {
  const suggestion = name === "" || /^[0-9]/.test(name) ? `torch${name}` : `${name}ext`;
  if (name === "") return { problem: "holds no letter or digit", suggestion: "myext" };
  if (!/^[a-z0-9]+$/i.test(name)) return { problem: "holds more than letters and digits", suggestion };
  if (/^[0-9]/.test(name)) return { problem: "starts with a digit", suggestion };
  if (reservedWords.cpp.has(name)) return { problem: "is a keyword of C++", suggestion };
  if (reservedWords.typescript.has(name)) return { problem: "is a reserved word of TypeScript", suggestion };
  if (reservedWords.r.has(name)) return { problem: "is a reserved word of R", suggestion };
  if (isWindowsDevice(name)) return { problem: "is a device on Windows", suggestion };
  if (taken.has(name)) return { problem: "is taken by libtorch, the system or the lib shim", suggestion };
  return null;
}

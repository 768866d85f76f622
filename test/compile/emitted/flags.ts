// How the tests compile C++ against libtorch.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { findLibtorch } from "../../../vendor/lib/build/libtorch.js";

type Libtorch = NonNullable<Awaited<ReturnType<typeof findLibtorch>>["found"]>;

export const vendored = fileURLToPath(new URL("../../../vendor/lib", import.meta.url));
export const strict = ["-Wall", "-Wextra", "-Werror"];

/** System headers warn of nothing. Where libtorch's folder is searched anyway, naming it again would reorder the search. */
export function torchFlags({ includeDir }: Libtorch): readonly string[] {
  return [includeDir, join(includeDir, "torch/csrc/api/include")]
    .filter((folder) => folder !== "/usr/include")
    .flatMap((folder) => ["-isystem", folder]);
}

export function standardFlag({ version }: Libtorch): string {
  return version.startsWith("1.") ? "-std=c++14" : "-std=c++20";
}

/** Warnings are errors; the package's vendored headers are found. */
export function compileFlags(libtorch: Libtorch): readonly string[] {
  return [standardFlag(libtorch), "-O0", ...strict, `-I${vendored}/cpp/include`, ...torchFlags(libtorch)];
}

export function linkFlags({ libDir }: Libtorch): readonly string[] {
  return [`-L${libDir}`, `-Wl,-rpath,${libDir}`, "-ltorch_cpu", "-lc10", "-ldl"];
}

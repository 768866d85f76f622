// A package with an R side, built in a folder of its own: its native part against R torch's headers, its glue by R CMD INSTALL.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { SourceFile } from "../../../src/model/file.js";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

export const description = `Package: myext
Version: 0.0.1
Title: A Package for Tests
Description: Holds the fixtures.
Author: Nobody
Maintainer: Nobody <nobody@example.com>
License: MIT
Imports: Rcpp, torch
LinkingTo: Rcpp, torch
`;

const onLoad = `.onLoad <- function(lib, pkg) {
  path <- Sys.getenv("MYEXT_NATIVE")
  if (nzchar(path)) tx$load(path)
}
`;

export function writeFiles(root: string, files: readonly SourceFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What an R package has beside its sources and what is generated. */
export const frame: readonly SourceFile[] = [
  { path: "DESCRIPTION", text: description },
  {
    path: "NAMESPACE",
    text: 'useDynLib(myext, .registration = TRUE)\nimportFrom(Rcpp, sourceCpp)\nexportPattern("^[^.]")\n',
  },
  { path: "R/zzz.R", text: onLoad },
  {
    path: "R/torch_extension.R",
    text: readFileSync(join(repository, "vendor/package/r/R/torch_extension.R"), "utf8"),
  },
  { path: "src/Makevars", text: "CXX_STD = CXX17\nPKG_CPPFLAGS = -I../inst/include\n" },
];

/** Where R and its torch have their headers. */
export async function rIncludes(): Promise<readonly string[]> {
  const code =
    'cat(R.home("include"), system.file("include", package = "Rcpp"), system.file("include", package = "torch"), sep = "\\n")';
  const { stdout } = await execa("Rscript", ["--vanilla", "-e", code]);
  return stdout.trim().split("\n");
}

/** Compiles csrc as R loads it, two units at a time; each generated unit with warnings as errors. Returns the library. */
export async function buildNative(root: string, units: readonly string[], name = "myext"): Promise<string> {
  const { found: libtorch } = await findLibtorch({ named: null, env: process.env });
  if (libtorch === null) throw new Error("libtorch is gone");
  const torch = (await rIncludes())[2] ?? "";
  const system = [torch, libtorch.includeDir, join(libtorch.includeDir, "torch/csrc/api/include")]
    .filter((folder) => folder !== "/usr/include")
    .flatMap((folder) => ["-isystem", folder]);
  // R torch's lantern/types.h takes the place of ours, so that it is found first.
  const ours = [
    `-I${join(root, "build/first")}`,
    `-I${join(root, "csrc/include")}`,
    `-I${join(repository, "vendor/lib/cpp/include")}`,
  ];
  cpSync(join(torch, "lantern/types.h"), join(root, "build/first/lantern/types.h"), { recursive: true });
  const standard =
    libtorch.version.startsWith("1.") || libtorch.version.startsWith("2.0") ? "-std=c++17" : "-std=c++20";
  const flags = [standard, "-O0", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", ...ours, ...system];
  const queue = [...units];
  const objects: string[] = [];
  const work = async (): Promise<void> => {
    for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) {
      const object = join(root, "build", `${unit.replaceAll("/", "_")}.o`);
      objects.push(object);
      await execa("c++", [...flags, "-c", unit, "-o", object], { cwd: root });
    }
  };
  await Promise.all([work(), work()]);
  const library = join(root, "build", `lib${name}.so`);
  await execa("c++", ["-shared", ...objects, `-L${libtorch.libDir}`, "-ltorch_cpu", "-lc10", "-o", library]);
  return library;
}

/** Installs the R package into a library folder of its own, which is returned. */
export async function installGlue(root: string, name = "myext"): Promise<string> {
  cpSync(join(root, "csrc/include", name), join(root, "inst/include", name), { recursive: true });
  const library = join(root, "build", "library");
  mkdirSync(library, { recursive: true });
  const options = ["--no-docs", "--no-test-load", "--no-byte-compile", `--library=${library}`];
  await execa("R", ["CMD", "INSTALL", ...options, root], {
    cwd: dirname(root),
    env: { MAKEFLAGS: "-j2", MYEXT_NATIVE: "" },
  });
  return library;
}

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { which } from "../../../vendor/lib/build/process.js";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Tools without which these tests cannot run. */
export const toolsAreThere = ["cmake", "c++"].every((name) => which(name, process.env) !== null);

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A folder of its own, its name with a space and an umlaut. */
export function freshFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "tx bäu ")));
}

/** A made-up libtorch that CMake's find_package accepts: these tests build without the real one. */
export function madeUpLibtorch(folder: string, version = "2.6.0"): string {
  const prefix = join(folder, `libtorch-${version}`);
  write(join(prefix, "share/cmake/Torch/TorchConfig.cmake"), "set(Torch_FOUND TRUE)\n");
  for (const name of ["torch", "torch_cpu", "c10"])
    write(join(prefix, `lib/lib${name}.${process.platform === "darwin" ? "dylib" : "so"}`), "");
  write(join(prefix, "include/ATen/core/Tensor.h"), "");
  const [major, minor, patch] = version.split(".");
  const defines = Object.entries({ MAJOR: major, MINOR: minor, PATCH: patch });
  const header = defines.map(([part, value]) => `#define TORCH_VERSION_${part} ${value}`).join("\n");
  write(join(prefix, "include/torch/csrc/api/include/torch/version.h"), `${header}\n`);
  return prefix;
}

const cmakeLists = `cmake_minimum_required(VERSION 3.18)
project(tiny CXX)
find_package(Torch REQUIRED)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "\${CMAKE_BINARY_DIR}/out")
set(prefix "\${CMAKE_BINARY_DIR}/prefix/torch_extension_prefix.h")
file(CONFIGURE OUTPUT "\${prefix}" CONTENT "#include <../lib/cpp/include/tensor.h>\\n" @ONLY)
file(GLOB sources CONFIGURE_DEPENDS src/*.cpp)
add_library(tiny SHARED \${sources})
target_include_directories(tiny PRIVATE "\${CMAKE_CURRENT_SOURCE_DIR}" "\${TX_NODE_INCLUDE_DIR}")
target_compile_options(tiny PRIVATE -Wall -Wextra)
set_property(SOURCE \${sources} APPEND PROPERTY COMPILE_OPTIONS -include "\${prefix}")
`;

/** A package with two units and no torch in them; `compiled` has its build code compiled as npm's tsc would. */
export function tinyPackage(folder: string, compiled = false): string {
  const root = join(folder, "tiny päckage");
  write(join(root, "package.json"), '{ "name": "tiny", "private": true, "type": "module" }\n');
  write(join(root, "csrc/CMakeLists.txt"), cmakeLists);
  write(
    join(root, "lib/cpp/include/tensor.h"),
    "#pragma once\n#include <vector>\ntypedef std::vector<float> numbers;\n",
  );
  write(join(root, "csrc/src/one.cpp"), "int one() { return static_cast<int>(numbers(1).size()); }\n");
  write(join(root, "csrc/src/two.cpp"), "int two() { return 2; }\n");
  // Not every Node brings its headers; npm install would.
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(repository, "node_modules/node-api-headers"), join(root, "node_modules/node-api-headers"));
  if (compiled) {
    cpSync(join(repository, "vendor/lib/build"), join(root, "lib/build"), { recursive: true });
    write(join(root, "ts/index.ts"), "export const answer: number = 42;\n");
    cpSync(join(repository, "templates/package/ts/tsconfig.json"), join(root, "tsconfig.json"));
    linkCompiler(root);
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"], {
      cwd: root,
    });
  }
  return root;
}

/** TypeScript as npm install would bring it, without the network. */
export function linkCompiler(root: string): void {
  mkdirSync(join(root, "node_modules/@types"), { recursive: true });
  for (const name of ["typescript", "@typescript", "@types/node", "undici-types"]) {
    const target = join(repository, "node_modules", name);
    if (existsSync(target)) symlinkSync(target, join(root, "node_modules", name));
  }
}

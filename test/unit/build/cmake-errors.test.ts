import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseConfigureError } from "../../../vendor/lib/build/cmake-errors.js";

function captured(name: string): string[] {
  return readFileSync(new URL(`logs/cmake-${name}.log`, import.meta.url), "utf8").split("\n");
}

it.each([
  ["notorch", "CMakeLists.txt:3", 'Could not find a package configuration file provided by "Torch"'],
  ["nocxx", "CMakeLists.txt:2", "/no/such/g++"],
  ["old", "CMakeLists.txt:1", "CMake 3.99 or higher is required."],
  ["cuda", "CMakeLists.txt:3", "Failed to find nvcc."],
])("%s: something is missing from the machine", (log, place, message) => {
  const error = parseConfigureError(captured(log));
  expect(error).toMatchObject({ place, missing: true });
  expect(error?.message).toContain(message);
});

it.each([
  ["fatal", "CMakeLists.txt:4", "TorchExtension: no sources in csrc/src.\nAdd a .cpp file there"],
  ["syntax", "CMakeLists.txt:3", 'Unknown CMake command "foo".'],
  ["nosrc", "CMakeLists.txt:3", "Cannot find source file:\nnothing.cpp"],
])("%s: a mistake in the package", (log, place, message) => {
  const error = parseConfigureError(captured(log));
  expect(error).toMatchObject({ place, missing: false });
  expect(error?.message).toContain(message);
});

it("leaves CMake's call stack and advice about logs out", () => {
  expect(parseConfigureError(captured("cuda"))?.message).toBe(
    "Failed to find nvcc.\nCompiler requires the CUDA toolkit.  Please set the CUDAToolkit_ROOT variable.",
  );
});

it("is null for a log without an error", () => {
  expect(parseConfigureError(["-- Configuring done", "-- Generating done"])).toBeNull();
});

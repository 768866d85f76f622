import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { which } from "../../../vendor/lib/build/process.js";
import { compilerFrom } from "../../../vendor/lib/build/tools.js";

describe("Visual Studio's compiler", () => {
  // It ends with an error after each: there is no --version.
  it.each([
    [
      "Microsoft (R) C/C++ Optimizing Compiler Version 19.38.33133 for x64\nCopyright (C) Microsoft Corporation.  All rights reserved.\n\ncl : Command line warning D9002 : ignoring unknown option '--version'\ncl : Command line error D8003 : missing source filename\n",
      "19.38.33133",
    ],
    ["Microsoft (R) C/C++-Optimierungscompiler Version 19.29.30148 für x86\n", "19.29.30148"],
    ["Compilateur d'optimisation Microsoft (R) C/C++ version 19.41.34120 pour ARM64\n", "19.41.34120"],
  ])("is known by its banner: %s", (answer, version) => {
    const path = "C:\\VC\\bin\\cl.exe";
    expect(compilerFrom(path, answer)).toEqual({ path, version, family: "msvc" });
  });
});

describe("a program on PATH", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tx-which-"));
    for (const name of ["a/npm", "a/npm.cmd", "b/npm.exe", "b/ninja", "b/cl.exe"]) {
      mkdirSync(join(root, name, ".."), { recursive: true });
      writeFileSync(join(root, name), "");
      chmodSync(join(root, name), 0o755);
    }
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const find = (name: string, platform: string): string | null => {
    const env = { PATH: ["a", "b"].map((folder) => join(root, folder)).join(delimiter), PATHEXT: ".exe;.cmd" };
    return (
      which(name, env, platform)
        ?.slice(root.length + 1)
        .replaceAll("\\", "/") ?? null
    );
  };

  it("is what Windows can start, before a shell script of that name in the same folder", () => {
    expect(["npm", "npm.cmd", "cl", "ninja"].map((name) => find(name, "win32"))).toEqual([
      "a/npm.cmd",
      "a/npm.cmd",
      "b/cl.exe",
      "b/ninja",
    ]);
    expect(["npm", "cl"].map((name) => find(name, "linux"))).toEqual(["a/npm", null]);
  });
});

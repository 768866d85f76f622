import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";
import { freshFolder, madeUpLibtorch, tinyPackage, toolsAreThere, write } from "./tiny-package.js";

const cmakeFiles = fileURLToPath(new URL("../../../vendor/lib/cmake", import.meta.url));

describe.skipIf(!toolsAreThere || process.platform === "win32")("the search for libtorch", () => {
  let folder = "";
  let compiled = "";
  let bare = "";
  const torch: Record<"good" | "other" | "old" | "broken" | "zip" | "python", string> = {
    good: "",
    other: "",
    old: "",
    broken: "",
    zip: "",
    python: "",
  };
  beforeAll(() => {
    folder = freshFolder();
    // With the build command compiled, and as a clone has it.
    compiled = tinyPackage(folder, true);
    bare = join(folder, "bare");
    for (const root of [compiled, bare]) cpSync(cmakeFiles, join(root, "lib/cmake"), { recursive: true });
    torch.good = madeUpLibtorch(folder, "2.6.0");
    torch.other = madeUpLibtorch(folder, "2.10.1");
    torch.old = madeUpLibtorch(folder, "1.12.1");
    torch.broken = madeUpLibtorch(folder, "2.5.0");
    rmSync(join(torch.broken, "lib"), { recursive: true });
    torch.zip = join(folder, "unpacked");
    mkdirSync(torch.zip);
    renameSync(madeUpLibtorch(folder, "2.7.0"), join(torch.zip, "libtorch"));
    torch.python = join(folder, "site", "torch");
    mkdirSync(join(folder, "site"));
    renameSync(madeUpLibtorch(folder, "2.8.0"), torch.python);
    write(join(folder, "bin/python3"), `#!/bin/sh\necho "${torch.python}"\n`);
    chmodSync(join(folder, "bin/python3"), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function byCMake(root: string, env: NodeJS.ProcessEnv, defines: readonly string[] = []): string | null {
    const script = join(root, "find.cmake");
    const lines = [
      `set(TX_LIB_DIR "${root}/lib")`,
      "include(lib/cmake/TorchExtensionFind.cmake)",
      "tx_find_torch()",
      `message("FOUND \${Torch_DIR}")`,
    ];
    write(script, `${lines.join("\n")}\n`);
    const args = [...defines.map((define) => `-D${define}`), "-P", script];
    try {
      const shell = ["-c", 'exec cmake "$@" 2>&1', "cmake", ...args];
      return /^FOUND (.*)$/m.exec(execFileSync("sh", shell, { cwd: root, env, encoding: "utf8" }))?.[1] ?? null;
    } catch (error) {
      expect(String((error as { stdout?: unknown }).stdout)).toContain("libtorch was not found");
      return null;
    }
  }

  const plain: NodeJS.ProcessEnv = {
    ...process.env,
    TORCH_EXTENSION_LIBTORCH: "",
    Torch_DIR: "",
    CMAKE_PREFIX_PATH: "",
  };
  const config = (prefix: string): string => join(prefix, "share/cmake/Torch");
  type Expected = (() => string | null) | null;
  const cases: readonly (readonly [string, () => NodeJS.ProcessEnv, Expected])[] = [
    ["nothing: what this machine has", () => ({}), null],
    ["a folder in the environment", () => ({ TORCH_EXTENSION_LIBTORCH: torch.good }), () => config(torch.good)],
    ["an unpacked zip", () => ({ TORCH_EXTENSION_LIBTORCH: torch.zip }), () => config(join(torch.zip, "libtorch"))],
    ["a config's folder", () => ({ Torch_DIR: config(torch.good) }), () => config(torch.good)],
    ["one without libraries", () => ({ TORCH_EXTENSION_LIBTORCH: torch.broken }), () => null],
    ["one that is too old", () => ({ TORCH_EXTENSION_LIBTORCH: torch.old }), () => null],
    ["an empty folder", () => ({ TORCH_EXTENSION_LIBTORCH: join(folder, "bin") }), () => null],
    [
      "prefixes, the first unusable",
      () => ({ CMAKE_PREFIX_PATH: [torch.broken, torch.old, torch.other, torch.good].join(delimiter) }),
      null,
    ],
    [
      "Python's before a prefix",
      () => ({ PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`, CMAKE_PREFIX_PATH: torch.good }),
      () => config(torch.python),
    ],
  ];

  it.each(cases)("gives CMake and the build one answer: %s", async (_, change, expected) => {
    const env = { ...plain, ...change() };
    const found = (await findLibtorch({ named: null, env })).found?.cmakeDir ?? null;
    if (expected !== null) expect(found).toBe(expected());
    expect({ asked: byCMake(compiled, env), own: byCMake(bare, env) }).toEqual({ asked: found, own: found });
  });

  it.each(["compiled", "bare"])("takes what CMake was given before the environment: %s", (which) => {
    const root = which === "bare" ? bare : compiled;
    const env = { ...plain, TORCH_EXTENSION_LIBTORCH: torch.good };
    expect(byCMake(root, env, [`CMAKE_PREFIX_PATH=${torch.other}`])).toBe(config(torch.other));
    expect(byCMake(root, env, [`CMAKE_PREFIX_PATH=${torch.other}`, `Torch_DIR=${config(torch.good)}`])).toBe(
      config(torch.good),
    );
    expect(byCMake(root, env, [`CMAKE_PREFIX_PATH=${join(folder, "bin")}`])).toBe(config(torch.good));
  });
});

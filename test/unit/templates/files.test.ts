import { describe, expect, it } from "vitest";
import { textOf, written } from "./package.js";

const common = [
  ".clangd",
  ".gitattributes",
  ".github/workflows/ci.yml",
  ".gitignore",
  ".yo-rc.json",
  "LICENSE",
  "README.md",
  "csrc/CMakeLists.txt",
  "csrc/CMakePresets.json",
  "csrc/include/myext/myext.h",
  "docs/tutorial.md",
  "package.json",
  "test/tsconfig.json",
  "ts/index.ts",
  "tsconfig.json",
  "vitest.config.ts",
];

describe("what is written", () => {
  it.each([
    [
      "lltm" as const,
      ["csrc/src/lltm.cpp", "examples/train.mjs", "test/lltm.test.ts", "test/reference.ts", "ts/cell.ts"],
    ],
    ["minimal" as const, ["csrc/src/myext.cpp", "examples/run.mjs", "test/myext.test.ts"]],
  ])("from the start %s", async (start, own) => {
    const files = await written({ start });
    expect([...files.keys()].sort()).toEqual([...common, ...own].sort());
  });
});

describe.each(["lltm", "minimal"] as const)("%s", (start) => {
  it("leaves no tag behind, and carries the package's names", async () => {
    const files = await written({ start, name: "@acme/fast-cell", nativeName: "fastcell" });
    for (const [path, text] of files) {
      expect(text, path).not.toMatch(/<%|%>|__native__|__NATIVE__|__name__|my-ext|myext/);
    }
    const [example] = [...files].filter(([path]) => path.startsWith("examples/"));
    expect(example?.[1]).toContain('from "@acme/fast-cell"');
    expect(example?.[1]).toContain('from "@acme/fast-cell/torch"');
  });

  it("ends each file with one line break, and keeps to 120 columns of ASCII in C++", async () => {
    for (const [path, text] of await written({ start })) {
      expect(text, path).toMatch(/[^\n]\n$/);
      if (!path.endsWith(".md")) {
        const long = text.split("\n").filter((line) => line.length > 120);
        expect(path === "LICENSE" ? [] : long, path).toEqual([]);
      }
      // A compiler on Windows reads a source without a mark in the code page of its machine.
      if (/\.(cpp|h)$/.test(path)) expect(text, path).toMatch(/^[\t\n -~]*$/);
    }
  });

  it("names no registry, and no host that nothing reads", async () => {
    const hosts = new Map([
      ["README.md", ["https://pytorch.org"]],
      ["csrc/src/lltm.cpp", ["https://pytorch.org/tutorials/advanced/cpp_extension.html"]],
    ]);
    for (const [path, text] of await written({ start })) {
      if (path === "LICENSE") continue;
      expect(text.match(/https?:\/\/[^\s)>"']+/g) ?? [], path).toEqual(
        (hosts.get(path) ?? []).filter((host) => text.includes(host)),
      );
    }
  });
});

describe(".gitignore", () => {
  it("ignores at the root only, since lib/build is source", async () => {
    const lines = textOf(await written({}), ".gitignore").split("\n");
    const folders = lines.filter((line) => line.endsWith("/"));
    expect(folders).toEqual(["/build/", "/dist/", "/node_modules/", "/prebuilds/"]);
  });
});

describe("CMakePresets.json", () => {
  it.each(["auto", "on", "off"] as const)("is JSON, and asks for CUDA %s", async (cuda) => {
    const presets = JSON.parse(textOf(await written({ cuda }), "csrc/CMakePresets.json"));
    expect(presets.configurePresets[0].cacheVariables.TX_CUDA).toBe(cuda.toUpperCase());
    expect(presets.configurePresets.map((preset: { binaryDir: string }) => preset.binaryDir)).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CMake's own.
      "${sourceDir}/../build/node",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CMake's own.
      "${sourceDir}/../build/node-debug",
    ]);
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import helpers from "yeoman-test";
import Generator from "../../generators/app/index.js";

let folder: tmp.DirResult;
beforeEach(() => {
  folder = tmp.dirSync({ unsafeCleanup: true });
});
afterEach(() => folder.removeCallback());

/** Runs the generator in an empty folder, without git and without a build. */
function run(args: string[], options: Record<string, unknown>, answers: Record<string, string | boolean> = {}) {
  const all: object = { git: false, build: false, author: "Ada <ada@x.org>", ...options };
  return helpers
    .run(Generator as unknown as Parameters<typeof helpers.run>[0], { namespace: "torch-extension:app" })
    .inDir(folder.name)
    .withArguments(args)
    .withOptions(all)
    .withAnswers(answers);
}

/** Files below the package, what is vendored as one entry. */
function written(name: string): string[] {
  const root = join(folder.name, name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    );
  return [...new Set(paths.map((path) => (path.startsWith("lib/") ? "lib/…" : path)))].sort();
}
const read = (path: string): string => readFileSync(join(folder.name, path), "utf8");

const everyPackage = [
  ".clangd",
  ".gitattributes",
  ".github/workflows/ci.yml",
  ".gitignore",
  ".yo-rc.json",
  "README.md",
  "csrc/CMakeLists.txt",
  "csrc/CMakePresets.json",
  "csrc/include/myext/exports.h",
  "csrc/include/myext/myext.h",
  "csrc/node/addon.cpp",
  "csrc/src/exports.cpp",
  "csrc/src/myext.def",
  "csrc/src/operators.cpp",
  "docs/call-stack.md",
  "docs/tutorial.md",
  "lib/…",
  "package.json",
  "test/tsconfig.json",
  "torch-extension.json",
  "ts/generated.ts",
  "ts/index.ts",
  "tsconfig.json",
  "vitest.config.ts",
];
const ofLltm = ["csrc/src/lltm.cpp", "examples/train.mjs", "test/lltm.test.ts", "test/reference.ts", "ts/cell.ts"];
const ofMinimal = ["csrc/src/myext.cpp", "examples/run.mjs", "test/myext.test.ts"];

describe("the files of a package", () => {
  test("lltm", async () => {
    await run(["my-ext"], { yes: true });
    expect(written("my-ext")).toEqual([...everyPackage, "LICENSE", ...ofLltm].sort());
  });

  test("minimal, by prompts, without a licence", async () => {
    const answers = { name: "my-ext", description: "Says */ hello", license: "none", start: "minimal", cuda: "off" };
    await run([], {}, answers);
    expect(written("my-ext")).toEqual([...everyPackage, ...ofMinimal].sort());
    expect(JSON.parse(read("my-ext/package.json"))).toMatchObject({
      name: "my-ext",
      description: "Says */ hello",
      license: "UNLICENSED",
      author: "Ada <ada@x.org>",
    });
    expect(JSON.parse(read("my-ext/.yo-rc.json"))["generator-torch-extension"]).toMatchObject(answers);
  });
});

test("--dry-run makes not even the folder", async () => {
  await run(["my-ext"], { yes: true, dryRun: true });
  expect(readdirSync(folder.name)).toEqual([]);
});

describe("refused, with our exit code, and nothing written", () => {
  test.each([
    [["class"], { yes: true }, 2],
    [["my-ext"], { yes: true, license: "GPL" }, 2],
    [["my-ext"], { yes: true, wrapper: "py" }, 2],
  ])("%j %j", async (args, options, code) => {
    await expect(run(args, options)).rejects.toMatchObject({ code });
    expect(readdirSync(folder.name)).toEqual([]);
  });
});

test("Yeoman writes nothing of its own", async () => {
  await run(["my-ext"], { yes: true });
  expect(readdirSync(folder.name)).toEqual(["my-ext"]);
  expect(existsSync(join(folder.name, ".yo-rc.json"))).toBe(false);
});

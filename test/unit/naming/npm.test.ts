import { describe, expect, test } from "vitest";
import { folderName, packageNameProblem, suggestPackageName } from "../../../src/naming/npm.js";

describe("allowed", () => {
  test.each(["my-ext", "@acme/my-ext", "lltm", "a", "torch-time", "x.y_z~1", "@fs/fs-ext", "clone-it"])(
    "%s",
    (name) => {
      expect(packageNameProblem(name)).toBeNull();
    },
  );
});

describe("refused, with a suggestion that is allowed", () => {
  test.each([
    ["", "empty", null],
    ["007", "starts with a digit", "ext-007"],
    ["3d-ops", "starts with a digit", "ext-3d-ops"],
    ["My-Ext", "capital", "my-ext"],
    ["my ext", "blank", "my-ext"],
    [" my-ext", "blank", "my-ext"],
    ["my-ext,", '","', "my-ext"],
    ["größe", '"ö"', "gro-e"],
    ["a/b", "is a path", "a-b"],
    [".", "starts with", null],
    ["../x", "is a path", "x"],
    ["_priv", "starts with", "priv"],
    ["@acme", "no scoped name", "acme"],
    ["class", "keyword of C++", "class-ext"],
    ["co-nst", "keyword of C++", "co-nst-ext"],
    ["@acme/class", "keyword of C++", "@acme/class-ext"],
    ["time", "C library", "time-ext"],
    ["fs", "module of Node", "fs-ext"],
    ["con", "device", "con-ext"],
    ["nul.x", "device", "ext-nul.x"],
    ["c-on", "device", "c-on-ext"],
    ["torch", "libtorch", "torch-ext"],
    ["test", "CMake", "test-ext"],
    ["node_modules", "npm keeps", "node_modules-ext"],
    ["x.", "ends with a dot", "x"],
    ["日本", '"日"', null],
    ["---", "starts with", null],
    ["a".repeat(215), "214", "a".repeat(100)],
  ])("%j", (name, problem, suggestion) => {
    const found = packageNameProblem(name);
    expect(found?.problem).toContain(problem);
    expect(found?.suggestion).toBe(suggestion);
    if (suggestion !== null) expect(packageNameProblem(suggestion)).toBeNull();
  });
});

test("a folder's name becomes a package name", () => {
  expect(suggestPackageName("My Torch Ext (2)")).toBe("my-torch-ext-2");
  expect(suggestPackageName("Übung")).toBe("ubung");
  expect(folderName("@acme/my-ext")).toBe("my-ext");
});

import { describe, expect, test } from "vitest";
import { givenArguments, rawArguments } from "../../../generators/raw-arguments.js";

describe("under yo, what was typed", () => {
  const yo = ["/usr/bin/node", "/usr/local/bin/yo"];
  test.each([
    [
      ["torch-extension", "--yes", "my-ext"],
      ["--yes", "my-ext"],
    ],
    [["torch-extension", "007"], ["007"]],
    [
      ["torch-extension", "a,", "--yes"],
      ["a,", "--yes"],
    ],
    [
      ["torch-extension", "--license", "MIT", "--license", "none"],
      ["--license", "MIT", "--license", "none"],
    ],
    [
      ["--no-git", "torch-extension", "my-ext"],
      ["--no-git", "my-ext"],
    ],
    [["--no-color", "torch-extension", "my-ext", "--local-only"], ["my-ext"]],
    [["torch-extension:app", "torch-extension"], ["torch-extension"]],
    [["./dist/generators/app", "x"], ["x"]],
    [[], []],
  ])("%j", (words, expected) => {
    expect(rawArguments([...yo, ...words])).toEqual(expected);
  });

  test.each(["/prefix/bin/yo", "/prefix/lib/node_modules/yo/lib/cli.js", "C:\\npm\\node_modules\\yo\\lib\\cli.js"])(
    "%s is yo",
    (program) => {
      expect(rawArguments(["node", program, "torch-extension", "a"])).toEqual(["a"]);
    },
  );

  test.each(["/x/vitest.mjs", "/x/yoga", "/x/lib/cli.js", "/home/yo/x.js"])("%s is not", (program) => {
    expect(rawArguments(["node", program, "torch-extension", "a"])).toBeNull();
  });
});

test("from a program, options become flags again", () => {
  const flags = [
    { name: "license", kind: "text", help: "" },
    { name: "git", kind: "yes-no", negatable: true, help: "" },
    { name: "dry-run", kind: "yes-no", help: "" },
    { name: "yes", kind: "yes-no", help: "" },
  ] as const;
  const options = { license: "MIT", git: false, dryRun: true, yes: false, skipInstall: true };
  expect(givenArguments(["my-ext"], options, flags)).toEqual([
    "--license=MIT",
    "--no-git",
    "--dry-run",
    "--",
    "my-ext",
  ]);
});

import { describe, expect, test } from "vitest";
import { type Grammar, parseArguments, UsageError } from "../../../src/questions/flags.js";

const grammar: Grammar = {
  command: "torch-extension new",
  positionals: ["the package's name"],
  flags: [
    { name: "license", kind: "text", value: "MIT|none", help: "" },
    { name: "git", kind: "yes-no", negatable: true, help: "" },
    { name: "yes", short: "y", kind: "yes-no", help: "" },
    { name: "force", short: "f", kind: "yes-no", help: "" },
  ],
};

const read = (...argv: string[]) => {
  const { values, positionals } = parseArguments(argv, grammar);
  return { values: Object.fromEntries(values), positionals };
};

describe("what is taken", () => {
  test.each([
    [["--yes", "my-ext"], { values: { yes: true }, positionals: ["my-ext"] }],
    [["my-ext", "--force"], { values: { force: true }, positionals: ["my-ext"] }],
    [["007"], { values: {}, positionals: ["007"] }],
    [["my-ext,"], { values: {}, positionals: ["my-ext,"] }],
    [["--license", "MIT"], { values: { license: "MIT" }, positionals: [] }],
    [["--license=-x"], { values: { license: "-x" }, positionals: [] }],
    [["--license="], { values: { license: "" }, positionals: [] }],
    [["--license", "1e3"], { values: { license: "1e3" }, positionals: [] }],
    [["--no-git"], { values: { git: false }, positionals: [] }],
    [["--git"], { values: { git: true }, positionals: [] }],
    [["-yf", "a"], { values: { yes: true, force: true }, positionals: ["a"] }],
    [["--yes", "--yes"], { values: { yes: true }, positionals: [] }],
    [["--", "--yes"], { values: {}, positionals: ["--yes"] }],
  ])("%j", (argv, expected) => {
    expect(read(...argv)).toEqual(expected);
  });
});

describe("what is refused", () => {
  test.each([
    [["--licence", "MIT"], "Unknown flag --licence. Did you mean --license?"],
    [["--no-gti"], "Unknown flag --no-gti. Did you mean --no-git?"],
    [["--no-yes"], "Unknown flag --no-yes. torch-extension new --help lists the flags."],
    [["--quantum"], "Unknown flag --quantum. torch-extension new --help lists the flags."],
    [["-x"], "Unknown flag -x. torch-extension new --help lists the flags."],
    [["--git=no"], '--git takes no value (got "no"): write --git or --no-git.'],
    [["--yes=true"], '--yes takes no value (got "true"): write --yes.'],
    [["--license"], "--license needs a value: --license MIT|none."],
    [
      ["--license", "--yes"],
      '--license needs a value, and "--yes" looks like a flag: if it is the value, write --license=--yes',
    ],
    [["--license", "MIT", "--license", "none"], '--license is given twice, as "MIT" and as "none": keep one.'],
    [["--git", "--no-git"], "--git is given twice, as --git and as --no-git: keep one."],
    [
      ["my", "ext"],
      'torch-extension new takes one argument, the package\'s name; "ext" is one too many. Put a text with spaces into quotes.',
    ],
  ])("%j", (argv, message) => {
    expect(() => read(...argv)).toThrow(new UsageError(message));
  });
});

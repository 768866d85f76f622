import { expect, test } from "vitest";
import { nearest } from "../../../src/scaffold/nearest.js";

test.each([
  ["licence", ["license", "libtorch"], "license"],
  ["dryrun", ["dry-run", "yes"], "dry-run"],
  ["desc", ["description", "cuda"], "description"],
  ["biuld", ["build", "bind"], "build"],
  ["no-gti", ["git", "no-git"], "no-git"],
  ["quantum", ["build", "bind", "git"], null],
  ["x", ["yes", "git"], null],
])("%s of %j is %s", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

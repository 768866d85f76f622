import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "../../../src/naming/nearest.js";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "abd", 1],
    ["abc", "ab", 1],
    ["abc", "acb", 1],
    ["abc", "xyz", 3],
    ["", "abc", 3],
  ])("%s, %s: %i", (a, b, distance) => {
    expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance]);
  });
});

describe("nearest", () => {
  const known = ["torch::Tensor", "double", "bool"];
  it.each([
    ["torch::Tensr", "torch::Tensor"],
    ["Torch::tensor", "torch::Tensor"],
    ["duoble", "double"],
    ["bol", "bool"],
    ["matrix", null],
    ["x".repeat(100_000), null],
  ])("of %s is %s", (word, expected) => expect(nearest(word, known)).toBe(expected));

  it.each([
    ["licence", ["license", "libtorch"], "license"],
    ["dryrun", ["dry-run", "yes"], "dry-run"],
    ["desc", ["description", "cuda"], "description"],
    ["biuld", ["build", "bind"], "build"],
    ["no-gti", ["git", "no-git"], "no-git"],
    ["quantum", ["build", "bind", "git"], null],
    ["x", ["yes", "git"], null],
  ])("of %s among %j is %s", (word, words, expected) => expect(nearest(word, words)).toBe(expected));
});

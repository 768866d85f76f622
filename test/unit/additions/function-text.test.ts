import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readParameter, readResults, splitTop } from "../../../src/additions/engine/text.js";

describe("a parameter as it is typed", () => {
  it.each([
    ["x: torch::Tensor", { name: "x", type: "torch::Tensor", default: null }],
    ["n: int64_t = 2", { name: "n", type: "int64_t", default: "2" }],
    [" n :int64_t=-2 ", { name: "n", type: "int64_t", default: "-2" }],
    ['s: std::string = "a = b"', { name: "s", type: "std::string", default: '"a = b"' }],
    [
      "xs: std::map<std::string,  torch::Tensor>",
      { name: "xs", type: "std::map<std::string, torch::Tensor>", default: null },
    ],
    ["m: ::demo::Mode = ::demo::Mode::linear", { name: "m", type: "::demo::Mode", default: "::demo::Mode::linear" }],
  ])("%s", (text, value) => expect(readParameter(text)).toEqual({ ok: true, value }));

  it.each([
    ["torch::Tensor x", 'write "x: torch::Tensor"'],
    ["const torch::Tensor& x", 'write "x: torch::Tensor"'],
    ["int64_t n = 2", 'write "n: int64_t = 2"'],
    ["x", 'write it as "x: torch::Tensor"'],
    ["", 'write it as "x: torch::Tensor"'],
    ["x:", "names no type"],
    [": torch::Tensor", "has no name before its colon"],
    ["n: int64_t =", "no default behind its equals sign"],
    ["2n: int64_t", "no name in every language"],
    ["new-state: torch::Tensor", "try new_state"],
    ["größe: double", "no name in every language"],
  ])("%s is refused, with what to write", (text, message) => {
    const read = readParameter(text);
    expect(read.ok ? "" : read.problem).toContain(message);
  });

  it("is never half read, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const read = readParameter(text);
        if (!read.ok) return read.problem.length > 10;
        const { name, type, default: value } = read.value;
        return /^[A-Za-z_]\w*$/.test(name) && type !== "" && value !== "";
      }),
    );
  });
});

describe("results as they are typed", () => {
  const named = { name: "out", type: "torch::Tensor" };

  it.each([
    [["out: torch::Tensor"], [named]],
    [["torch::Tensor"], [{ name: null, type: "torch::Tensor" }]],
    [["std::tuple<torch::Tensor, double>"], [{ name: null, type: "std::tuple<torch::Tensor, double>" }]],
    [["out: torch::Tensor, n: std::pair<double, double>"], [named, { name: "n", type: "std::pair<double, double>" }]],
    [
      ["out: torch::Tensor", "n: double"],
      [named, { name: "n", type: "double" }],
    ],
    [["void"], []],
    [[""], []],
    [[], []],
  ])("%j", (texts, value) => expect(readResults(texts)).toEqual({ ok: true, value }));

  it.each([
    [["out: torch::Tensor, double"], '"double" has none'],
    [["out: torch::Tensor,, n: double"], "empty place"],
    [["out: torch::Tensor = 2"], "has a default"],
    [["out:"], "names no type"],
    [["a: void, b: double"], "void is no result beside others"],
  ])("%j is refused", (texts, message) => {
    const read = readResults(texts);
    expect(read.ok ? "" : read.problem).toContain(message);
  });

  it("splits where no bracket and no string holds the comma", () => {
    expect(splitTop('a<b, c>, "d, \\", e", {f, g}')).toEqual(["a<b, c>", ' "d, \\", e"', " {f, g}"]);
    fc.assert(fc.property(fc.string(), (text) => splitTop(text).join(",") === text));
  });
});

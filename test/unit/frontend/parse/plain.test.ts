// What is read without the grammar is what the grammar reads.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../../src/frontend/parse/parse.js";
import { readPlain } from "../../../../src/frontend/parse/plain.js";
import { placesOf } from "../../../../src/frontend/scan/lines.js";
import { loadParser } from "../../../../src/generate/parser.js";

const parser = await loadParser();
const path = "csrc/src/a.cpp";
const mark = "// [[torch::export]]\n";

function isPlain(text: string): boolean {
  return readPlain(text, { start: 0, end: text.length }, placesOf(path, text)) !== null;
}

/** The same declaration, read both ways: a comment, which is as long as the white space, is for the grammar. */
function readBoth(front: string, back: string) {
  const one = parse(parser, { path, text: `${mark}${front}    ${back};` });
  const other = parse(parser, { path, text: `${mark}${front}/**/${back};` });
  return { one, other };
}

const space = fc.constantFrom("", " ", "\n  ", "\t");
const gap = fc.constantFrom(" ", "\n", "  \t");
const word = fc.constantFrom(
  "x",
  "torch",
  "Tensor",
  "int64_t",
  "std",
  "string",
  "_y2",
  "double",
  "void",
  "bool",
  "at",
  "c10",
);
const joined = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(""));
const { type } = fc.letrec<{ type: string; name: string }>((tie) => ({
  name: fc.oneof(
    { weight: 4, arbitrary: word },
    joined(word, space, fc.constant("::"), space, word),
    joined(fc.constant("::"), word, fc.constant("::"), word),
  ),
  type: joined(
    fc.oneof({ weight: 12, arbitrary: fc.constant("") }, joined(fc.constant("const"), gap)),
    tie("name"),
    fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constant(""),
      joined(space, fc.constant("<"), space, tie("type"), space, fc.constant(">")),
      joined(fc.constant("<"), tie("type"), space, fc.constant(","), space, tie("type"), fc.constant(">")),
    ),
    fc.oneof(
      { weight: 12, arbitrary: fc.constant("") },
      fc.constantFrom("&", " &", "&&", " const", " const&", "*", "[3]"),
    ),
  ),
}));
const value = fc.constantFrom(
  ..."1 -2 0.5 1e-3 -1.5e+10 true nullptr {} {1} x torch::nullopt at::kFloat f() a::b() std::string{} 1'000 0x1F 'c' x.y -x 1+2 new this".split(
    " ",
  ),
  ...['"a, b) = {"', '"\\""', '"\\x41"', '""', "{ }", 'R"(x)"', '"a" "b"'],
);
const parameter = joined(
  type,
  fc.oneof(joined(gap, fc.constantFrom("a", "b1", "_c", "int", "default", "x")), fc.constant("")),
  fc.oneof({ weight: 4, arbitrary: fc.constant("") }, joined(space, fc.constant("="), space, value)),
);
const list = fc
  .array(
    fc.tuple(space, parameter, space).map((all) => all.join("")),
    { maxLength: 3 },
  )
  .map((all) => `(${all.join(",")})`);
const tail = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom("", " ") },
  fc.constantFrom(" noexcept", " const", " x", ",", "()"),
);

describe("a plain declaration", () => {
  it("is read as by the grammar", () => {
    let plain = 0;
    fc.assert(
      fc.property(
        type,
        gap,
        fc.constantFrom("f", "step", "int", "F1"),
        list,
        tail,
        (returns, white, name, parameters, end) => {
          const { one, other } = readBoth(`${returns}${white}${name}`, `${parameters}${end}`);
          if (!isPlain(`${returns}${white}${name}    ${parameters}${end}`)) return;
          plain++;
          expect(one).toEqual(other);
        },
      ),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it.each([
    "torch::Tensor f(const torch::Tensor& x, double decay = 0.9)",
    'std::tuple<torch::Tensor, torch::optional<at::Tensor>> f(std::vector<int64_t> xs = {}, std::string m = "sum")',
    "double\nf\n(\nbool\n)\n",
    "void f(void)",
  ])("needs no grammar: %j", (text) => {
    expect(isPlain(text)).toBe(true);
  });

  it.each([
    "auto f()",
    "f()",
    "int f",
    "long f(int)",
    "int f(int) const",
    "int f(int...)",
    "T f(T a = g(1))",
    "",
    "(",
    "int f(a<b",
  ])("is none: %j", (text) => {
    expect(isPlain(text)).toBe(false);
  });
});

// What a function takes from its declarations without annotation.
import { describe, expect, it } from "vitest";
import { loadParser } from "../../../../src/generate/parser.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const mark = "// [[torch::export]]\n";

function bind(header: string, source: string) {
  const { module, diagnostics } = runFrontEnd(parser, [
    { path: "csrc/include/myext/a.h", text: header },
    { path: "csrc/src/a.cpp", text: source },
  ]);
  return { functions: module.functions, classes: module.classes, codes: diagnostics.map(({ code }) => code) };
}

const defaults = (fn: ReturnType<typeof bind>["functions"][number] | undefined) =>
  fn?.parameters.map((parameter) => (parameter.default === null ? null : JSON.stringify(parameter.default)));

describe("an annotated definition", () => {
  it("takes default arguments and the comment of a header's declaration", () => {
    const { functions, codes } = bind(
      "namespace a {\n/// Decays.\n/// @param rate how fast\ndouble decay(double x, double rate = 0.5);\n}\n",
      `namespace a {\n${mark}double decay(double x, const double r) { return x * r; }\n}\n`,
    );
    expect(codes).toEqual([]);
    expect(defaults(functions[0])).toEqual([null, '{"kind":"double","value":0.5}']);
    expect(functions[0]?.doc).toEqual({ summary: "Decays.", params: { r: "how fast" }, returns: null });
  });

  it("keeps its own comment, and takes what that lacks", () => {
    const { functions } = bind(
      "/// Header.\n/// @returns half\ndouble f(double x);\n",
      `/// Source.\n/// @param x it\n${mark}double f(double x) { return x; }\n`,
    );
    expect(functions[0]?.doc).toEqual({ summary: "Source.", params: { x: "it" }, returns: "half" });
  });

  it("takes nothing from an overload, another namespace, a static or unnamed one, or a call", () => {
    const { functions, codes } = bind(
      "/// No.\ndouble f(int64_t x = 1);\nvoid f(Unknown u);\nnamespace b {\n/// No.\ndouble f(double x = 2); }\n",
      `/// No.\nstatic double f(double x = 3);\nnamespace {\n/// No.\ndouble f(double x = 4); }\n${mark}double f(double x) { f(5); }\n`,
    );
    expect(codes).toEqual([]);
    expect(defaults(functions[0])).toEqual([null]);
    expect(functions[0]?.doc).toBeNull();
  });

  it("takes them through aliases and qualified names", () => {
    const { functions } = bind(
      "namespace a {\nusing pair = std::tuple<double, double>;\n/// Yes.\ndouble f(const pair& p, bool up = true);\n}\n",
      `using namespace a;\n${mark}double a::f(const std::tuple<double, double>& p, bool up) { return 0; }\n`,
    );
    expect(functions[0]?.doc?.summary).toBe("Yes.");
    expect(defaults(functions[0])).toEqual([null, '{"kind":"bool","value":true}']);
  });

  it("refuses a default that differs, and one that has no literal", () => {
    expect(bind("double f(double x = 1);\n", `${mark}double f(double x = 2);\n`).codes).toEqual(["TX1323"]);
    expect(bind("double f(double x = 1);\n", `${mark}double f(double x = 1.0);\n`).codes).toEqual([]);
    expect(bind("double f(double x = g());\n", `${mark}double f(double x);\n`).codes).toEqual(["TX1209"]);
  });
});

describe("an annotated declaration", () => {
  it("takes the comment and the names of its definition", () => {
    const { functions } = bind(`${mark}double f(double);\n`, "/// Doubles.\ndouble f(double x) { return 2 * x; }\n");
    expect(functions[0]?.doc?.summary).toBe("Doubles.");
    expect(functions[0]?.parameters.map(({ name }) => name)).toEqual(["x"]);
  });

  it("takes them for a method, too", () => {
    const { classes } = bind(
      `class Cell {\n public:\n${mark}  Cell();\n${mark}  double step(double x) const;\n};\n`,
      "/// Steps.\n/// @param y it\ndouble Cell::step(double y) const { return y; }\n",
    );
    expect(classes[0]?.methods[0]?.doc).toEqual({ summary: "Steps.", params: { x: "it" }, returns: null });
  });
});

describe("an inline function", () => {
  it.each(["inline", "constexpr", "inline constexpr", "static inline"])("%s", (words) => {
    const text = `${mark}${words} double f(double x) { return x; }\n`;
    expect(bind(text, "").codes).toEqual(words.startsWith("static") ? ["TX1303"] : []);
    expect(bind("", text).codes).toEqual([words.startsWith("static") ? "TX1303" : "TX1307"]);
  });
});

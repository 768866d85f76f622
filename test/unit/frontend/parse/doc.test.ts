import { describe, expect, it } from "vitest";
import { parse } from "../../../../src/frontend/parse/parse.js";
import { loadParser } from "../../../../src/generate/parser.js";

const parser = await loadParser();

function docOf(comments: string) {
  const text = `int64_t before; ///< of another\n${comments}\ndouble f(double x, double y);`;
  const { file, diagnostics } = parse(parser, { path: "a.cpp", text });
  expect(diagnostics).toEqual([]);
  expect(file.functions).toHaveLength(1);
  return file.functions[0]?.doc;
}

const mark = "// [[torch::export]]";

describe("a doc comment", () => {
  const expected = {
    summary: "Adds.\n\nMore on it.",
    params: { x: "the first,\non two lines", y: "the second" },
    returns: "the sum",
  };
  it.each([
    [
      "///",
      `/// Adds.\n///\n/// More on it.\n/// @param x   the first,\n///            on two lines\n/// @param y the second\n/// @returns the sum\n${mark}`,
    ],
    [
      "//'",
      `//' Adds.\n//'\n//' More on it.\n//' @param x the first,\n//'   on two lines\n//' @param y the second\n//' @return the sum\n//' @export\n${mark}`,
    ],
    [
      "/**",
      `/**\n * Adds.\n *\n * More on it.\n * @param[in] x the first,\n *   on two lines\n * @param y the second\n * \\return the sum\n */\n${mark}`,
    ],
    [
      "/*! without stars",
      `/*! Adds.\n\n   More on it.\n   @param x the first,\n   on two lines\n   @param y the second\n   @return the sum */\n${mark}`,
    ],
    [
      "one below the annotation",
      `${mark}\n/// Adds.\n///\n/// More on it.\n/// @param x the first,\n/// on two lines\n/// @param y the second\n/// @returns the sum`,
    ],
    [
      "one around it",
      `/// Adds.\n///\n/// More on it.\n${mark}\n/// @param x the first,\n/// on two lines\n/// @param y the second\n/// @returns the sum`,
    ],
  ])("of the form %s is read", (_form, comments) => {
    expect(docOf(comments)).toEqual(expected);
  });

  it("keeps what it says, whatever characters it uses", () => {
    expect(docOf(`/// a < b && c */ \`d\` @me "e" \\f é\n${mark}`)?.summary).toBe('a < b && c */ `d` @me "e" \\f é');
  });

  it("may describe several parameters at once, and leaves out tags of other tools", () => {
    const doc = docOf(
      `/// @brief Adds.\n/// @param x,y numbers\n/// @examples\n/// f(1, 2)\n/// @returns the sum\n${mark}`,
    );
    expect(doc).toEqual({ summary: "Adds.", params: { x: "numbers", y: "numbers" }, returns: "the sum" });
  });

  it.each([
    ["there is none", mark],
    ["a blank line stands between", `/// Of the file.\n\n${mark}`],
    ["it is an ordinary comment", `// Adds.\n/* Adds. */\n//// Adds.\n/*** Adds. */\n${mark}`],
    ["it belongs to what stands before it", mark],
  ])("is not there where %s", (_why, comments) => {
    expect(docOf(comments)).toBeNull();
  });
});

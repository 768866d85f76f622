import { describe, expect, it } from "vitest";
import { loadParser } from "../../../../src/generate/parser.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const mark = "// [[torch::export]]\n";

function exported(header: string, source: string) {
  const { module, diagnostics } = runFrontEnd(parser, [
    { path: "csrc/include/myext/a.h", text: header },
    { path: "csrc/src/a.cpp", text: source },
  ]);
  return { functions: module.functions, codes: diagnostics.map(({ code }) => code) };
}

describe("a function that is annotated twice", () => {
  it("is one where declaration and definition agree, with the defaults and the comment of either", () => {
    const { functions, codes } = exported(
      `namespace n {\n/// Adds.\n${mark}double f(torch::Tensor, double by = 2);\n}`,
      `using Tensor = torch::Tensor;\nnamespace n {\n${mark}double f(Tensor x, double scale) { return 1; }\n}`,
    );
    expect(codes).toEqual([]);
    expect(functions).toHaveLength(1);
    expect(functions[0]).toMatchObject({
      doc: { summary: "Adds." },
      parameters: [
        { name: "x", default: null },
        { name: "by", default: { kind: "double", value: 2 } },
      ],
      span: { file: "csrc/include/myext/a.h" },
    });
  });

  it("is one in the branches of an #if", () => {
    const text = `#ifdef WITH_CUDA\n${mark}double f(double x) { return 1; }\n#else\n${mark}double f(double x) { return 2; }\n#endif`;
    expect(exported("", text)).toMatchObject({ functions: [{ name: "f" }], codes: [] });
  });

  it.each([
    ["double f(double x = 1);", "double f(double x = 2) { return x; }", "TX1311"],
    ["double f(double x);", "bool f(double x) { return x; }", "TX1311"],
    ["double f(double x);", "double f(bool x) { return x; }", "TX1310"],
  ])("is refused where they contradict: %s %s", (header, source, code) => {
    expect(exported(mark + header, mark + source).codes).toEqual([code]);
  });

  it("is refused where the annotations differ", () => {
    const source = `// [[torch::export(rcpp=FALSE)]]\ndouble f(double x) { return x; }`;
    expect(exported(`${mark}double f(double x);`, source).codes).toEqual(["TX1311"]);
  });
});

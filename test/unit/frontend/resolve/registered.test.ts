import { describe, expect, it } from "vitest";
import { loadParser } from "../../../../src/generate/parser.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const mark = "// [[torch::export]]\n";
const registered = '// [[torch::export(rcpp=FALSE, register_types=c("pair", "TensorPair", "void*", "myext::pair"))]]\n';
const alias = "using pair = std::tuple<torch::Tensor, torch::Tensor>;\n";
const type = { kind: "registered", cpp: "::pair", raw: "TensorPair", abi: "void*", host: "myext::pair" };

function read(text: string) {
  const { module, diagnostics } = runFrontEnd(parser, text);
  return { functions: module.functions, codes: diagnostics.map(({ code }) => code) };
}

describe("a registration", () => {
  it("wins over derivation, in the whole package, by its spelling alone", () => {
    const other = "// [[torch::export(rcpp=FALSE)]]\n";
    const { functions, codes } = read(
      `${alias}${other}pair before(const pair& x);\n${registered}pair f(double x);\n${other}double g(std::vector<pair> x, std::tuple<torch::Tensor, torch::Tensor> y);`,
    );
    expect(codes).toEqual([]);
    expect(functions.map(({ returns }) => returns)).toEqual([type, type, { kind: "row", id: "double" }]);
    expect(functions[0]?.parameters[0]).toMatchObject({ type, spelling: "const ::pair&" });
    expect(functions[2]?.parameters.map((parameter) => parameter.type.kind)).toEqual(["list", "tuple"]);
    expect(functions[2]?.parameters[0]?.type).toEqual({ kind: "list", of: type });
  });

  it("is called by its whole name, wherever it is spelled", () => {
    const { functions, codes } = read(
      `namespace ours { ${alias}struct box { double x; };\n${registered}pair f(std::vector<pair> x); }\nusing namespace ours;\n` +
        `${registered.replaceAll("pair", "std::vector<box>")}double g(const std::vector<box>& x, pair y);`,
    );
    expect(codes).toEqual([]);
    expect(functions.map(({ returnsSpelling }) => returnsSpelling)).toEqual(["::ours::pair", "double"]);
    const spellings = functions.flatMap(({ parameters }) => parameters.map(({ spelling }) => spelling));
    expect(spellings).toEqual(["std::vector<::ours::pair>", "const std::vector<::ours::box>&", "::ours::pair"]);
  });

  it("keeps a name that is declared where nobody looks", () => {
    const { functions, codes } = read(`${registered}pair f(double x);`);
    expect(codes).toEqual([]);
    expect(functions[0]?.returnsSpelling).toBe("pair");
  });

  it("may be said twice, but not otherwise", () => {
    expect(read(`${registered}double f(pair x);\n${registered}double g(pair x);`).codes).toEqual([]);
    const otherwise = registered.replace("TensorPair", "Pair");
    expect(read(`${registered}double f(pair x);\n${otherwise}double g(pair x);`).codes).toEqual(["TX1213"]);
  });

  it("has no form in TypeScript", () => {
    expect(read(registered.replace("rcpp=FALSE, ", "").concat("double f(pair x);")).codes).toEqual(["TX1216"]);
  });
});

describe("in a package that torchexport generated", () => {
  const switched = "// In a package that torchexport generated:\n";

  it("what is not known passes as it is spelled, with a warning", () => {
    const { functions, codes } = read(`${switched}${mark}const options* f(options x, double y, std::bitset<3> z);`);
    expect(codes).toEqual(["TX1214", "TX1214", "TX1214"]);
    expect(functions[0]?.returns).toEqual({ kind: "foreign", spelling: "const options*" });
    expect(functions[0]?.parameters.map(({ type: { kind }, spelling }) => [kind, spelling])).toEqual([
      ["foreign", "options"],
      ["row", "double"],
      ["foreign", "std::bitset<3>"],
    ]);
  });

  it("what is known keeps its spelling, and defaults are nobody's business", () => {
    const { functions, codes } = read(
      `${switched}using namespace torch;\n${mark}Tensor f(c10::optional<at::Tensor> x, std::int64_t n = kSize, void* p = nullptr);`,
    );
    expect(codes).toEqual([]);
    expect(functions[0]?.returnsSpelling).toBe("Tensor");
    expect(functions[0]?.parameters.map(({ spelling, default: value }) => [spelling, value])).toEqual([
      ["c10::optional<at::Tensor>", null],
      ["std::int64_t", null],
      ["void*", null],
    ]);
  });
});

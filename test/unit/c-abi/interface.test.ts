import { describe, expect, it } from "vitest";
import { fnv1a64 } from "../../../src/c-abi/fnv.js";
import { hashInterface, interfaceText } from "../../../src/c-abi/interface.js";
import { loadParser } from "../../../src/generate/parser.js";
import type { Module } from "../../../src/model/module.js";
import { typescript } from "../../../src/targets/typescript/target.js";
import { runFrontEnd } from "../../helpers/front-end.js";

const parser = await loadParser();
const read = (text: string) => {
  const { module, diagnostics } = runFrontEnd(parser, text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return module;
};
const lines = (module: Module) => typescript.interfaceLines?.(module) ?? [];
const textOf = (module: Module) => interfaceText(module, lines(module));
const hash = (text: string) => {
  const module = read(text);
  return hashInterface(module, lines(module));
};

const plain = `// [[torch::export]]
torch::Tensor leaky_step(torch::Tensor x, torch::optional<torch::Tensor> state, double decay);
// [[torch::export(rcpp=FALSE)]]
std::tuple<int64_t, std::tuple<bool, torch::Tensor>> count(std::vector<torch::Tensor> xs);
`;

describe("FNV-1a, 64 bits", () => {
  // The vectors of draft-eastlake-fnv, and a text that UTF-8 makes longer.
  it.each([
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
    ["ä", "0ac21207b7181582"],
  ])("of %j", (text, expected) => {
    expect(fnv1a64(text)).toBe(expected);
  });
});

describe("the hash of types that the package declares", () => {
  const declared = `// csrc/include/myext/types.h
enum class Mode { near, far = 4 };
struct Range { double low; float high; };
class Filter {
 public:
  // [[torch::export]]
  explicit Filter(int64_t size);
  // [[torch::export]]
  torch::Tensor run(const torch::Tensor& x);
};
// csrc/src/a.cpp
// [[torch::export]]
double f(Mode mode, const std::vector<Range>& ranges, Filter& filter);
`;

  it("spells out values, fields and members", () => {
    expect(textOf(read(declared))).toBe(`myext 1
_Filter_new Filter (int64) -> class___Filter
_Filter_run run (tensor) -> tensor
_f f (enum___Mode, list_record___Range, class___Filter) -> double
class___Filter 
enum___Mode near=0 far=4
record___Range low:double high:float
`);
  });

  it.each([
    ["an enum's value", declared.replace("far = 4", "far = 5")],
    ["an enum's entry", declared.replace("near", "close")],
    ["the order of entries", declared.replace("near, far = 4", "far = 4, near = 0")],
    ["a field's name", declared.replace("low;", "least;")],
    ["a field's type", declared.replace("float high", "double high")],
    ["the order of fields", declared.replace("double low; float high;", "float high; double low;")],
    ["a field more", declared.replace("float high;", "float high; bool open;")],
    ["a method's name", declared.replace("run(", "apply(")],
    ["a method's type", declared.replace("torch::Tensor run", "double run")],
    ["the constructor", declared.replace("int64_t size", "double size")],
    ["a method less", declared.replace(/ {2}\/\/ \[\[torch::export\]\]\n {2}torch::Tensor run.*\n/u, "")],
  ])("changes with %s", (_, changed) => {
    expect(changed).not.toBe(declared);
    expect(hash(changed)).not.toBe(hash(declared));
  });

  it("stays with comments, and with a field's default", () => {
    const same = declared
      .replace("double low;", "/// least\n  double low = 1;")
      .replace("class Filter", "/// Filters.\nclass Filter");
    expect(same).not.toBe(declared);
    expect(hash(same)).toBe(hash(declared));
  });
});

describe("the hash of the interface", () => {
  it("is of every signature", () => {
    expect(textOf(read(plain))).toBe(
      `myext 1
_count (list_tensor) -> tuple2_int64_tuple2_bool_tensor
_leaky_step leaky_step (tensor, optional_tensor, double) -> tensor
`,
    );
    expect(hash(plain)).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ["comments and white space", plain.replace("torch::Tensor x, ", "/* in */\n  torch::Tensor   x,\n // more\n")],
    ["a doc comment", `/// Steps.\n/// @param x input\n${plain}`],
    ["the name of a parameter", plain.replace("decay", "rate")],
    ["a default", plain.replace("decay", "decay = 0.9")],
    ["another spelling of a type", plain.replace("torch::Tensor x", "const at::Tensor& x")],
    ["a namespace", `namespace myext {\n${plain}}`],
    [
      "the order of functions",
      plain
        .split(/(?=\/\/ \[\[)/)
        .reverse()
        .join(""),
    ],
    ["names of results", plain.replace("rcpp=FALSE", 'rcpp=FALSE, returns=c("n", "rest")')],
  ])("stays with %s", (_, changed) => {
    expect(changed).not.toBe(plain);
    expect(hash(changed)).toBe(hash(plain));
  });

  it.each([
    ["a type", plain.replace("double decay", "int64_t decay")],
    ["a type that is a pointer in C all the same", plain.replace("torch::Tensor x", "std::string x")],
    ["the order of parameters", plain.replace("torch::Tensor x, ", "").replace("decay)", "decay, torch::Tensor x)")],
    ["one parameter less", plain.replace(", double decay", "")],
    ["a result", plain.replace("torch::Tensor leaky_step", "double leaky_step")],
    ["a tuple's inside", plain.replace("bool", "int64_t")],
    ["the name of a function", plain.replace("leaky_step", "leaky_steps")],
    ["the name for hosts", plain.replace("[[torch::export]]", '[[torch::export(name="step")]]')],
    ["what hosts see", plain.replace("(rcpp=FALSE)", "")],
    ["one function less", plain.slice(0, plain.indexOf("// [[torch::export(rcpp"))],
  ])("changes with %s", (_, changed) => {
    expect(changed).not.toBe(plain);
    expect(hash(changed)).not.toBe(hash(plain));
  });
});

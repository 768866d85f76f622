import { describe, expect, it } from "vitest";
import { parse } from "../../../../src/frontend/parse/parse.js";
import { loadParser } from "../../../../src/generate/parser.js";

const parser = await loadParser();
const read = (text: string) => parse(parser, { path: "csrc/src/a.cpp", text }).file;

describe("aliases", () => {
  it("are read where a signature needs them, from using and typedef, with their namespaces", () => {
    const { aliases } = read(
      `namespace a { using pair = std::tuple<torch::Tensor, double>; }
       typedef std::vector<torch::Tensor> list, *list_pointer;
       using view = const torch::Tensor &;
       template <typename T> using box = std::vector<T>;
       class C { using hidden = int; };
       using unused = int;
       using view = hidden_behind;
       using hidden_behind = double;
       void f() { using inside = int; }
       // [[torch::export]]
       void g(pair a, list b, list_pointer c, view d, box<int> e, hidden f, inside h);`,
    );
    expect(aliases.map(({ namespace, name, type }) => [namespace.join("::"), name, type.spelling])).toEqual([
      ["a", "pair", "std::tuple<torch::Tensor, double>"],
      ["", "list", "std::vector<torch::Tensor>"],
      ["", "list_pointer", "std::vector<torch::Tensor>*"],
      ["", "view", "const torch::Tensor&"],
      ["", "view", "hidden_behind"],
      ["", "hidden_behind", "double"],
    ]);
  });
});

describe("using declarations", () => {
  it("are read with where they stand", () => {
    const { usings } = read(
      "using namespace torch; namespace a { using at::Tensor; namespace F = torch::nn; using namespace ::c10; }",
    );
    expect(usings).toEqual([
      { kind: "directive", namespace: [], name: null, target: "torch" },
      { kind: "name", namespace: ["a"], name: "Tensor", target: "at::Tensor" },
      { kind: "namespaceAlias", namespace: ["a"], name: "F", target: "torch::nn" },
      { kind: "directive", namespace: ["a"], name: null, target: "::c10" },
    ]);
  });
});

describe("registrations", () => {
  it("are read from TORCH_LIBRARY blocks", () => {
    const { registrations } = read(
      `TORCH_LIBRARY(myext, m) {
         m.def("a(Tensor x) -> Tensor");
         m.def("b.out(Tensor x) -> Tensor", &b).def(TORCH_SELECTIVE_SCHEMA("myext::c(Tensor x) -> Tensor"));
         m.def(R"(d(Tensor x)
                  -> Tensor)");
         m.def("e" "(Tensor x) -> Tensor");
         // m.def("no");
         log("m.def(\\"no\\")");
         m.def(name_of_f);
       }
       namespace n { TORCH_LIBRARY_FRAGMENT(other, m) { m.def("f", &f); } }
       TORCH_LIBRARY_IMPL(myext, CPU, m) { m.impl("a", TORCH_FN(a)); m.impl(TORCH_SELECTIVE_NAME("myext::b"), &b); }
       TORCH_LIBRARY_EXPAND(x, m) { m.def("no"); }`,
    );
    expect(registrations.map(({ kind, namespace, operator }) => `${kind} ${namespace}::${operator}`).sort()).toEqual([
      "def myext::a",
      "def myext::b",
      "def myext::c",
      "def myext::d",
      "def myext::e",
      "def other::f",
      "impl myext::a",
      "impl myext::b",
    ]);
  });
});

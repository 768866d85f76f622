import { describe, expect, it } from "vitest";
import { loadParser } from "../../../../src/generate/parser.js";
import type { DefaultValue, ExportedFunction, Type } from "../../../../src/model/module.js";
import { runFrontEnd } from "../../../helpers/front-end.js";

const parser = await loadParser();
const mark = "// [[torch::export]]\n";

function only(text: string): ExportedFunction {
  const { module, diagnostics } = runFrontEnd(parser, text);
  expect(diagnostics).toEqual([]);
  expect(module.functions).toHaveLength(1);
  return module.functions[0] as ExportedFunction;
}

const codesOf = (text: string) => runFrontEnd(parser, text).diagnostics.map(({ code }) => code);

const tensor: Type = { kind: "row", id: "tensor" };
const double: Type = { kind: "row", id: "double" };
const list: Type = { kind: "list", of: tensor };
const optional: Type = { kind: "optional", of: tensor };
const tuple = (...of: Type[]): Type => ({ kind: "tuple", of });

describe("types", () => {
  it.each<[string, Type, string]>([
    ["torch::Tensor", tensor, "torch::Tensor"],
    ["at::Tensor", tensor, "torch::Tensor"],
    ["::at::Tensor", tensor, "torch::Tensor"],
    ["const torch::Tensor&", tensor, "const torch::Tensor&"],
    ["torch::Tensor const &", tensor, "const torch::Tensor&"],
    ["torch::Tensor&&", tensor, "torch::Tensor&&"],
    ["const torch::Tensor", tensor, "torch::Tensor"],
    ["int64_t", { kind: "row", id: "int64" }, "int64_t"],
    ["std::int64_t", { kind: "row", id: "int64" }, "int64_t"],
    ["double", double, "double"],
    ["bool", { kind: "row", id: "bool" }, "bool"],
    ["const std::string&", { kind: "row", id: "string" }, "const std::string&"],
    ["torch::optional<at::Tensor>", optional, "torch::optional<torch::Tensor>"],
    ["c10::optional<torch::Tensor>", optional, "torch::optional<torch::Tensor>"],
    ["at::optional<torch::Tensor>", optional, "torch::optional<torch::Tensor>"],
    ["std::vector<torch::Tensor>", list, "std::vector<torch::Tensor>"],
    [
      "std::tuple<torch::Tensor, std::tuple<double, std::vector<at::Tensor>>>",
      tuple(tensor, tuple(double, list)),
      "std::tuple<torch::Tensor, std::tuple<double, std::vector<torch::Tensor>>>",
    ],
  ])("%s is known", (spelling, type, canonical) => {
    const [parameter] = only(`${mark}double f(${spelling} x);`).parameters;
    expect(parameter).toMatchObject({ name: "x", type, spelling: canonical });
  });

  it("of arrays have a length, which is a number", () => {
    const array = (of: Type, length: number): Type => ({ kind: "list", of, container: "array", length });
    const [x, y] = only(
      `${mark}double f(const std::array<double, 3>& x, std::array<std::array<at::Tensor, 0x2u>, 1'0> y);`,
    ).parameters;
    expect(x).toMatchObject({ type: array(double, 3), spelling: "const std::array<double, 3>&" });
    expect(y).toMatchObject({ type: array(array(tensor, 2), 10) });
    const takes = (spelling: string, value = "") => codesOf(`${mark}double f(std::array<${spelling}> x${value});`);
    for (const length of ["N", "2 + 1", "-1", "0", "1.5", "65537", "sizeof(int)", "99999999999999999999"]) {
      expect(takes(`double, ${length}`), length).toEqual(["TX1222"]);
    }
    expect(takes("std::array<double, 300>, 300")).toEqual(["TX1222"]);
    expect(takes("double")).toEqual(["TX1207"]);
    expect(takes("double, 2, 3")).toEqual(["TX1207"]);
    expect(takes("void*, 2")).toEqual(["TX1206"]);
    expect(takes("double, 2", " = {1, 2, 3}")).toEqual(["TX1210"]);
    expect(takes("torch::Tensor, 2", " = {}")).toEqual(["TX1209"]);
  });

  it("of arrays have defaults, and what those leave out is zero", () => {
    const [x, y] = only(`${mark}double f(std::array<int64_t, 3> x = {1}, std::array<bool, 2> y = {});`).parameters;
    const items = [1, 0, 0].map((value) => ({ kind: "int64", text: String(value) }));
    expect(x?.default).toEqual({ kind: "list", items });
    expect(y?.default).toEqual({ kind: "list", items: [false, false].map((value) => ({ kind: "bool", value })) });
  });

  it("are spelled in full for results, and names are given to parameters that have none", () => {
    const fn = only(`namespace n { using pair = std::tuple<at::Tensor, double>;\n${mark}pair f(pair, const pair&); }`);
    const spelling = "std::tuple<torch::Tensor, double>";
    expect(fn).toMatchObject({ returns: tuple(tensor, double), returnsSpelling: spelling });
    expect(fn.parameters.map(({ name, spelling }) => [name, spelling])).toEqual([
      ["arg0", spelling],
      ["arg1", `const ${spelling}&`],
    ]);
  });

  it.each([
    ["an alias", `using T = torch::Tensor;\n${mark}T f(const T& x);`],
    ["an alias of an alias", `using A = torch::Tensor; typedef A B;\n${mark}B f(B x);`],
    ["an alias of a reference", `using R = const torch::Tensor&;\n${mark}torch::Tensor f(R x);`],
    ["an alias in an outer namespace", `namespace a { using T = at::Tensor; namespace b {\n${mark}T f(T x); } }`],
    ["a qualified alias", `namespace a { using T = at::Tensor; } namespace b {\n${mark}a::T f(::a::T x); }`],
    ["using namespace", `using namespace torch;\n${mark}Tensor f(Tensor x);`],
    [
      "using namespace, of a namespace in the package",
      `namespace a { using T = at::Tensor; } using namespace a;\n${mark}T f(T x);`,
    ],
    ["a using declaration", `namespace n { using at::Tensor;\n${mark}Tensor f(Tensor x); }`],
    ["a namespace alias", `namespace t = torch;\n${mark}t::Tensor f(t::Tensor x);`],
    [
      "an inner name that hides an outer one",
      `using T = size_t; namespace n { using T = at::Tensor;\n${mark}T f(T x); }`,
    ],
  ])("are found through %s", (_what, text) => {
    const fn = only(text);
    expect([fn.returns, fn.parameters[0]?.type]).toEqual([tensor, tensor]);
  });

  it("are found through templates that are brought in", () => {
    const text = `using namespace std; using torch::optional;\n${mark}tuple<torch::Tensor> f(optional<torch::Tensor> x, vector<torch::Tensor> y, string z);`;
    expect(only(text).parameters.map(({ type }) => type)).toEqual([optional, list, { kind: "row", id: "string" }]);
  });

  it("of one name may differ between source files, and are shared by headers", () => {
    const header = {
      path: "csrc/include/a.h",
      text: "#pragma once\nnamespace n { using T = torch::Tensor; using U = T; }",
    };
    const one = { path: "csrc/src/one.cpp", text: `namespace n { using T = double;\n${mark}T f(U x); }` };
    const two = { path: "csrc/src/two.cpp", text: `namespace n {\n${mark}T g(U x); }` };
    const { module, diagnostics } = runFrontEnd(parser, [two, one, header]);
    expect(diagnostics).toEqual([]);
    expect(module.functions.map(({ name, returns, parameters }) => [name, returns, parameters[0]?.type])).toEqual([
      ["f", double, tensor],
      ["g", tensor, tensor],
    ]);
  });

  it.each([
    ["TX1201", "size_t"],
    ["TX1201", "unsigned long long"],
    ["TX1201", "long"],
    ["TX1201", "Tensor"],
    ["TX1201", "c10::Tensor"],
    ["TX1201", "std::function<void()>"],
    ["TX1201", "volatile double"],
    ["TX1201", "typename T::type"],
    ["TX1201", "std::vector<torch::Tensor>::iterator"],
    ["TX1201", "void (*g)(int)"],
    ["TX1202", "torch::Tensor&"],
    ["TX1202", "std::vector<const torch::Tensor>"],
    ["TX1203", "const torch::Tensor*"],
    ["TX1203", "std::vector<torch::Tensor*>"],
    ["TX1206", "std::vector<void*>"],
    ["TX1206", "std::vector<at::IntArrayRef>"],
    ["TX1207", "std::pair<double>"],
    ["TX1218", "std::map<double, double>"],
    ["TX1218", "c10::List<float>"],
    ["TX1206", "torch::optional<torch::optional<torch::Tensor>>"],
    ["TX1207", "torch::optional<torch::Tensor, double>"],
    ["TX1207", "std::tuple<>"],
  ])("%s refuses %s", (code, spelling) => {
    expect(
      codesOf(`${mark}double f(${spelling.includes("(") && !spelling.includes("<") ? spelling : `${spelling} x`});`),
    ).toEqual([code]);
  });

  it("report every parameter that is wrong", () => {
    expect(codesOf(`${mark}size_t f(long a, torch::Tensor* b, torch::Tensor c, double d = g());`)).toEqual([
      "TX1201",
      "TX1201",
      "TX1203",
      "TX1209",
    ]);
  });
});

describe("defaults", () => {
  it.each<[string, string, DefaultValue]>([
    ["double", "0.9", { kind: "double", value: 0.9 }],
    ["double", "1", { kind: "double", value: 1 }],
    ["double", "-0.0", { kind: "double", value: -0 }],
    ["double", "INFINITY", { kind: "double", value: Number.POSITIVE_INFINITY }],
    ["double", "-std::numeric_limits<double>::infinity()", { kind: "double", value: Number.NEGATIVE_INFINITY }],
    ["float", "::std::numeric_limits< float >::quiet_NaN()", { kind: "double", value: Number.NaN }],
    ["int64_t", "-1", { kind: "int64", text: "-1" }],
    ["int64_t", "0x10", { kind: "int64", text: "16" }],
    ["int64_t", "9223372036854775807", { kind: "int64", text: "9223372036854775807" }],
    ["bool", "true", { kind: "bool", value: true }],
    ["bool", "{}", { kind: "bool", value: false }],
    ["std::string", '"a, \\"b\\" {"', { kind: "string", value: 'a, "b" {' }],
    ["const std::string&", 'std::string("mean")', { kind: "string", value: "mean" }],
    ["std::string", "{}", { kind: "string", value: "" }],
    ["torch::optional<torch::Tensor>", "torch::nullopt", { kind: "none" }],
    ["torch::optional<torch::Tensor>", "c10::nullopt", { kind: "none" }],
    ["torch::optional<torch::Tensor>", "::std::nullopt", { kind: "none" }],
    ["torch::optional<torch::Tensor>", "{}", { kind: "none" }],
    ["torch::optional<torch::Tensor>", "c10::optional<torch::Tensor>()", { kind: "none" }],
    ["std::vector<torch::Tensor>", "{}", { kind: "emptyList" }],
    ["std::vector<torch::Tensor>", "std::vector<torch::Tensor>{}", { kind: "emptyList" }],
    ["float", "0.5f", { kind: "double", value: 0.5 }],
    ["int", "-7", { kind: "int64", text: "-7" }],
    ["torch::optional<double>", "0.5", { kind: "double", value: 0.5 }],
    ["torch::optional<int64_t>", "torch::nullopt", { kind: "none" }],
    ["torch::Scalar", "1", { kind: "int64", text: "1" }],
    ["const torch::Scalar&", "at::Scalar(0.5)", { kind: "double", value: 0.5 }],
    ["torch::Scalar", "true", { kind: "bool", value: true }],
    ["torch::ScalarType", "torch::kFloat", { kind: "named", name: "float32" }],
    ["torch::optional<at::ScalarType>", "at::ScalarType::Long", { kind: "named", name: "int64" }],
    ["torch::Device", "torch::kCUDA", { kind: "named", name: "cuda" }],
    ["torch::Device", 'torch::Device("cuda:1")', { kind: "named", name: "cuda:1" }],
    ["torch::Layout", "torch::kStrided", { kind: "named", name: "strided" }],
    ["torch::MemoryFormat", "at::MemoryFormat::ChannelsLast", { kind: "named", name: "channels_last" }],
    ["at::IntArrayRef", "{}", { kind: "emptyList" }],
    [
      "at::IntArrayRef",
      "{1, 2}",
      {
        kind: "list",
        items: [
          { kind: "int64", text: "1" },
          { kind: "int64", text: "2" },
        ],
      },
    ],
    ["std::vector<double>", "std::vector<double>({0.5})", { kind: "list", items: [{ kind: "double", value: 0.5 }] }],
    ["std::map<std::string, double>", "{}", { kind: "emptyDict" }],
  ])("%s may be %s", (type, text, value) => {
    expect(only(`${mark}double f(${type} x = ${text});`).parameters[0]?.default).toEqual(value);
  });

  it.each([
    ["TX1210", "int64_t", "2.5"],
    ["TX1210", "int64_t", "1e3"],
    ["TX1210", "int64_t", "9223372036854775808"],
    ["TX1210", "double", "1e999"],
    ["TX1209", "int64_t", "true"],
    ["TX1209", "int64_t", "kSize"],
    ["TX1209", "double", "M_PI"],
    ["TX1209", "double", "1.0 / 3"],
    ["TX1209", "bool", "1"],
    ["TX1209", "std::string", "nullptr"],
    ["TX1209", "std::string", '"a\\0b"'],
    ["TX1209", "torch::Tensor", "{}"],
    ["TX1209", "torch::Tensor", "torch::Tensor()"],
    ["TX1209", "torch::optional<torch::Tensor>", "torch::Tensor()"],
    ["TX1209", "std::vector<torch::Tensor>", "{torch::ones({1})}"],
    ["TX1209", "std::tuple<double, double>", "{1, 2}"],
    ["TX1210", "int", "2147483648"],
    ["TX1210", "float", "1e39"],
    ["TX1209", "torch::ScalarType", "kMine"],
    ["TX1209", "torch::Device", "device()"],
    ["TX1209", "std::vector<int64_t>", "{1, n}"],
    ["TX1209", "std::map<std::string, double>", '{{"a", 1}}'],
  ])("%s refuses %s = %s", (code, type, text) => {
    expect(codesOf(`${mark}double f(${type} x = ${text});`)).toEqual([code]);
  });
});

describe("the module", () => {
  it("is sorted by file, then by place, and carries what is not looked up", () => {
    const { module } = runFrontEnd(parser, [
      { path: "csrc/src/b.cpp", text: `${mark}double c();\n// [[torch::export(name="z", rcpp=FALSE)]]\ndouble a();` },
      {
        path: "csrc/src/a.cpp",
        text: `TORCH_LIBRARY(myext, m) { m.def("b() -> float"); }\n/// Bees.\n${mark}double b();`,
      },
    ]);
    expect(module).toMatchObject({ packageName: "my-ext", nativeName: "myext", annotated: 3 });
    expect(module.functions.map(({ name, hostName, visibleToHosts }) => [name, hostName, visibleToHosts])).toEqual([
      ["b", null, true],
      ["c", null, true],
      ["a", "z", false],
    ]);
    expect(module.functions[0]?.doc?.summary).toBe("Bees.");
    expect(module.registrations).toEqual([{ kind: "def", namespace: "myext", operator: "b" }]);
  });

  it("has functions that are defined with their namespace in front", () => {
    const header = { path: "csrc/include/a.h", text: "namespace myext::detail { double f(); }" };
    const source = {
      path: "csrc/src/a.cpp",
      text: `${mark}double myext::detail::f() { return 1; }\n${mark}double Cell::g();`,
    };
    const { module, diagnostics } = runFrontEnd(parser, [header, source]);
    expect(module.functions.map(({ namespace, name }) => [...namespace, name].join("::"))).toEqual([
      "myext::detail::f",
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["TX1302"]);
  });
});

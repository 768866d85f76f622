import { describe, expect, it } from "vitest";
import { checkModule } from "../../../../src/generate/pipeline.js";
import type { ExportedFunction, Module, Parameter, Type } from "../../../../src/model/module.js";
import { typescript } from "../../../../src/targets/typescript/target.js";

const tensor: Type = { kind: "row", id: "tensor" };
const pair: Type = { kind: "tuple", of: [tensor, tensor] };
const span = (offset: number) => {
  const start = { line: 1, column: offset + 1, offset };
  return { file: "csrc/src/a.cpp", start, end: { ...start, column: offset + 2, offset: offset + 1 } };
};

function parameter(name: string, rest: Partial<Parameter> = {}): Parameter {
  return { name, type: tensor, spelling: "torch::Tensor", default: null, span: span(5), ...rest };
}

function fn(name: string, rest: Partial<ExportedFunction> = {}): ExportedFunction {
  return {
    name,
    namespace: ["myext"],
    hostName: null,
    parameters: [],
    returns: tensor,
    returnsSpelling: "torch::Tensor",
    returnNames: null,
    visibleToHosts: true,
    doc: null,
    span: span(0),
    ...rest,
  };
}

function codesOf(...functions: ExportedFunction[]): readonly string[] {
  const module: Module = {
    packageName: "my-ext",
    nativeName: "myext",
    functions,
    registrations: [],
    classes: [],
    mode: "ours",
  };
  return checkModule(module, [typescript]).map(({ code }) => code);
}

describe("check", () => {
  it("finds nothing in functions that do not clash", () => {
    expect(
      codesOf(
        fn("leaky_step", {
          parameters: [parameter("x"), parameter("decay", { default: { kind: "double", value: 0.9 } })],
          returns: pair,
          returnNames: ["output", "state"],
          doc: { summary: "", params: { x: "input" }, returns: null },
        }),
        fn("delete"),
        fn("relu"),
        fn("relu_"),
        fn("some", { returns: { kind: "list", of: tensor }, returnNames: ["a", "b", "c"] }),
        fn("myext_last_error"),
      ),
    ).toEqual([]);
  });

  it("warns of a package that exports nothing, unless all that it exports was refused", () => {
    const empty: Module = {
      packageName: "my-ext",
      nativeName: "myext",
      functions: [],
      registrations: [],
      classes: [],
      mode: "ours",
    };
    expect(checkModule(empty, [typescript]).map(({ code, severity }) => [code, severity])).toEqual([
      ["TX1004", "warning"],
    ]);
    expect(checkModule({ ...empty, annotated: 1 }, [typescript])).toEqual([]);
  });

  it.each<[string, string, ExportedFunction[]]>([
    ["TX1310", "overloads", [fn("f"), fn("f", { parameters: [parameter("x")] })]],
    ["TX1310", "one name in two namespaces", [fn("f"), fn("f", { namespace: ["other"] })]],
    ["TX1310", "one C++ name with two host names", [fn("f"), fn("f", { namespace: [], hostName: "g" })]],
    ["TX1311", "one function twice", [fn("f"), fn("f")]],
    ["TX1312", "names that differ in case", [fn("leaky_step"), fn("leakyStep")]],
    ["TX1312", "a host name that another function has", [fn("f"), fn("g", { hostName: "f" })]],
    ["TX1312", "a reserved word and its mend", [fn("delete"), fn("delete_")]],
    ["TX1312", "a name of generated code and its mend", [fn("native"), fn("native_")]],
    ["TX1313", "_init", [fn("init")]],
    ["TX1313", "_fini", [fn("fini")]],
    ["TX1313", "_exit", [fn("exit")]],
    ["TX1313", "the last error", [fn("myext_last_error", { namespace: [] })]],
    ["TX1313", "a tuple's function", [fn("myext_tuple_tensor_tensor_get_0", { namespace: [], returns: pair })]],
    ["TX1313", "another function's C symbol", [fn("f"), fn("_f", { namespace: [], hostName: "g" })]],
    ["TX1320", "tx_", [fn("tx_relu", { namespace: [] })]],
    ["TX1320", "the namespace tx", [fn("relu", { namespace: ["tx", "mine"] })]],
    ["TX1309", "a name that is no ASCII", [fn("größe")]],
    ["TX1309", "a parameter that is no ASCII", [fn("f", { parameters: [parameter("π")] })]],
    ["TX1309", "a namespace that is no ASCII", [fn("f", { namespace: ["é"] })]],
    ["TX1315", "parameters of one name", [fn("f", { parameters: [parameter("a_b"), parameter("aB")] })]],
    ["TX1317", "too few names", [fn("f", { returns: pair, returnNames: ["a"] })]],
    ["TX1317", "too many names", [fn("f", { returns: pair, returnNames: ["a", "b", "c"] })]],
    ["TX1318", "a name for one value", [fn("f", { returnNames: ["a"] })]],
    ["TX1319", "names that become one", [fn("f", { returns: pair, returnNames: ["a_b", "aB"] })]],
    ["TX1109", "a comment on another parameter", [fn("f", { doc: { summary: "", params: { x: "" }, returns: null } })]],
  ])("%s: %s", (code, _what, functions) => {
    expect(codesOf(...functions)).toEqual([code]);
  });

  it("warns of a symbol that only Windows has", () => {
    expect(codesOf(fn("hypot"))).toEqual(["TX1314"]);
  });

  it("reports every finding", () => {
    const value = { kind: "double", value: 1 } as const;
    const parameters = [parameter("a", { default: value }), parameter("b"), parameter("c")];
    expect(codesOf(fn("init", { parameters, returnNames: ["x"] }), fn("f"), fn("f")).toSorted()).toEqual([
      "TX1311",
      "TX1313",
      "TX1316",
      "TX1316",
      "TX1318",
    ]);
  });
});

describe("names in TypeScript", () => {
  const declared = (name: string, ...namespace: string[]) => ({ name, namespace, doc: null, header: "myext/a.h" });
  const field = (name: string) => ({ name, type: tensor, spelling: "torch::Tensor", doc: null, default: null });
  const record = (name: string, fields: string[], ...namespace: string[]): Type => {
    return { kind: "record", decl: { ...declared(name, ...namespace), fields: fields.map(field) } };
  };

  it("are told apart where namespaces do it in C++", () => {
    const a = fn("a", { returns: record("Box", ["x"], "one") });
    expect(codesOf(a, fn("b", { returns: record("Box", ["x"], "two") }))).toEqual(["TX1312"]);
    expect(codesOf(a, fn("b", { returns: record("box", ["x"], "one") }))).toEqual(["TX1312"]);
    expect(codesOf(a, fn("b", { returns: record("Box", ["x"], "one") }))).toEqual([]);
  });

  it("are told apart from those of options and results", () => {
    const named = fn("scale", { returns: pair, returnNames: ["a", "b"] });
    expect(codesOf(named, fn("b", { returns: record("ScaleResult", ["x"]) }))).toEqual(["TX1312"]);
  });

  it("are told apart from those that structs have as arguments", () => {
    const box = record("Box", ["x"]) as Extract<Type, { kind: "record" }>;
    const [x] = box.decl.fields;
    const byDefault = { kind: "none" } as const;
    const fields = x === undefined ? [] : [{ ...x, default: byDefault }];
    const defaulted: Type = { kind: "record", decl: { ...box.decl, fields } };
    const input = fn("b", { returns: record("BoxInput", ["x"]) });
    const taking = (name: string, type: Type) => fn(name, { parameters: [parameter("p", { type })] });
    expect(codesOf(taking("a", defaulted), input)).toEqual(["TX1312"]);
    expect(codesOf(taking("a", defaulted), taking("c", defaulted))).toEqual([]);
    expect(codesOf(taking("a", box), input)).toEqual([]);
  });

  it("of fields differ by more than underscores", () => {
    expect(codesOf(fn("a", { returns: record("Box", ["new_x", "newX"]) }))).toEqual(["TX1312"]);
  });
});

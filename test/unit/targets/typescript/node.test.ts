import { describe, expect, it } from "vitest";
import type { Module, Type } from "../../../../src/model/module.js";
import { tsLiteral } from "../../../../src/targets/typescript/literals.js";
import { lowerAddon } from "../../../../src/targets/typescript/lower/addon.js";
import { lowerTypescript } from "../../../../src/targets/typescript/lower/module.js";
import {
  double,
  exported,
  int64,
  moduleOf,
  parameter,
  string,
  tensor,
  tensorList,
  tuple,
} from "../../../helpers/modules.js";

const lowerNode = (module: Module) => ({ addon: lowerAddon(module), typescript: lowerTypescript(module, "") });
const one = { kind: "double", value: 1 } as const;

describe("the lowering for Node", () => {
  it("leaves out what rcpp=FALSE keeps at the C ABI", () => {
    const { addon, typescript } = lowerNode(moduleOf([exported({ visibleToHosts: false })]));
    expect(addon.functions).toEqual([]);
    expect(typescript.functions).toEqual([]);
    expect(typescript.imports).toEqual(["loadNative"]);
  });

  it("calls a parameter in a comment's code as TypeScript does, and leaves all else of the comment", () => {
    const parameters = [parameter("new_h", tensor), parameter("step_size", double, one)];
    const doc = {
      summary: "`new_h` by `step_size`, not `old_h`, ``new_h`` or new_h.",
      params: { new_h: "see `step_size`", step_size: "of `new_h`" },
      returns: "like `new_h`",
    };
    const [f] = lowerNode(moduleOf([exported({ parameters, doc })])).typescript.functions;
    expect(f?.doc.text).toBe("`newH` by `stepSize`, not `old_h`, ``new_h`` or new_h.");
    expect(f?.doc.tags.slice(0, 3).map(({ text }) => text)).toEqual([
      "see `stepSize`",
      "of `newH`. Default 1.",
      "like `newH`",
    ]);
  });

  it("imports what it uses alone", () => {
    const imports = (words: Parameters<typeof exported>[0]) =>
      lowerNode(moduleOf([exported(words)])).typescript.imports;
    expect(imports({ returns: double })).toEqual(["loadNative"]);
    expect(imports({ returns: double, parameters: [parameter("n", int64)] })).toEqual(["argument", "loadNative"]);
    expect(imports({ returns: int64 })).toEqual(["argument", "loadNative", "result"]);
    expect(imports({ returns: tuple(string, tensor) })).toEqual(["loadNative", "result", "type Tensor"]);
  });

  it("puts what has a default into one options object, the rest before it", () => {
    const parameters = [parameter("x", tensor), parameter("step_size", double, one), parameter("in", double, one)];
    const [f] = lowerNode(moduleOf([exported({ parameters })])).typescript.functions;
    expect(f?.parameters.map(({ name, type }) => `${name}: ${type}`)).toEqual(["x: Tensor", "options: FOptions"]);
    expect(f?.options?.fields.map((field) => field.name)).toEqual(["stepSize", "in"]);
    expect(f?.body[0]).toMatchObject({ kind: "destructure" });
  });

  it("passes a tensor once more, so that it stays alive, and nothing else", () => {
    const parameters = [parameter("xs", tensorList), parameter("n", int64), parameter("alive", tuple(tensor, int64))];
    const [f] = lowerNode(moduleOf([exported({ parameters, returns: double })])).typescript.functions;
    expect(f?.method.parameters).toEqual([
      "xs: readonly number[]",
      "n: number | bigint",
      "alive: readonly [number, number | bigint]",
      "...alive_: readonly unknown[]",
    ]);
    expect(f?.body.at(-1)).toMatchObject({
      kind: "return",
      value: { callee: "native().f", arguments: [{}, {}, {}, { text: "alive_" }] },
    });
  });

  it("reads every argument before it asks whether that failed", () => {
    const parameters = [parameter("p", tuple(tensor, tuple(int64, string))), parameter("x", tensor)];
    const { codecs, functions } = lowerNode(moduleOf([exported({ parameters })])).addon;
    expect(codecs.map(({ name }) => name)).toEqual([
      "value_tuple2_int64_string",
      "value_tuple2_tensor_tuple2_int64_string",
    ]);
    expect(functions[0]?.body.map((statement) => ("name" in statement ? statement.name : statement.kind))).toEqual([
      "p",
      "x",
      "leaveIf",
      "result",
      "leaveIf",
      "return",
    ]);
  });

  it("asks for no function that makes a value which is only returned", () => {
    const codecs = (words: Parameters<typeof exported>[0]) => lowerNode(moduleOf([exported(words)])).addon.codecs;
    expect(codecs({ returns: tuple(int64) })[0]?.arguments).toContain("nullptr");
    expect(codecs({ returns: tuple(int64), parameters: [parameter("p", tuple(int64))] })[0]?.arguments).not.toContain(
      "nullptr",
    );
  });

  it.each([
    ["an integer before a tensor", tuple(int64, tensor), ["value1Owned"]],
    ["an integer deep before a list", tuple(tensor, tuple(string, int64), tensorList), ["value2Owned"]],
    ["tensors before an integer", tuple(tensor, tensorList, int64), []],
    ["nothing that throws", tuple(double, tensor), []],
  ])("gives tensors their owners before a conversion that throws: %s", (_, returns, owned) => {
    const [f] = lowerNode(moduleOf([exported({ returns })])).typescript.functions;
    expect(f?.body.flatMap((statement) => (statement.kind === "declare" ? [statement.name] : []))).toEqual(owned);
  });

  it("keeps its own names apart from those of parameters", () => {
    const parameters = ["call", "env", "info", "result", "fields", "_f"].map((name) => parameter(name, double));
    const [f] = lowerNode(moduleOf([exported({ parameters, returns: tuple(double) })])).addon.functions;
    const names = f?.body.flatMap((statement) => ("name" in statement ? [statement.name] : [])) ?? [];
    expect(names).toEqual(["call_", "env_", "info_", "result", "fields", "_f_", "result_"]);
  });

  it("takes in a record's field what a parameter takes", () => {
    const scalar: Type = { kind: "row", id: "scalar" };
    const field = { name: "by", type: scalar, spelling: "torch::Scalar", default: null, doc: "" };
    const decl = { name: "Factors", namespace: ["myext"], header: "myext/factors.h", fields: [field], doc: null };
    const returns = { kind: "record", decl } as const;
    const { records, imports } = lowerNode(moduleOf([exported({ returns })])).typescript;
    expect(records[0]?.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual(["by: Scalar"]);
    expect(imports).toContain("type Scalar");
  });

  it("documents parameters, defaults, fields and what is thrown", () => {
    const f = exported({
      parameters: [parameter("n", int64), parameter("rate", double, one)],
      returns: tuple(int64),
      returnNames: ["count_all"],
      doc: { summary: "Counts.", params: { n: "how many", rate: "how fast" }, returns: "the count" },
    });
    const [lowered] = lowerNode(moduleOf([f])).typescript.functions;
    expect(lowered?.doc.tags.map(({ tag, type, name, text }) => [tag, type ?? name, text])).toEqual([
      ["param", "n", "how many"],
      ["param", "options.rate", "how fast. Default 1."],
      ["param", "options.bigint", "Whether 64-bit integers of the result come as bigints, of any size. Default false."],
      ["returns", null, "`{ countAll }`: the count"],
      ["throws", "TypeError", "where an argument has the wrong type."],
      [
        "throws",
        "RangeError",
        "where `n` does not fit 64 bits, or a value in the result is no safe integer, so that a number would lose digits.",
      ],
      ["throws", "Error", "with the message of the C++ exception, where it throws one."],
    ]);
  });
});

describe("tsLiteral", () => {
  it("writes what a number cannot hold as a bigint", () => {
    expect(tsLiteral({ kind: "int64", text: "9007199254740991" }, int64)).toBe("9007199254740991");
    expect(tsLiteral({ kind: "int64", text: "9007199254740993" }, int64)).toBe("9007199254740993n");
    expect(tsLiteral({ kind: "int64", text: "-9223372036854775808" }, int64)).toBe("-9223372036854775808n");
  });

  it("writes strings that are read back as they were", () => {
    const text = 'a"\\\n\u0007\u2028\u202eü😀';
    const literal = tsLiteral({ kind: "string", value: text }, string);
    expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    expect(new Function(`return ${literal}`)()).toBe(text);
  });

  it("writes doubles that no literal has", () => {
    expect(tsLiteral({ kind: "double", value: Number.NEGATIVE_INFINITY }, double)).toBe("Number.NEGATIVE_INFINITY");
    expect(tsLiteral({ kind: "double", value: -0 }, double)).toBe("-0");
  });

  it("says of a whole scalar that it is floating", () => {
    const scalar: Type = { kind: "row", id: "scalar" };
    const two = { kind: "double", value: 2 } as const;
    const said = '{ value: 2, dtype: "float64" }';
    expect(tsLiteral(two, scalar)).toBe(said);
    expect(tsLiteral(two, { kind: "optional", of: scalar })).toBe(said);
    expect(tsLiteral({ kind: "list", items: [two, one] }, { kind: "list", of: scalar })).toBe(
      `[${said}, { value: 1, dtype: "float64" }]`,
    );
    expect(tsLiteral({ kind: "double", value: 0.5 }, scalar)).toBe("0.5");
    expect(tsLiteral({ kind: "int64", text: "2" }, scalar)).toBe("2");
    expect(tsLiteral(two, double)).toBe("2");
  });
});

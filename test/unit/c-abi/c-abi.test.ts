import { describe, expect, it } from "vitest";
import { lowerCAbi } from "../../../src/c-abi/lower/c-abi.js";
import type { Module } from "../../../src/model/module.js";
import { double, exported, int64, moduleOf, parameter, string, tensor, tuple } from "../../helpers/modules.js";

const pair = tuple(tensor, tensor);
const lower = (module: Module) => lowerCAbi(module, "0123456789abcdef", { lanternBodies: false, scalarParts: false });

describe("lowerCAbi", () => {
  it("takes handles for what is not passed by value", () => {
    const f = exported({ name: "f", parameters: [parameter("x", tensor), parameter("n", int64)], returns: double });
    const [lowered] = lower(moduleOf([f])).functions;
    expect(lowered?.signature).toEqual({
      returns: "double",
      name: "_f",
      parameters: [
        { type: "void*", name: "x" },
        { type: "int64_t", name: "n" },
      ],
    });
    expect(lowered?.failure).toBe("0");
  });

  it("names its local otherwise where a parameter has that name", () => {
    const f = exported({ parameters: [parameter("result", tensor), parameter("result_", tensor)] });
    const [lowered] = lower(moduleOf([f])).functions;
    expect(lowered?.body[0]).toMatchObject({ kind: "declare", name: "result__" });
  });

  it("makes one family per tuple type, the inner ones too, and a maker only for parameters", () => {
    const f = exported({ name: "f", parameters: [parameter("p", tuple(pair, string))], returns: pair });
    const g = exported({ name: "g", returns: tuple(string, int64) });
    const { families } = lower(moduleOf([f, g]));
    expect(
      families.map((t) => [t.alias, t.functions.map((each) => each.signature.name.slice(t.alias.length))]),
    ).toEqual([
      ["myext_tuple_tuple2_tensor_tensor_string", ["_get_0", "_get_1", "_new", "_delete"]],
      ["myext_tuple_tensor_tensor", ["_get_0", "_get_1", "_new", "_delete"]],
      ["myext_tuple_string_int64", ["_get_0", "_get_1", "_delete"]],
    ]);
  });

  it("exports every symbol that the header declares", () => {
    const cAbi = lower(moduleOf([exported({ returns: pair })]));
    expect(cAbi.symbols).toEqual([
      "_f",
      "myext_tuple_tensor_tensor_get_0",
      "myext_tuple_tensor_tensor_get_1",
      "myext_tuple_tensor_tensor_delete",
      "myext_last_error",
      "myext_last_error_clear",
      "myext_operators_error",
    ]);
  });

  it("has the parts of a scalar where a target needs them", () => {
    const module = moduleOf([exported({ returns: { kind: "row", id: "scalar" } })]);
    const families = (scalarParts: boolean) =>
      lowerCAbi(module, "", { lanternBodies: false, scalarParts }).families.map(({ alias }) => alias);
    expect(families(true)).toEqual(["myext_scalar"]);
    expect(families(false)).toEqual([]);
  });

  it("declares neighbours of one namespace together, in order", () => {
    const functions = [["a"], ["a"], [], ["a", "b"], ["a"]].map((namespace, i) =>
      exported({ name: `f${i}`, namespace }),
    );
    const blocks = lower(moduleOf(functions)).declarations;
    expect(blocks.map((block) => [block.namespace.join("::"), block.functions.map((f) => f.name)])).toEqual([
      ["a", ["f0", "f1"]],
      ["", ["f2"]],
      ["a::b", ["f3"]],
      ["a", ["f4"]],
    ]);
  });

  it("is plain data", () => {
    const cAbi = lower(moduleOf([exported({ parameters: [parameter("p", pair)], returns: pair })]));
    expect(JSON.parse(JSON.stringify(cAbi))).toEqual(cAbi);
  });
});

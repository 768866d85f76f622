import { describe, expect, it } from "vitest";
import type { Type } from "../../../src/model/module.js";
import { schemaType } from "../../../src/targets/dispatcher/types.js";
import {
  tsNativeParameterType,
  tsNativeResultType,
  tsParameterType,
  tsResultType,
} from "../../../src/targets/typescript/lower/type-names.js";
import { cppType, cType, cZero, formOf, formsIn, holdsTensors, typeTitle } from "../../../src/types/derive.js";
import { registry } from "../../../src/types/registry.js";
import { derivationProblem } from "../../../src/types/rules.js";
import { templates } from "../../../src/types/templates.js";
import { bool, double, int64, optionalTensor, string, tensor, tensorList, tuple } from "../../helpers/modules.js";

describe("the registry", () => {
  it("files every row under its own id", () => {
    for (const [id, row] of Object.entries(registry)) expect(row.id).toBe(id);
  });

  it("gives no spelling to two types", () => {
    const spellings = Object.values(registry).flatMap((row) => [row.cpp, ...row.aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
    for (const spelling of spellings) expect(templates).not.toHaveProperty(spelling);
  });

  it("passes by value only what returns a value after an exception", () => {
    for (const { abi } of Object.values(registry)) {
      if (abi.by === "value") expect(abi.zero).not.toBe("");
      else if (abi.by === "raw") expect(abi.raw).not.toBe("");
    }
  });
});

describe("what a container may hold", () => {
  const optionalInt: Type = { kind: "optional", of: int64 };
  const view: Type = { kind: "list", of: int64, container: "arrayRef" };
  it.each<[string, Type, string | null]>([
    ["an optional integer", optionalInt, null],
    ["a list of lists", { kind: "list", of: tensorList }, null],
    ["an optional of an optional", { kind: "optional", of: optionalInt }, "container"],
    ["a vector of nothing", { kind: "list", of: { kind: "row", id: "void" } }, "container"],
    ["an optional view", { kind: "optional", of: view }, null],
    ["a vector of views", { kind: "list", of: view }, "container"],
    ["a map of anything", { kind: "dict", key: string, value: optionalInt, container: "map" }, null],
    ["a map by doubles", { kind: "dict", key: double, value: tensor, container: "map" }, "key"],
    ["libtorch's dictionary of tensors", { kind: "dict", key: string, value: tensor }, null],
    ["libtorch's dictionary of floats", { kind: "dict", key: string, value: { kind: "row", id: "float" } }, "libtorch"],
    [
      "libtorch's list of pairs",
      { kind: "list", of: { kind: "tuple", of: [tensor, bool], pair: true }, container: "list" },
      "libtorch",
    ],
  ])("%s", (_, type, code) => {
    expect(derivationProblem(type)?.code ?? null).toBe(code);
  });
});

describe("a derived type", () => {
  const nested = tuple(tuple(tensor, optionalTensor), int64, string);

  it("has its tuple at every layer", () => {
    expect(cppType(nested)).toBe(
      "std::tuple<std::tuple<torch::Tensor, torch::optional<torch::Tensor>>, int64_t, std::string>",
    );
    expect(cType(nested)).toBe("void*");
    expect(cZero(nested)).toBe("nullptr");
    expect(schemaType(nested)).toBe("((Tensor, Tensor?), int, str)");
    expect(tsParameterType(nested)).toBe("readonly [readonly [Tensor, Tensor | null], number | bigint, string]");
    expect(tsResultType(nested)).toBe("[[Tensor, Tensor | null], number, string]");
    expect(tsNativeParameterType(nested)).toBe("readonly [readonly [number, number | null], number | bigint, string]");
    expect(tsNativeResultType(nested)).toBe("[[number, number | null], number | bigint, string]");
    expect(typeTitle(nested)).toBe("tuple of (tuple of (tensor, optional tensor), 64-bit integer, string)");
  });

  it("holds tensors where one is somewhere inside", () => {
    expect(holdsTensors(nested)).toBe(true);
    expect(holdsTensors(tuple(int64, tuple(string, bool)))).toBe(false);
    expect(formsIn(nested)).toHaveLength(4);
  });

  it("crosses the C ABI by value only where its row does", () => {
    expect([cType(int64), cZero(int64)]).toEqual(["int64_t", "0"]);
    expect([cType(bool), cZero(bool)]).toEqual(["bool", "false"]);
    expect([cType(string), cZero(string)]).toEqual(["void*", "nullptr"]);
  });

  it("refuses what resolve never lets through", () => {
    expect(() => formOf({ kind: "optional", of: int64 })).toThrow("torch::optional<int64_t>");
  });
});

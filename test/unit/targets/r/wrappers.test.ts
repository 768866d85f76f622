import { describe, expect, it } from "vitest";
import type { DefaultValue, Type } from "../../../../src/model/module.js";
import { lowerWrappers } from "../../../../src/targets/r/lower/wrappers.js";
import { r } from "../../../../src/targets/r/target.js";
import { bool, double, exported, int64, moduleOf, parameter, string, tensorList } from "../../../helpers/modules.js";

const list = (of: Type): Type => ({ kind: "list", of });
const items = (...of: readonly DefaultValue[]): DefaultValue => ({ kind: "list", items: of });
const whole = (text: string): DefaultValue => ({ kind: "int64", text });
const none: DefaultValue = { kind: "emptyList" };

function defaultOf(type: Type, value: DefaultValue, ...others: readonly string[]): string | null | undefined {
  const functions = [
    exported({ parameters: [parameter("x", type, value)] }),
    ...others.map((name) => exported({ name })),
  ];
  return lowerWrappers(moduleOf(functions)).functions[0]?.parameters[0]?.default;
}

describe("a default in R", () => {
  it("is a vector where R has one", () => {
    expect(defaultOf(list(double), items({ kind: "double", value: 0.5 }, { kind: "double", value: 1 }))).toBe(
      "c(0.5, 1)",
    );
    expect(defaultOf(list(string), items({ kind: "string", value: "a" }))).toBe('c("a")');
    expect(defaultOf(list(int64), items(whole("1"), whole("2")))).toBe("c(1, 2)");
    expect(defaultOf({ kind: "optional", of: list(bool) }, items({ kind: "bool", value: true }))).toBe("c(TRUE)");
    expect([double, string, bool].map((of) => defaultOf(list(of), none))).toEqual([
      "numeric()",
      "character()",
      "logical()",
    ]);
  });

  it("is a list where elements are no vector's", () => {
    expect(defaultOf(list(int64), items(whole("9007199254740993"), whole("1")))).toBe(
      'list(tx$integer64("9007199254740993"), 1)',
    );
    expect(defaultOf(list(list(double)), items(items({ kind: "double", value: 1 })))).toBe("list(c(1))");
    expect(defaultOf(tensorList, none)).toBe("list()");
  });

  it("is made by base R, whatever the package exports", () => {
    expect(defaultOf(list(int64), items(whole("1")), "c")).toBe("base::c(1)");
    expect(defaultOf(tensorList, none, "list")).toBe("base::list()");
  });
});

it("says what the elements of a result are called", () => {
  const returns = exported({ returns: tensorList, returnNames: ["low", "high"] });
  expect(lowerWrappers(moduleOf([returns])).functions[0]?.doc.returns).toBe("A list of tensors, named low, high.");
});

describe("the C ABI that R needs", () => {
  const scalar: Type = { kind: "row", id: "scalar" };
  const needs = (words: Parameters<typeof exported>[0]) => r.cAbiNeeds?.(moduleOf([exported(words)])).scalarParts;

  it("has the parts of scalars that come out, which R's torch cannot read", () => {
    expect(needs({ returns: scalar })).toBe(true);
    expect(needs({ returns: { kind: "optional", of: scalar } })).toBe(true);
    expect(needs({ parameters: [parameter("x", scalar)] })).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import type { RegistrationDecl } from "../../../../src/model/declaration.js";
import type { DefaultValue, Type } from "../../../../src/model/module.js";
import { lowerOperators } from "../../../../src/targets/dispatcher/lower.js";
import { schemaOf } from "../../../../src/targets/dispatcher/schema.js";
import {
  bool,
  double,
  exported,
  int64,
  moduleOf,
  optionalTensor,
  parameter,
  string,
  tensor,
  tensorList,
  tuple,
} from "../../../helpers/modules.js";

describe("schemaOf", () => {
  it.each<[DefaultValue, Type, string]>([
    [{ kind: "none" }, optionalTensor, "(Tensor? p=None)"],
    [{ kind: "bool", value: true }, bool, "(bool p=True)"],
    [{ kind: "int64", text: "-9223372036854775808" }, int64, "(int p=-9223372036854775808)"],
    [{ kind: "double", value: 1 }, double, "(float p=1.0)"],
    [{ kind: "double", value: -0 }, double, "(float p=-0.0)"],
    [{ kind: "double", value: 1e-7 }, double, "(float p=1e-7)"],
    [{ kind: "double", value: 1e21 }, double, "(float p=1e+21)"],
    [{ kind: "double", value: Number.POSITIVE_INFINITY }, double, "(float p)"],
    [{ kind: "double", value: Number.NaN }, double, "(float p)"],
    [{ kind: "string", value: 'ü"\\\n\r' }, string, '(str p="ü\\"\\\\\\n\\015")'],
    [{ kind: "emptyList" }, tensorList, "(Tensor[] p)"],
  ])("writes the default %o", (value, type, expected) => {
    expect(schemaOf(exported({ parameters: [parameter("p", type, value)] }))).toBe(`f${expected} -> Tensor`);
  });

  it("leaves out all defaults before one that it cannot write", () => {
    const one: DefaultValue = { kind: "int64", text: "1" };
    const parameters = [
      parameter("a", int64, one),
      parameter("b", tensorList, { kind: "emptyList" }),
      parameter("c", int64, one),
    ];
    expect(schemaOf(exported({ parameters }))).toBe("f(int a, Tensor[] b, int c=1) -> Tensor");
  });

  it("returns the elements of a tuple, named where they have names", () => {
    const returns = tuple(tuple(tensor, string), double);
    expect(schemaOf(exported({ returns }))).toBe("f() -> ((Tensor, str), float)");
    expect(schemaOf(exported({ returns, returnNames: ["in", "rate"] }))).toBe("f() -> ((Tensor, str) in_, float rate)");
  });

  it("renames what the schema language reserves", () => {
    expect(schemaOf(exported({ name: "is", parameters: [parameter("in", tensor)] }))).toBe("is_(Tensor in_) -> Tensor");
  });
});

describe("lowerOperators", () => {
  const functions = ["defined", "implemented", "ours"].map((name) => exported({ name }));
  const registrations: readonly RegistrationDecl[] = [
    { kind: "def", namespace: "myext", operator: "defined" },
    { kind: "impl", namespace: "myext", operator: "implemented" },
    { kind: "def", namespace: "other", operator: "ours" },
  ];

  it("leaves schemas and kernels to the person where they have them", () => {
    const lowered = lowerOperators(moduleOf(functions, registrations));
    expect(lowered.operators.map(({ name, kernel }) => [name, kernel?.name ?? null])).toEqual([
      ["implemented", null],
      ["ours", "boxed_ours"],
    ]);
    expect(lowered.definedByPerson).toEqual(["defined"]);
    expect(lowered.declarations.flatMap((block) => block.functions.map((f) => f.name))).toEqual(["ours"]);
  });
});

import { describe, expect, it } from "vitest";
import { familyOf, fixedSymbols, functionSymbol, macroPrefix, typeKey } from "../../../src/c-abi/names.js";
import type { Type } from "../../../src/model/module.js";
import { clashes } from "../../../src/naming/clash.js";
import { isPortableIdentifier } from "../../../src/naming/identifier.js";
import { nativeName, nativeNameProblem } from "../../../src/naming/package.js";
import { isWindowsDevice, mendReserved } from "../../../src/naming/reserved.js";
import { camelCase, freshName, pascalCase, wordsOf } from "../../../src/naming/words.js";
import {
  functionName,
  optionName,
  optionsInterface,
  parameterName,
  resultField,
  resultInterface,
} from "../../../src/targets/typescript/names.js";

describe("words", () => {
  it.each([
    ["leaky_step", "leakyStep", "LeakyStep"],
    ["LeakyStep", "leakyStep", "LeakyStep"],
    ["leakyStep", "leakyStep", "LeakyStep"],
    ["RNNCell", "rnnCell", "RnnCell"],
    ["conv2d_3x3", "conv2d3x3", "Conv2d3x3"],
    ["relu", "relu", "Relu"],
    ["relu_", "relu_", "Relu_"],
    ["_private", "private", "Private"],
    ["__a__b__", "aB__", "AB__"],
    ["_3d", "_3d", "_3d"],
    ["_", "_", "_"],
    ["X", "x", "X"],
    ["ABC", "abc", "Abc"],
  ])("%s → %s, %s", (name, camel, pascal) => {
    expect([camelCase(name), pascalCase(name)]).toEqual([camel, pascal]);
  });

  it("are split where the case changes, and at underscores", () => {
    expect(wordsOf("lstmCell_forwardHTTPRequest2")).toEqual(["lstm", "cell", "forward", "http", "request2"]);
  });

  it("give a name that is not taken", () => {
    expect(freshName("x", new Set(["x", "x_"]))).toBe("x__");
    expect(freshName("x", new Set())).toBe("x");
  });
});

describe("TypeScript", () => {
  it("has names for functions, options and results", () => {
    const named = { name: "leaky_step", hostName: null };
    expect([functionName(named), optionsInterface(named), resultInterface(named)]).toEqual([
      "leakyStep",
      "LeakyStepOptions",
      "LeakyStepResult",
    ]);
    expect(functionName({ name: "leaky_step", hostName: "step" })).toBe("step");
    expect([parameterName("hidden_size"), optionName("hidden_size"), resultField("new_h")]).toEqual([
      "hiddenSize",
      "hiddenSize",
      "newH",
    ]);
  });

  it("mends reserved words and the names that generated code uses, but for properties", () => {
    expect(functionName({ name: "delete", hostName: null })).toBe("delete_");
    expect(functionName({ name: "load_native", hostName: null })).toBe("loadNative_");
    expect([parameterName("function"), parameterName("options"), parameterName("native")]).toEqual([
      "function_",
      "options_",
      "native_",
    ]);
    expect([optionName("default"), resultField("function")]).toEqual(["default", "function"]);
  });
});

describe("the C ABI", () => {
  const tensor: Type = { kind: "row", id: "tensor" };
  const double: Type = { kind: "row", id: "double" };

  it("has one symbol for each function, and fixed ones", () => {
    expect(functionSymbol("leaky_step")).toBe("_leaky_step");
    expect(macroPrefix("myext")).toBe("MYEXT");
    expect(fixedSymbols("myext")).toEqual(
      expect.arrayContaining([
        "myext_last_error",
        "myext_last_error_clear",
        "p_myext_last_error",
        "myext_operators_error",
      ]),
    );
  });

  it("has one family for each tuple type", () => {
    const inner: Type = { kind: "tuple", of: [double, { kind: "list", of: tensor }] };
    expect(familyOf("myext", { kind: "tuple", of: [tensor, { kind: "optional", of: tensor }, inner] })).toEqual({
      kind: "product",
      name: "myext_tuple_tensor_optional_tensor_tuple2_double_list_tensor",
      get: [0, 1, 2].map((i) => `myext_tuple_tensor_optional_tensor_tuple2_double_list_tensor_get_${i}`),
      new: "myext_tuple_tensor_optional_tensor_tuple2_double_list_tensor_new",
      delete: "myext_tuple_tensor_optional_tensor_tuple2_double_list_tensor_delete",
    });
  });

  it("never gives two types one key", () => {
    const grow = (types: readonly Type[]): readonly Type[] => [
      ...types,
      ...types.flatMap((of): Type[] => [
        { kind: "optional", of },
        { kind: "list", of },
        { kind: "tuple", of: [of] },
        ...types.map((other): Type => ({ kind: "tuple", of: [of, other] })),
      ]),
    ];
    const types = [...new Map(grow(grow([tensor, double])).map((type) => [JSON.stringify(type), type])).values()];
    expect(types.length).toBeGreaterThan(150);
    expect(new Set(types.map((type) => typeKey("p", type))).size).toBe(types.length);
    const families = types.map((type) => familyOf("p", { kind: "tuple", of: [type, tensor] }).name);
    expect(new Set(families).size).toBe(types.length);
  });
});

describe("the package", () => {
  it.each([
    ["my-ext", "myext"],
    ["@scope/my-ext.2", "myext2"],
    ["ext", "ext"],
    ["@a/b_c", "bc"],
    ["---", ""],
  ])("%s is %s elsewhere", (npm, native) => expect(nativeName(npm)).toBe(native));

  it.each(["", "3d", "class", "function", "con", "torch", "tx", "c10", "while", "naïve", "my_ext"])(
    "refuses the native name %j, and suggests one that it takes",
    (name) => {
      const problem = nativeNameProblem(name);
      expect(problem?.problem).toMatch(/^(?:is|holds|starts)/);
      if (/^[a-z0-9]*$/.test(name)) expect(nativeNameProblem(problem?.suggestion ?? "")).toBeNull();
    },
  );

  it.each(["myext", "lltm", "torchsparse", "x2"])("takes the native name %s", (name) => {
    expect(nativeNameProblem(name)).toBeNull();
  });
});

describe("reserved words", () => {
  it("are told by language, devices by any case and extension", () => {
    expect([mendReserved("function", "typescript"), mendReserved("function", "cpp")]).toEqual([
      "function_",
      "function",
    ]);
    expect([mendReserved("repeat", "r"), mendReserved("toString", "typescript")]).toEqual(["repeat_", "toString"]);
    expect(["con", "NUL.txt", "Com1", "console", "com10"].map(isWindowsDevice)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("do not hold names that any language may write", () => {
    expect(["f", "_x", "aB_9"].map(isPortableIdentifier)).toEqual([true, true, true]);
    const refused = ["", "9a", "a-b", "é", "a$", "a b", "a\n", "a.b", "x".repeat(201)];
    expect(refused.filter(isPortableIdentifier)).toEqual([]);
  });
});

describe("clashes", () => {
  it("are groups of two and more, in order", () => {
    const items = [1, 2, 3, 4, 5, 6];
    const named = clashes(items, (n) => (n === 6 ? null : n % 2 === 0 ? "even" : n === 5 ? "five" : "odd"));
    expect(named).toEqual([
      { name: "odd", items: [1, 3] },
      { name: "even", items: [2, 4] },
    ]);
    expect(clashes(["constructor", "__proto__"], (name) => name)).toEqual([]);
  });
});

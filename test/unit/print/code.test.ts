import { describe, expect, it } from "vitest";
import { cpp, printExpression, printStatement, type Syntax, typescript } from "../../../src/print/code.js";
import { call, type Expression, type Statement, string, verbatim } from "../../../src/print/expression.js";
import { createPrinter, WIDTH, wrapProse } from "../../../src/print/printer.js";

const long = "a".repeat(50);

function print(syntax: Syntax, statement: Statement): string {
  const printer = createPrinter();
  printer.indented(() => printStatement(printer, syntax, statement));
  return printer.text();
}

describe("printStatement", () => {
  it("keeps on one line what fits", () => {
    expect(print(cpp, { kind: "return", value: call("f", verbatim("x"), string('"')) })).toBe(
      '  return f(x, "\\"");\n',
    );
    expect(print(cpp, { kind: "leaveIf", condition: call("g"), value: verbatim("nullptr") })).toBe(
      "  if (g()) return nullptr;\n",
    );
  });

  it("breaks the outermost list first, with the language's last comma", () => {
    const value = call("f", verbatim(long), call("g", verbatim(long)), verbatim(long));
    expect(print(cpp, { kind: "run", value })).toBe(`  f(\n    ${long},\n    g(${long}),\n    ${long}\n  );\n`);
    expect(print(typescript, { kind: "run", value })).toBe(`  f(\n    ${long},\n    g(${long}),\n    ${long},\n  );\n`);
  });

  it("lets the brackets of an only literal hug those of the call", () => {
    const fields = ["a", "b", "c"].map((name) => ({ name, value: verbatim(long) }));
    const value = call("load", { kind: "object", fields } satisfies Expression);
    expect(print(typescript, { kind: "run", value })).toBe(
      `  load({\n    a: ${long},\n    b: ${long},\n    c: ${long},\n  });\n`,
    );
  });

  it("breaks a pattern only where the value's beginning does not fit behind it", () => {
    const names = (count: number): Expression => ({
      kind: "array",
      items: Array.from({ length: count }, (_, i) => verbatim(`element${i}`)),
    });
    const short = print(typescript, { kind: "destructure", pattern: names(3), value: call("f", names(9), names(3)) });
    expect(short.split("\n")[0]).toBe("  const [element0, element1, element2] = f(");
    const broken = print(typescript, { kind: "destructure", pattern: names(12), value: call("f", names(3)) });
    expect(broken.split("\n").slice(0, 2)).toEqual(["  const [", "    element0,"]);
    expect(broken).toContain("  ] = f([element0, element1, element2]);");
  });

  it("never passes the width where a list can be broken", () => {
    const deep = call(
      "f",
      call("g", call("h", ...Array.from({ length: 12 }, () => verbatim("argument"))), verbatim(long)),
    );
    const printer = createPrinter();
    printExpression(printer, cpp, "auto result = ", deep, ";");
    for (const line of printer.text().split("\n")) expect(line.length).toBeLessThanOrEqual(WIDTH);
  });
});

describe("wrapProse", () => {
  it("keeps line breaks and words", () => {
    expect(wrapProse("one two three\nfour", 7)).toEqual(["one two", "three", "four"]);
    expect(wrapProse(`a ${long} b`, 10)).toEqual(["a", long, "b"]);
  });
});

describe("createPrinter", () => {
  it("prints one empty line at most, and none at either end", () => {
    const printer = createPrinter();
    printer.blank();
    printer.line("a");
    printer.blank();
    printer.blank();
    printer.line("b");
    printer.blank();
    expect(printer.text()).toBe("a\n\nb\n");
  });
});

import { describe, expect, it } from "vitest";
import { createPrinter, WIDTH } from "../../../../src/print/printer.js";
import type { JsDocTag } from "../../../../src/targets/typescript/lower/jsdoc.js";
import { printJsDoc } from "../../../../src/targets/typescript/print/jsdoc.js";

function print(text: string, tags: readonly JsDocTag[] = []): string {
  const printer = createPrinter();
  printJsDoc(printer, { text, tags });
  return printer.text();
}

const param = (text: string): JsDocTag => ({ tag: "param", type: null, name: "x", text });

describe("printJsDoc", () => {
  it("takes one line where it can", () => {
    expect(print("Sum.")).toBe("/** Sum. */\n");
  });

  it("sets tags apart, and indents their further lines", () => {
    expect(print("Sum.", [param("first\nsecond"), { tag: "throws", type: "Error", name: null, text: "never" }])).toBe(
      "/**\n * Sum.\n *\n * @param x - first\n *   second\n * @throws {Error} never\n */\n",
    );
  });

  it("breaks long lines", () => {
    const lines = print("word ".repeat(80), [param("word ".repeat(80))]).split("\n");
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(WIDTH);
  });

  it("stays one comment whatever a person wrote", () => {
    const hostile = "*/ export const evil = 1; /*\n@returns {string}\n\u2028*/";
    const printed = print(hostile, [param(hostile)]);
    expect(printed.indexOf("*/")).toBe(printed.length - "*/\n".length);
    expect(printed.match(/^ \* @\w+/gmu)).toEqual([" * @param"]);
  });
});

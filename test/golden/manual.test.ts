import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Parser } from "web-tree-sitter";
import { codes } from "../../src/diagnostics/codes.js";
import { renderManual } from "../../src/diagnostics/manual/render-manual.js";
import { loadParser } from "../../src/generate/parser.js";
import { renderTypes } from "../../src/generate/types-page.js";
import { targets } from "../../src/targets/list.js";
import { runFrontEnd } from "../helpers/front-end.js";
import { codeBlocks } from "../helpers/markdown.js";

const page = new URL("../../docs/manual/diagnostics.md", import.meta.url);
if (process.env.BLESS === "1") writeFileSync(page, renderManual(codes));
const text = readFileSync(page, "utf8");

/** What an example of the page stands for. */
const unescaped = (example: string): string =>
  example.replace(/\\u([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

describe("docs/manual/types.md", () => {
  const types = new URL("../../docs/manual/types.md", import.meta.url);
  if (process.env.BLESS === "1") writeFileSync(types, renderTypes(targets));

  it("is what the registry says", () => {
    expect(readFileSync(types, "utf8")).toBe(renderTypes(targets));
  });
});

describe("docs/manual/diagnostics.md", () => {
  let parser: Parser;
  beforeAll(async () => {
    parser = await loadParser();
  });

  it("is plain text", () => {
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("is what the table of codes says", () => {
    expect(text).toBe(renderManual(codes));
  });

  it.each(codeBlocks("diagnostics.md", text).map((block) => [block.line, block] as const))("line %i", (_, block) => {
    const found = runFrontEnd(parser, unescaped(block.text)).diagnostics.map((diagnostic) => diagnostic.code);
    const expected = block.attributes.gives === "nothing" ? [] : [block.attributes.gives];
    expect([...new Set(found)]).toEqual(expected);
  });
});

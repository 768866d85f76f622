// Golden pairs: input.cpp, and what is printed about it. BLESS=1 rewrites what is expected.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/render.js";
import { loadParser } from "../../src/toolchain/grammar.js";
import { runFrontEnd } from "../helpers/front-end.js";

const root = new URL("diagnostics/", import.meta.url);
const cases = readdirSync(root).sort();
const parser = await loadParser();
const path = "csrc/src/input.cpp";

describe("diagnostics", () => {
  it.each(cases)("%s", (name) => {
    const text = readFileSync(new URL(`${name}/input.cpp`, root), "utf8");
    const { diagnostics } = runFrontEnd(parser, [{ path, text }]);
    const sources = new Map([[path, text]]);
    const printed = diagnostics.map((one) => `${renderDiagnostic(one, sources, { color: false })}\n`).join("\n");
    const expected = new URL(`${name}/expected.txt`, root);
    if (process.env.BLESS === "1") writeFileSync(expected, printed);
    expect(printed).toBe(readFileSync(expected, "utf8"));
  });
});

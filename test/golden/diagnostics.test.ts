// Golden pairs: input.cpp, or a code's own example, and what is printed about it. BLESS=1 rewrites what is expected.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Code, codes } from "../../src/diagnostics/codes.js";
import { renderDiagnostic } from "../../src/diagnostics/render.js";
import { loadParser } from "../../src/generate/parser.js";
import type { SourceFile } from "../../src/model/file.js";
import { filesIn, runFrontEnd } from "../helpers/front-end.js";

const root = new URL("diagnostics/", import.meta.url);
const cases = readdirSync(root).sort();
const byCode = new URL("diagnostics-by-code/", import.meta.url);
const parser = await loadParser();
const path = "csrc/src/input.cpp";

function printed(input: string | readonly SourceFile[]): string {
  const { diagnostics } = runFrontEnd(parser, input);
  const sources = new Map((typeof input === "string" ? filesIn(input) : input).map(({ path, text }) => [path, text]));
  return diagnostics.map((one) => `${renderDiagnostic(one, sources, { color: false })}\n`).join("\n");
}

function compare(text: string, expected: URL): void {
  if (process.env.BLESS === "1") writeFileSync(expected, text);
  expect(text).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "nothing yet: BLESS=1 writes it");
}

describe("diagnostics", () => {
  it.each(cases)("%s", (name) => {
    const text = readFileSync(new URL(`${name}/input.cpp`, root), "utf8");
    const isSplit = /^\/\/ csrc\/\S+$/mu.test(text);
    compare(printed(isSplit ? text : [{ path, text }]), new URL(`${name}/expected.txt`, root));
  });
});

describe("the text of each code", () => {
  if (process.env.BLESS === "1") {
    rmSync(byCode, { recursive: true, force: true });
    mkdirSync(byCode, { recursive: true });
  }

  it.each(Object.keys(codes) as Code[])("%s", (code) => {
    compare(printed(codes[code].example), new URL(`${code}.txt`, byCode));
  });

  it("is kept of no code that is gone", () => {
    expect(readdirSync(byCode).sort()).toEqual(
      Object.keys(codes)
        .map((code) => `${code}.txt`)
        .sort(),
    );
  });
});

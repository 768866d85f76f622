// The whole pipeline, for every kind of package, held to what it promises of any input: files or findings.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { renderDiagnostic, toJson } from "../../../src/diagnostics/render.js";
import type { PipelineResult } from "../../../src/generate/pipeline.js";
import type { SourceFile } from "../../../src/model/file.js";
import { generateFiles } from "../../helpers/pipeline.js";

export const everything = readFileSync(new URL("../../corpus/everything.h", import.meta.url));
export const header = "csrc/include/myext/a.h";

export type Kind = "both" | "switched";

/** Runs it, and checks that it ended in files or in findings that can be shown. */
export function run(sources: readonly SourceFile[], kind: Kind = "both"): PipelineResult {
  const result = generateFiles({
    sources,
    ...(kind === "both" ? { hosts: ["ts", "r"] } : { hosts: ["r"], mode: "switched" }),
  });
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  for (const diagnostic of result.diagnostics.slice(0, 50)) {
    const { file, start, end } = diagnostic.span;
    // That nothing is exported stands in no file.
    const length = texts.get(file)?.length ?? 0;
    expect(start.offset).toBeGreaterThanOrEqual(0);
    expect(end.offset).toBeGreaterThanOrEqual(start.offset);
    expect(end.offset).toBeLessThanOrEqual(length);
    const shown = renderDiagnostic(diagnostic, texts, { color: false });
    expect(shown.length).toBeLessThan(20_000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a finding must not drive the terminal.
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
    JSON.stringify(toJson(diagnostic));
  }
  const isRefused = result.diagnostics.some(({ severity }) => severity === "error");
  expect(result.files.length === 0).toBe(isRefused);
  return result;
}

export function runHeader(text: string, kind?: Kind): PipelineResult {
  return run([{ path: header, text }], kind);
}

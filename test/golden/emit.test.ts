// Golden pairs: annotated C++ in, emitted files out. `BLESS=1 npx vitest run test/golden/emit.test.ts` accepts what is
// emitted now. The first line of an input names the files that show its feature; only those are kept and compared.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitFolder, featureSources, features } from "../helpers/golden.js";
import { generateFiles } from "../helpers/pipeline.js";

function emit(feature: string) {
  const sources = featureSources(feature);
  const shown = /^\/\/ golden: (.+)$/mu.exec(sources[0]?.text ?? "")?.[1]?.split(" ") ?? [];
  const result = generateFiles({ sources });
  return { ...result, shown, files: result.files.filter((file) => shown.includes(basename(file.path))) };
}

describe.each(features)("%s", (feature) => {
  const expected = join(emitFolder, feature, "expected");
  const { diagnostics, files, shown } = emit(feature);

  it("has no findings, and shows the files that it names", () => {
    expect(diagnostics).toEqual([]);
    expect(files.map((file) => basename(file.path)).sort()).toEqual([...shown].sort());
  });

  if (process.env.BLESS === "1") {
    rmSync(expected, { recursive: true, force: true });
    for (const file of files) {
      const path = join(expected, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.text);
    }
  }

  it("keeps no other file", () => {
    const kept = readdirSync(expected, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept.map((entry) => entry.name).sort()).toEqual([...shown].sort());
  });

  it.each(files.map((file) => [file.path, file.text] as const))("emits %s", (path, text) => {
    expect(text).toBe(readFileSync(join(expected, path), "utf8"));
  });
});

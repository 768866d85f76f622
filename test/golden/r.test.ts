// Golden pairs for R: annotated C++ in, what stands in the R package out. A second line `// mode: switched` makes the package one
// that torchexport generated. `BLESS=1 npx vitest run test/golden/r.test.ts` accepts what is emitted now.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generateFiles } from "../helpers/pipeline.js";

const folder = fileURLToPath(new URL("r", import.meta.url));
/** What a package that torchexport generated has beside the sources. */
const switchedFiles = {
  "csrc/include/myext/common.h": "",
  "csrc/include/myext/myext_types.h": "",
  "src/myext_types.h": "",
};

function emit(feature: string) {
  const text = readFileSync(join(folder, feature, "input.cpp"), "utf8");
  const shown = /^\/\/ golden: (.+)$/mu.exec(text)?.[1]?.split(" ") ?? [];
  const mode = /^\/\/ mode: switched$/mu.test(text) ? "switched" : "ours";
  const { files, diagnostics } = generateFiles({
    sources: [{ path: `csrc/src/${feature}.cpp`, text }],
    packageName: "myext",
    hosts: ["r"],
    mode,
    inPackage: mode === "ours" ? {} : switchedFiles,
  });
  // The C ABI of our own packages is shown by the pairs of test/golden/emit.
  const own = files.filter(({ path }) => mode === "switched" || !path.startsWith("csrc/"));
  return { diagnostics, files: own.filter(({ path }) => shown.includes(basename(path))) };
}

describe.each(readdirSync(folder))("%s", (feature) => {
  const expected = join(folder, feature, "expected");
  const { diagnostics, files } = emit(feature);

  if (process.env.BLESS === "1") {
    rmSync(expected, { recursive: true, force: true });
    for (const file of files) {
      mkdirSync(dirname(join(expected, file.path)), { recursive: true });
      writeFileSync(join(expected, file.path), file.text);
    }
  }

  it("has no findings, and keeps no other file", () => {
    expect(diagnostics).toEqual([]);
    const kept = readdirSync(expected, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept.map((entry) => entry.name).sort()).toEqual(files.map((file) => basename(file.path)).sort());
  });

  it.each(files.map((file) => [file.path, file.text] as const))("emits %s", (path, text) => {
    expect(text).toBe(readFileSync(join(expected, path), "utf8"));
  });
});

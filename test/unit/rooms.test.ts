import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import tmp from "tmp";
import { afterAll, describe, expect, it } from "vitest";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());

const configuration = JSON.parse(readFileSync(new URL("../../biome.json", import.meta.url), "utf8"));
writeFileSync(
  join(tree.name, "biome.json"),
  JSON.stringify({ ...configuration, $schema: undefined, vcs: { enabled: false } }),
);

/** What the linter, with this repository's rules, says of `text`, were it the file at `path`. */
function lint(path: string, text: string): string {
  const file = join(tree.name, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const run = spawnSync(process.execPath, [biome, "lint", path], { cwd: tree.name, encoding: "utf8" });
  return run.stdout + run.stderr;
}

describe("the import rules between rooms", () => {
  const forbidden: readonly (readonly [file: string, imported: string, why: string])[] = [
    ["src/ir/a.ts", "../names/package.js", "ir imports nothing"],
    ["src/io.ts", "inquirer", "it imports nothing"],
    ["src/types/a.ts", "../parse/parse.js", "import ir alone"],
    ["src/parse/a.ts", "../resolve/resolve.js", "never another stage"],
    ["src/check/a.ts", "../lower/node.js", "never another stage"],
    ["src/lower/a.ts", "node:fs", "never another stage"],
    ["src/emit/node/a.ts", "../c-abi/header.js", "never a sibling"],
    ["src/emit/node/a.ts", "../../lower/docs.js", "never a sibling"],
    ["src/output/a.ts", "../scaffold/answers.js", "not where they come from"],
    ["src/scaffold/a.ts", "../build/build.js", "builds and binds nothing"],
    ["src/scaffold/a.ts", "inquirer", "never imports Yeoman or inquirer"],
    ["src/output/a.ts", "yeoman-generator", "not where they come from"],
    ["cli/a.ts", "../src/output/plan.js", "src/api.ts alone"],
    ["generators/app/a.ts", "../../src/scaffold/answers.js", "src/api.ts alone"],
    ["src/commands/a.ts", "yeoman-generator", "never imports Yeoman, inquirer or a door"],
    ["src/commands/a.ts", "../../cli/run.js", "never imports Yeoman, inquirer or a door"],
    ["src/emit/node/a.ts", "ejs", "never a sibling"],
    ["src/parse/a.ts", "execa", "never another stage"],
    ["src/pipeline.ts", "./output/plan.js", "The pipeline is pure"],
    ["vendor/lib/torch/a.ts", "execa", "stands alone"],
    ["vendor/lib/build/a.ts", "../../../src/api.js", "stands alone"],
  ];

  it.each(forbidden)("%s may not import %s", (file, imported, why) => {
    const said = lint(file, `import { a } from "${imported}";\nexport const b = a;\n`);
    expect(said).toContain("noRestrictedImports");
    expect(said).toContain(why);
  });

  const allowed: readonly (readonly [file: string, imported: string])[] = [
    ["src/parse/a.ts", "../ir/span.js"],
    ["src/emit/node/a.ts", "../printer.js"],
    ["src/emit/node/a.ts", "../../lower/node.js"],
    ["src/parse/a.ts", "web-tree-sitter"],
    ["src/commands/a.ts", "../output/plan.js"],
    ["src/build/a.ts", "../../vendor/lib/build/libtorch.js"],
    ["src/output/a.ts", "node:fs/promises"],
    ["cli/a.ts", "../src/api.js"],
    ["vendor/lib/torch/a.ts", "node:fs"],
  ];

  it.each(allowed)("%s may import %s", (file, imported) => {
    const said = lint(file, `import { a } from "${imported}";\nexport const b = a;\n`);
    expect(said).toContain("Checked 1 file");
    expect(said).not.toContain("noRestrictedImports");
  });

  it("a pure stage may not look at the process or the clock", () => {
    expect(lint("src/emit/node/a.ts", "export const a = process.env;\n")).toContain("noRestrictedGlobals");
    expect(lint("src/parse/a.ts", "export const a = Date.now();\n")).toContain("noRestrictedGlobals");
  });
});

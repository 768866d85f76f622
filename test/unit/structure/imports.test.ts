import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
// The script has no types: it is what `npm run lint` runs.
import { mayImport, problemsIn } from "../../../scripts/imports.mjs";

const importing = (name: string): string => `import { a } from "${name}";\nexport const b = a;\n`;

describe("the import rules", () => {
  it.each([
    ["src/model/a.ts", "../naming/package.js"],
    ["src/io.ts", "inquirer"],
    ["src/types/a.ts", "../frontend/parse/parse.js"],
    ["src/frontend/parse/a.ts", "../resolve/resolve.js"],
    ["src/frontend/check/a.ts", "../../targets/r/names.js"],
    ["src/c-abi/a.ts", "../targets/target.js"],
    ["src/targets/r/a.ts", "../typescript/names.js"],
    ["src/targets/call-stack/a.ts", "../r/names.js"],
    ["src/targets/target.ts", "./list.js"],
    ["src/targets/dispatcher/a.ts", "node:fs"],
    ["src/generate/pipeline.ts", "../targets/list.js"],
    ["src/generate/pipeline.ts", "../output/plan.js"],
    ["src/output/a.ts", "../questions/answers.js"],
    ["src/machine/a.ts", "../commands/build.js"],
    ["src/additions/type/a.ts", "../../commands/build.js"],
    ["src/questions/a.ts", "inquirer"],
    ["src/commands/a.ts", "yeoman-generator"],
    ["generators/app/a.ts", "../../src/questions/answers.js"],
    ["cli/a.ts", "../src/output/plan.js"],
    ["vendor/lib/build/a.ts", "../../../src/api.js"],
    ["vendor/lib/node/torch/a.ts", "../binding/index.js"],
    ["vendor/lib/node/torch/a.ts", "execa"],
  ])("reports that %s imports %s", (path, name) => {
    const problems = problemsIn(path, importing(name));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${path}:1: `);
  });

  it.each([
    ["src/frontend/parse/a.ts", "../../model/span.js"],
    ["src/frontend/parse/a.ts", "web-tree-sitter"],
    ["src/targets/r/a.ts", "../../c-abi/names.js"],
    ["src/targets/r/lower/a.ts", "../names.js"],
    ["src/targets/r/a.ts", "../target.js"],
    ["src/commands/a.ts", "../output/plan.js"],
    ["src/machine/a.ts", "../../vendor/lib/build/libtorch.js"],
    ["src/output/a.ts", "node:fs/promises"],
    ["cli/a.ts", "../src/api.js"],
    ["vendor/lib/node/binding/a.ts", "../torch/index.js"],
  ])("lets %s import %s", (path, name) => {
    expect(problemsIn(path, importing(name))).toEqual([]);
  });

  it("reports each form of import, with its line, and a folder without a rule", () => {
    const text = [
      'import type { A } from "execa";',
      "import {",
      "  b,",
      '} from "execa";',
      'export * from "execa";',
      'const c = await import("execa");',
      "const d = 'import e from \"execa\"';",
    ];
    expect(problemsIn("src/model/a.ts", text.join("\n")).map((problem) => problem.split(":")[1])).toEqual([
      "1",
      "2",
      "5",
      "6",
    ]);
    expect(problemsIn("src/new/a.ts", "")).toEqual([
      "src/new/a.ts: no rule covers this folder. Add it to the table in scripts/imports.mjs.",
    ]);
  });

  it("are one table of under 60 lines, in which no folder imports one that imports it", () => {
    const script = readFileSync(new URL("../../../scripts/imports.mjs", import.meta.url), "utf8");
    const table = script.slice(script.indexOf("const data"), script.indexOf("const isWithin"));
    expect(table.split("\n").length).toBeLessThan(60);
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (mayImport[from] ?? []).some((one) => {
        if (one === to) return true;
        if (seen.has(one)) return false;
        seen.add(one);
        return reaches(one, to, seen);
      });
    expect(Object.keys(mayImport).filter((folder) => reaches(folder, folder))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
// The script has no types: it is what `npm run lint` runs.
import { problemsIn, ruleFor } from "../../../scripts/imports.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

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
      "const f = await import(",
      "  `execa`,",
      ");",
      "const d = 'import e from \"execa\"';",
    ];
    expect(problemsIn("src/model/a.ts", text.join("\n")).map((problem) => problem.split(":")[1])).toEqual([
      "1",
      "2",
      "5",
      "6",
      "7",
    ]);
    expect(problemsIn("src/new/a.ts", "")).toEqual([
      "src/new/a.ts: no rule covers this folder. Add it to the table in scripts/imports.mjs.",
    ]);
  });

  it("are one table of under 60 lines", () => {
    const script = readFileSync(join(root, "scripts/imports.mjs"), "utf8");
    const table = script.slice(script.indexOf("const data"), script.indexOf("const isWithin"));
    expect(table.split("\n").length).toBeLessThan(60);
  });

  it("let no folder import one that may import it", () => {
    const files = ["src", "generators", "cli", "vendor"].flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${top}/${name.replaceAll("\\", "/")}`),
    );
    const rules = new Map(files.flatMap((path) => ruleFor(path) ?? []).map((rule) => [rule.folder, rule.allowed]));
    const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
    // A permission for a folder is one for each folder with a rule of its own inside.
    const next = (folder: string): readonly string[] =>
      [...rules.keys()].filter((other) => rules.get(folder)?.some((one) => isWithin(other, one)) && other !== folder);
    const reached = (from: string): ReadonlySet<string> => {
      const seen = new Set<string>();
      const queue = [...next(from)];
      for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
        if (!seen.has(folder)) queue.push(...next(folder));
        seen.add(folder);
      }
      return seen;
    };
    expect(rules.size).toBeGreaterThan(30);
    expect([...rules.keys()].filter((folder) => reached(folder).has(folder))).toEqual([]);
  });
});

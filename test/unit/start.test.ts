import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Packages that a module of ours imports before anything runs, through all that it imports in turn. */
function packagesBehind(entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = entries.map((path) => new URL(`../../${path}`, import.meta.url).href);
  for (let module = queue.pop(); module !== undefined; module = queue.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    const text = readFileSync(new URL(module), "utf8");
    for (const [, name = ""] of text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^"';]*\sfrom\s)?"([^"]+)";$/gm)) {
      if (name.startsWith(".")) queue.push(new URL(name.replace(/\.js$/, ".ts"), module).href);
      else if (!name.startsWith("node:")) packages.add(name);
    }
  }
  return [...packages].sort();
}

describe("a start", () => {
  it("of the command line loads no package", () => {
    expect(packagesBehind(["cli/main.ts"])).toEqual([]);
  });

  // execa alone has a hundred modules: a third of what a bind of a small package took.
  it("of bind loads what locks a folder and what reads C++, nothing else", () => {
    expect(packagesBehind(["src/commands/bind.ts", "src/generate/generate.ts"])).toEqual(["tmp", "web-tree-sitter"]);
  });
});

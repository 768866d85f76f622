import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, describe, expect, inject, it } from "vitest";
import { type CodeBlock, codeBlocks } from "../helpers/markdown.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const manual = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((name) => join("docs", name));
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...manual.filter((name) => name.endsWith(".md")).sort()]
  .map((page) => ({ page, blocks: codeBlocks(page, readFileSync(join(root, page), "utf8")) }))
  // test/golden/manual.test.ts runs the examples of this page, which is printed from a table.
  .filter(({ page, blocks }) => blocks.length > 0 && page !== "docs/manual/diagnostics.md");
const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());

/** The files of this repository as a fresh clone would have them, uncommitted work included. */
function checkout(): string {
  const folder = join(scratch.name, "checkout");
  if (existsSync(folder)) return folder;
  const list = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of list.stdout.split("\n").filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return folder;
}

describe.each(pages)("the code blocks of $page", ({ page, blocks }) => {
  const folder = join(scratch.name, page.replaceAll("/", "_"));
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(inject("prefix"), "node_modules"), join(folder, "node_modules"));
  let output = "";

  /** Runs a shell block where a reader would: with this package installed in the folder, as `npx` finds it. */
  function shell(block: CodeBlock): void {
    const run = spawnSync("bash", ["-euo", "pipefail", "-c", block.text], {
      cwd: block.attributes.in === "checkout" ? checkout() : folder,
      encoding: "utf8",
    });
    output = run.stdout + run.stderr;
    expect(run.status, output).toBe(Number(block.attributes.exit ?? 0));
  }

  it.each(blocks.map((block) => [`${block.language} at line ${block.line}`, block] as const))("%s", (_, block) => {
    const { language, attributes, text } = block;
    if (attributes.runner === "ci") {
      // This very run: `.ci/run` calls the line, and would call itself without end here.
      expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain(text.trim());
    } else if (attributes.file !== undefined) {
      mkdirSync(dirname(join(folder, attributes.file)), { recursive: true });
      writeFileSync(join(folder, attributes.file), `${text}\n`);
    } else if (language === "sh") {
      shell(block);
    } else if (language === "text") {
      for (const line of text.split("\n")) expect(output).toContain(line);
    } else if (language === "mermaid") {
      // Each node is a folder of src, and so is what the label of a stage lists.
      const nodes = text.matchAll(/^ *(?:templates|generate|commands|machine)\b.*$/gm);
      const names = [...nodes].flatMap(([line]) => line.match(/\b[a-z]+\b/g) ?? []);
      expect(names.length).toBeGreaterThan(5);
      for (const name of names.filter((one) => !["planned", "files", "pure", "vendor", "lib", "build"].includes(one))) {
        expect(existsSync(join(root, "src", name)), name).toBe(true);
      }
    } else {
      expect.fail(`${page}:${block.line}: nothing runs a block of language «${language}»`);
    }
  });
});

// The documents about this repository name its files and folders: each of them exists.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const tops = ["src", "vendor", "templates", "scripts", "test", "bench", "cli", "generators", "docs"];
const existing = tops.flatMap((top) => [
  top,
  ...readdirSync(join(root, top), { recursive: true, withFileTypes: true }).map((entry) =>
    relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"),
  ),
]);
const named = new RegExp(`\`((?:${tops.join("|")})/[^\`\\s]*)\``, "g");
/** Paths of a generated package, which has folders of these names, too. */
const ofPackages = /^(?:src\/(?:native\.cpp|exports|Makevars|install\.libs|$)|docs\/(?:call-stack|types|operators))/;

const adrs = readdirSync(join(root, "docs/adr")).map((name) => `docs/adr/${name}`);

it.each(["CONTRIBUTING.md", "README.md", "docs/architecture.md", ...adrs])("%s names what exists", (page) => {
  for (const [, path = ""] of readFileSync(join(root, page), "utf8").matchAll(named)) {
    if (ofPackages.test(path)) continue;
    // `<name>`, `*` and `{a,b}` stand for one segment.
    const pattern = path.replace(/\/$/, "").replace(/[.+?^$()|[\]\\]/g, "\\$&");
    const wanted = new RegExp(`^${pattern.replace(/<[^>]+>|\*|\{[^}]*\}/g, "[^/]+")}$`);
    expect(
      existing.some((one) => wanted.test(one)),
      path,
    ).toBe(true);
  }
});

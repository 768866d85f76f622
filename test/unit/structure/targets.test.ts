// A host language is one folder of src/targets, one entry of src/machine and one line of the list: nothing else names it.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formsOf } from "../../../src/c-abi/describe.js";
import { membersOf, memberTitle } from "../../../src/c-abi/members.js";
import { HOSTS } from "../../../src/model/host.js";
import { createPrinter } from "../../../src/print/printer.js";
import { targets } from "../../../src/targets/list.js";
import type { Target } from "../../../src/targets/target.js";
import { typeTitle } from "../../../src/types/derive.js";
import { generateFiles } from "../../helpers/pipeline.js";

const root = fileURLToPath(new URL("../../../src", import.meta.url));
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));

/** A target that is not part of the product: a plain-text listing of a package's functions. */
const listing: Target = {
  id: "listing",
  language: null,
  modes: ["ours"],
  generate: ({ module }) => {
    const printer = createPrinter();
    for (const member of membersOf(module)) {
      printer.mark(member.key);
      printer.line(memberTitle(member));
    }
    const file = printer.file("docs/functions.txt");
    const functions = membersOf(module).map((member) => {
      const line = file.lines.get(member.key) ?? null;
      const places = [{ path: file.path, line, column: null }];
      const called = memberTitle(member);
      const layer = { name: "listing", called, signature: called, places, note: null };
      return [member.key, { layers: [layer], forms: { prose: formsOf(member, typeTitle) } }] as const;
    });
    return {
      files: [file],
      description: { columns: [{ key: "prose", title: "Prose" }], functions: new Map(functions) },
    };
  },
};

const source = `// [[torch::export]]
torch::Tensor scale(torch::Tensor x, double by);
// [[torch::export(rcpp=FALSE)]]
double total(torch::Tensor x);
`;

describe("a target beside the product's", () => {
  const sources = [{ path: "csrc/src/a.cpp", text: source }];
  const own = generateFiles({ sources, hosts: ["ts", "r"] });
  const more = generateFiles({ sources, hosts: ["ts", "r"], targets: [listing, ...targets] });
  const textOf = (path: string): string => more.files.find((file) => file.path === path)?.text ?? "";

  it("produces its file", () => {
    expect(textOf("docs/functions.txt")).toBe("scale\ntotal\n");
  });

  it("adds its layer, its column and its places to the call stack", () => {
    const page = textOf("docs/call-stack.md");
    expect(page).toContain("| listing | `scale` | docs/functions.txt |");
    expect(page).toMatch(/^\| value \| what it is \|.*\| Prose \|/m);
    const layers = more.described.flatMap(({ functions }) => functions.get("_total")?.layers ?? []);
    expect(layers.find(({ name }) => name === "listing")?.places).toEqual([
      { path: "docs/functions.txt", line: 2, column: null },
    ]);
  });

  it("changes no other file", () => {
    const others = more.files.filter(({ path }) => !["docs/functions.txt", "docs/call-stack.md"].includes(path));
    expect(others).toEqual(own.files.filter(({ path }) => path !== "docs/call-stack.md"));
  });
});

describe("the source", () => {
  /** Files that name a host, each for a reason. Templates will take the additions off this list. */
  const exceptions: Readonly<Record<string, string>> = {
    "model/host.ts": "defines the ids",
    "model/declaration.ts": "the annotation's arguments typescript= and r=",
    "frontend/parse/annotation.ts": "the annotation's arguments typescript= and r=",
    "frontend/parse/parse.ts": "the annotation's arguments typescript= and r=",
    "frontend/parse/unmarked.ts": "the annotation's arguments typescript= and r=",
    "frontend/parse/constant.ts": "the escape sequence \\r of C++",
    "frontend/resolve/literals.ts": "the escape sequence \\r of C++",
    "naming/reserved.ts": "reserved words of each language",
    "templates/hosts.ts": "the package files of each host",
    "additions/operator/files.ts": "tests in each host",
    "additions/operator/page.ts": "example code in each host",
    "additions/operator/r.ts": "example code in R",
    "additions/operator/table.ts": "reserved words of each host",
    "additions/type/addition.ts": "remarks about each host",
    "additions/type/answers.ts": "the type's name in each host",
    "additions/type/cpp.ts": "the files of each host",
    "additions/type/files.ts": "tests in each host",
    "additions/type/names.ts": "reserved words of each host",
    "additions/type/page.ts": "example code in each host",
    "additions/type/r.ts": "example code in R",
    "additions/type/table.ts": "the type's name in each host",
  };
  const languages = targets.flatMap(({ id, language }) => (language === null ? [] : [`targets/${id}/`]));
  const mayName = (path: string): boolean =>
    [...languages, "machine/"].some((folder) => path.startsWith(folder)) || path === "targets/list.ts";

  it("names a host only in its target, in machine, in the list, and in the files listed here", () => {
    const ids = HOSTS.join("|");
    const literal = new RegExp(`["'\`](?:${ids})["'\`]|(?<![\\w.])(?:${ids}): `, "u");
    const named = files.filter(({ path, text }) => !mayName(path) && literal.test(text)).map(({ path }) => path);
    expect(named.sort()).toEqual(Object.keys(exceptions).sort());
  });

  it("lowers without comparing the ids of types", () => {
    const lowering = files.filter(({ path }) => /^(?:c-abi|targets|print)\//.test(path));
    expect(lowering.length).toBeGreaterThan(40);
    const comparing = lowering.filter(({ text }) => /\.id\s*[!=]==|\((?:\w+\.)*id\)|switch \([^)]*\.id\)/u.test(text));
    expect(comparing.map(({ path }) => path)).toEqual([]);
  });
});

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashContent } from "../../../src/output/content.js";
import {
  makeManifest,
  nextManifest,
  parseManifest,
  readManifest,
  renderManifest,
} from "../../../src/output/manifest.js";
import { planChanges } from "../../../src/output/plan.js";
import { packText, templateText } from "../../../src/output/template-text.js";
import { type Manifest, OWNERS } from "../../../src/output/types.js";
import { errorOf, files, makeFolder, NAMES, read, write, writeTree } from "./support.js";

const HASH = hashContent("x");
const entry = (owner: "userOwned" | "generated" | "vendored") => ({ owner, hash: HASH });

test("the text is the same for the same entries in any order, sorted by code unit", () => {
  const forwards = makeManifest(
    "0.1.0",
    NAMES,
    new Map([
      ["b", entry("userOwned")],
      ["B", entry("userOwned")],
      ["a/é", entry("generated")],
    ]),
  );
  const backwards = makeManifest(
    "0.1.0",
    NAMES,
    new Map([
      ["a/é", entry("generated")],
      ["B", entry("userOwned")],
      ["b", entry("userOwned")],
    ]),
  );
  expect(renderManifest(forwards)).toBe(renderManifest(backwards));
  expect(renderManifest(forwards)).toBe(`{
  "schema": 1,
  "generator": "0.1.0",
  "names": {
    "packageName": "my-ext",
    "nativeName": "myext"
  },
  "files": {
    "generated": {
      "a/é": "${HASH}"
    },
    "vendored": {},
    "userOwned": {
      "B": "${HASH}",
      "b": "${HASH}"
    }
  }
}
`);
});

test("what is rendered is read back, with CRLF and a byte order mark too", () => {
  const root = makeFolder();
  const manifest = makeManifest("0.1.0", NAMES, new Map([["a", entry("vendored")]]));
  expect(readManifest(root)).toBeNull();
  writeTree(root, { "torch-extension.json": `\uFEFF${renderManifest(manifest).replaceAll("\n", "\r\n")}` });
  expect(readManifest(root)).toEqual(manifest);
});

test.each([
  ["{", /not valid JSON\.$/, /git checkout/],
  ["<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> branch\n", /merge conflict/, /git checkout/],
  ["[]", /no schema that is known/, /delete it and run again/],
  ['{"schema": 2}', /newer version/, /npm install/],
  ['{"schema": 1}', /«generator»/, /git checkout/],
  ['{"schema": 1, "generator": "1", "names": {}}', /«names»/, /git checkout/],
])("%j is refused with file and mend", async (text, message, fix) => {
  const error = await errorOf(() => parseManifest(text, "/p/torch-extension.json"));
  expect(error.message).toMatch(/^\/p\/torch-extension\.json /);
  expect(error.message).toMatch(message);
  expect(error.fix).toMatch(fix);
});

test.each([
  ["../../etc/passwd", "is not relative"],
  ["/etc/passwd", "is not relative"],
  ["C:/Windows/a", "colon"],
  ["a\\b", "backslash"],
  [".torch-extension-journal/a", "journal"],
])("a manifest that lists %s is refused: what it lists may be removed", async (path, why) => {
  const text = renderManifest(makeManifest("0.1.0", NAMES, new Map([["ok", entry("generated")]])));
  expect((await errorOf(() => parseManifest(text.replace('"ok"', JSON.stringify(path)), "m"))).message).toContain(why);
});

test("two owners of one path, and a hash that is none, are refused", async () => {
  const text = renderManifest(
    makeManifest(
      "0.1.0",
      NAMES,
      new Map([
        ["a", entry("generated")],
        ["b", entry("userOwned")],
      ]),
    ),
  );
  expect((await errorOf(() => parseManifest(text.replace('"b"', '"a"'), "m"))).message).toContain("«a» has two owners");
  expect((await errorOf(() => parseManifest(text.replace(HASH, "12"), "m"))).message).toContain("no SHA-256");
});

test("a manifest that is a folder is an error that names it", async () => {
  const root = makeFolder();
  mkdirSync(join(root, "torch-extension.json"));
  expect((await errorOf(() => readManifest(root))).message).toContain(join(root, "torch-extension.json"));
});

test("after a commit it lists all three kinds with the hashes of what was written", async () => {
  const root = join(makeFolder(), "my-ext");
  await write(root, [
    ...files("userOwned", { "README.md": "r" }),
    ...files("generated", { "g.cpp": "g" }),
    ...files("vendored", { "lib/v.ts": "v" }),
  ]);
  expect(JSON.parse(read(root, "torch-extension.json")).files).toEqual({
    generated: { "g.cpp": hashContent("g") },
    vendored: { "lib/v.ts": hashContent("v") },
    userOwned: { "README.md": hashContent("r") },
  });
});

test("the texts of the person's templates are kept by their hashes, and no others", () => {
  const root = makeFolder();
  const { plan: first } = planOf(root, { "a.txt": "first\n", "b.txt": "other\n" }, null);
  const before = nextManifest(first, new Map(), "0.1.0", NAMES);
  expect(Object.keys(before.templates ?? {}).sort()).toEqual([hashContent("first\n"), hashContent("other\n")].sort());
  expect(Buffer.from(templateText(before, hashContent("first\n")) ?? "").toString()).toBe("first\n");
  writeTree(root, { "a.txt": "mine\n", "b.txt": "other\n" });

  const { plan: second } = planOf(root, { "a.txt": "second\n" }, before);
  const after = nextManifest(second, new Map(), "0.2.0", NAMES);
  expect(Object.keys(after.templates ?? {}).sort()).toEqual([hashContent("second\n"), hashContent("other\n")].sort());
  // What is known stays as it is packed, so that no other zlib changes the file.
  expect(after.templates?.[hashContent("other\n")]).toBe(before.templates?.[hashContent("other\n")]);
  expect(parseManifest(renderManifest(after), "m")).toEqual(after);
});

test("a text that is not what its hash was taken of is none", () => {
  const manifest = makeManifest("0.1.0", NAMES, new Map(), { [HASH]: packText(Buffer.from("y")), ab: "?" });
  expect(templateText(manifest, HASH)).toBeNull();
  expect(templateText(manifest, "ab")).toBeNull();
  expect(templateText(manifest, hashContent("z"))).toBeNull();
});

function planOf(root: string, texts: Readonly<Record<string, string>>, manifest: Manifest | null) {
  const files = Object.entries(texts).map(([path, content]) => ({ path, content, owner: "userOwned" as const }));
  return { plan: planChanges({ root, files, manifest, scope: OWNERS }) };
}

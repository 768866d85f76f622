// A package of the published version, upgraded by a copy of it that calls itself newer and differs.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { run, torchExtension } from "../helpers/published.js";
import { snapshot } from "../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const newer = join(scratch.name, "newer/generator-torch-extension");
let root = "";
let rounds = 0;

beforeAll(() => {
  const published = join(inject("prefix"), "node_modules/generator-torch-extension");
  mkdirSync(join(scratch.name, "newer"));
  symlinkSync(join(inject("prefix"), "node_modules"), join(scratch.name, "newer/node_modules"));
  cpSync(published, newer, { recursive: true });
  const own = JSON.parse(readFileSync(join(newer, "package.json"), "utf8"));
  writeFileSync(join(newer, "package.json"), JSON.stringify({ ...own, version: "99.1.0" }));
  appendFileSync(join(newer, "vendor/lib/node/torch/create.ts"), "// of the newer version\n");
  appendFileSync(join(newer, "vendor/lib/node/torch/dtype.ts"), "// of the newer version\n");
  writeFileSync(join(newer, "vendor/lib/node/torch/extra.ts"), "export {};\n");
  rmSync(join(newer, "vendor/lib/node/torch/tidy.ts"));
  rmSync(join(newer, "vendor/lib/node/torch/describe.ts"));
  appendFileSync(join(newer, "templates/package/ts/README.md.ejs"), "\nA paragraph of the newer version.\n");
  writeFileSync(join(newer, "templates/package/common/NEWS.md.ejs"), "# News of <%- name %>\n");
});

beforeEach(async () => {
  const folder = join(scratch.name, String(++rounds));
  mkdirSync(folder);
  const made = await torchExtension(["new", "my-ext", "--start", "minimal", "--yes", "--no-git", "--no-build"], {
    cwd: folder,
  });
  expect(made.code, made.stderr).toBe(0);
  root = join(folder, "my-ext");
});

const byNewer = (...args: string[]) => run([process.execPath, join(newer, "dist/cli/main.js"), ...args], { cwd: root });
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const append = (path: string, text: string): void => appendFileSync(join(root, path), text);

describe("torch-extension upgrade", () => {
  it("brings lib/ and what is generated to the new version, and shows what changed in the person's templates", async () => {
    append("csrc/src/myext.cpp", "\n// [[torch::export]]\ntorch::Tensor more(const torch::Tensor& x) { return x; }\n");
    writeFileSync(join(root, "README.md"), `${read("README.md").replace(/^# .*/, "# My own title")}`);
    const before = snapshot(root);
    const done = await byNewer("upgrade");
    expect(done.code, done.stderr).toBe(0);
    const after = snapshot(root);

    expect(read("lib/node/torch/dtype.ts")).toContain("of the newer version");
    expect(existsSync(join(root, "lib/node/torch/extra.ts"))).toBe(true);
    expect(existsSync(join(root, "lib/node/torch/tidy.ts"))).toBe(false);
    expect(read("ts/generated.ts")).toContain("function more(");
    expect(JSON.parse(read("torch-extension.json")).generator).toBe("99.1.0");
    // Nothing of the person's was touched, and none added.
    const { userOwned } = JSON.parse(read("torch-extension.json")).files;
    for (const path of Object.keys(userOwned)) expect(after[path], path).toBe(before[path]);
    expect(existsSync(join(root, "NEWS.md"))).toBe(false);
    expect(done.stdout).toContain("NEWS.md");

    // From the old template, not from what the person made of it.
    expect(done.stdout).toContain("README.md is yours and stays as it is. Its template changed:");
    expect(done.stdout).toContain("+A paragraph of the newer version.");
    expect(done.stdout).not.toContain("My own title");
    expect(done.stdout).toContain("to 99.1.0. Next: npx generator-torch-extension build");

    const again = await byNewer("upgrade");
    expect(again.code).toBe(0);
    expect(again.stdout.trim().split("\n").at(-1)).toBe("Up to date with generator-torch-extension 99.1.0.");
    expect(snapshot(root)).toEqual(after);
  });

  it("writes the change of the templates as a patch that applies to what the person made of them", async () => {
    writeFileSync(join(root, "README.md"), `${read("README.md").replace(/^# .*/, "# My own title")}`);
    expect((await byNewer("upgrade", "--patch", "upgrade.patch")).code).toBe(0);
    const patched = await run(["patch", "-p1", "-i", "upgrade.patch"], { cwd: root });
    expect(patched.code, patched.stdout + patched.stderr).toBe(0);
    expect(read("README.md")).toMatch(/^# My own title\n/);
    expect(read("README.md")).toMatch(/A paragraph of the newer version\.\n$/);
    const taken = await byNewer("upgrade", "--patch", "upgrade.patch");
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain("upgrade.patch is there already");
  });

  it("--dry-run shows the same and touches nothing; --json is one document", async () => {
    append("lib/node/torch/create.ts", "// mine\n");
    const before = snapshot(root);
    const dry = await byNewer("upgrade", "--dry-run");
    expect(dry.code, dry.stderr).toBe(0);
    expect(dry.stdout).toContain("would be created: lib/node/torch/extra.ts");
    expect(dry.stdout).toContain("would be removed: lib/node/torch/describe.ts, lib/node/torch/tidy.ts");
    expect(dry.stdout).toContain("would be asked about: lib/node/torch/create.ts (vendored, edited by you");
    expect(dry.stdout).toContain("+A paragraph of the newer version.");
    const json = await byNewer("upgrade", "--dry-run", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      to: "99.1.0",
      files: expect.arrayContaining([{ path: "lib/node/torch/create.ts", owner: "vendored", change: "edited" }]),
      templates: [{ path: "README.md", edited: false, oldIsKnown: true }],
      additions: ["NEWS.md"],
    });
    expect(snapshot(root)).toEqual(before);
  });

  it("loses no edit in lib/: names it and writes nothing, or keeps a backup with --force", async () => {
    append("lib/node/torch/create.ts", "// mine\n");
    append("lib/node/torch/tidy.ts", "// mine\n");
    const before = snapshot(root);
    const mine = ["create", "tidy"].map((name) => read(`lib/node/torch/${name}.ts`));
    const refused = await byNewer("upgrade");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("lib/node/torch/create.ts (vendored, edited by you since it was written)");
    expect(refused.stderr).toContain("--force");
    expect(snapshot(root)).toEqual(before);

    const forced = await byNewer("upgrade", "--force");
    expect(forced.code, forced.stderr).toBe(0);
    expect(read("lib/node/torch/create.ts.orig")).toBe(mine[0]);
    expect(read("lib/node/torch/create.ts")).toContain("of the newer version");
    // No longer part of lib/, and edited: it stays.
    expect(read("lib/node/torch/tidy.ts")).toBe(mine[1]);
    expect(forced.stdout).toContain("lib/node/torch/tidy.ts is no longer part of lib/; you edited it, so it stays.");
    expect(existsSync(join(root, "lib/node/torch/describe.ts"))).toBe(false);
  });

  it("without the old template shows the file against the new one, and says so", async () => {
    const manifest = JSON.parse(read("torch-extension.json"));
    writeFileSync(join(root, "torch-extension.json"), JSON.stringify({ ...manifest, templates: undefined }));
    append("README.md", "Mine.\n");
    const done = await byNewer("upgrade");
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain("README.md is yours and stays as it is. Its old template is not known");
    expect(done.stdout).toContain("-Mine.");
    expect(read("README.md")).toContain("Mine.");
  });

  it("is asked for by bind, which leaves the version to it; and goes forwards only", async () => {
    const bound = await byNewer("bind");
    expect(bound.code).toBe(0);
    expect(bound.stderr).toContain("torch-extension upgrade");
    expect((await byNewer("bind")).stderr).toContain("torch-extension upgrade");
    expect((await byNewer("upgrade")).code).toBe(0);
    expect((await byNewer("bind")).stderr).toBe("");

    const backwards = await torchExtension(["upgrade"], { cwd: root });
    expect(backwards.code).toBe(1);
    expect(backwards.stderr).toContain("Update the generator: npm install -g generator-torch-extension@latest.");
    expect((await torchExtension(["bind"], { cwd: root })).stderr).toContain("Update the generator");
  });

  it("refuses C++ that cannot be bound, and a folder without a package, and writes nothing", async () => {
    append("csrc/src/myext.cpp", "\n// [[torch::export]]\ntorch::Tensor more(const torch::Tensr& x);\n");
    const before = snapshot(root);
    const refused = await byNewer("upgrade");
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/csrc\/src\/myext\.cpp:\d+:\d+: error\[TX/);
    expect(snapshot(root)).toEqual(before);
    const nowhere = await byNewer("upgrade", "csrc");
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain("has no torch-extension.json");
  });
});

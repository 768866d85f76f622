// A run over the same input as the one before reads its outcome off the package, and only then.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { generateOnce } from "../../../src/generate/cache.js";
import type { PackageFacts } from "../../../src/model/package.js";

const work = mkdtempSync(join(tmpdir(), "remembered-"));
const root = join(work, "my-ext");
const cache = join(work, "cache");
const facts: PackageFacts = {
  names: { packageName: "my-ext", nativeName: "myext" },
  hosts: ["ts"],
  mode: "ours",
  hostNames: {},
  pages: [],
};
const text = "/// @param y wrong\n// [[torch::export]]\ndouble f(double x);\n";

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true, force: true });
});

function put(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function generate(source = text, of = facts) {
  const result = await generateOnce(root, [{ path: "csrc/src/a.cpp", text: source }], of);
  // What was remembered has no module.
  return { ...result, isRecalled: !("module" in result) };
}

async function bind() {
  const result = await generate();
  for (const { path, content } of result.files) put(path, String(content));
  return result;
}

beforeEach(() => {
  vi.stubEnv("TORCH_EXTENSION_CACHE", cache);
  rmSync(cache, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
});

describe("a second run", () => {
  it("has the outcome of the first, warnings included", async () => {
    const first = await bind();
    const second = await generate();
    expect([first.isRecalled, second.isRecalled]).toEqual([false, true]);
    expect(second.files).toEqual(first.files);
    expect(second.diagnostics).toEqual(first.diagnostics);
    expect(second.diagnostics.map(({ code }) => code)).toEqual(["TX1109"]);
  });

  it("is a whole one where a source changed, or the package's name", async () => {
    await bind();
    expect((await generate(`${text}\n`)).isRecalled).toBe(false);
    await bind();
    const names = { packageName: "other", nativeName: "myext" };
    expect((await generate(text, { ...facts, names })).isRecalled).toBe(false);
  });

  it("is a whole one where a generated file was edited or is gone", async () => {
    const first = await bind();
    put("csrc/src/exports.cpp", "mine");
    const second = await generate();
    expect(second.isRecalled).toBe(false);
    expect(second.files).toEqual(first.files);
    await bind();
    expect((await generate()).isRecalled).toBe(true);
    rmSync(join(root, "csrc/src/operators.cpp"));
    expect((await generate()).isRecalled).toBe(false);
  });

  it("is a whole one where a person wrote into the .def", async () => {
    const first = await bind();
    const def = first.files.find(({ path }) => path.endsWith(".def"));
    put("csrc/src/myext.def", `${String(def?.content)}  mine\n`);
    const second = await generate();
    expect(second.isRecalled).toBe(false);
    expect(String(second.files.find(({ path }) => path.endsWith(".def"))?.content)).toContain("mine");
  });

  it("is a whole one where the C++ was refused", async () => {
    for (let i = 0; i < 2; i++) {
      const refused = await generate("// [[torch::export]]\nstatic double f();");
      expect([refused.isRecalled, refused.refused]).toEqual([false, true]);
    }
  });

  it("does not mind a broken cache, or none", async () => {
    await bind();
    const [memory = ""] = readdirSync(join(cache, "bind"));
    writeFileSync(join(cache, "bind", memory), "{");
    expect((await generate()).isRecalled).toBe(false);
    expect((await generate()).isRecalled).toBe(true);
    writeFileSync(join(cache, "bind", memory), "{}");
    expect((await generate()).isRecalled).toBe(false);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, "a file");
    expect((await generate()).isRecalled).toBe(false);
    expect((await generate()).isRecalled).toBe(false);
  });
});

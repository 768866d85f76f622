// Emitted TypeScript type-checks against the lib shim under every strict option, and is formatted and linted clean.
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import tmp from "tmp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emitFeatures, features } from "./emitted/package.js";
import { compilerOptions } from "./emitted/tsconfig.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const tree = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => tree.removeCallback());

beforeAll(async () => {
  mkdirSync(join(tree.name, "ts"));
  symlinkSync(join(root, "vendor/lib"), join(tree.name, "lib"), "dir");
  for (const feature of features) {
    const files = await emitFeatures([feature]);
    writeFileSync(
      join(tree.name, "ts", `${feature}.ts`),
      files.find((file) => file.path === "ts/generated.ts")?.text ?? "",
    );
  }
  writeFileSync(join(tree.name, "package.json"), JSON.stringify({ name: "my-ext", type: "module" }));
  writeFileSync(
    join(tree.name, "tsconfig.json"),
    JSON.stringify({ compilerOptions: compilerOptions(root), include: ["ts"] }),
  );
  writeFileSync(
    join(tree.name, "biome.json"),
    JSON.stringify({ formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 120 } }),
  );
});

function run(tool: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { cwd: tree.name, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

it("type-checks", () => {
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
  expect(run(compiler, "-p", "tsconfig.json")).toEqual({ status: 0, said: "" });
});

it("is formatted and linted clean", () => {
  const { status, said } = run(require.resolve("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "ts");
  expect(said).toContain(`Checked ${features.length} files`);
  expect(status, said).toBe(0);
});

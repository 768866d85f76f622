import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { capture } from "../../../vendor/lib/build/process.js";
import type { StepResult } from "./npm.js";

/** What a package's `tsc -p tsconfig.json` must have written. */
const outputs = ["dist/ts/index.js", "dist/lib/build/main.js"];

/** Whether tsc has something to do: a .ts file, tsconfig.json or the compiler changed, or its output is not there. */
export function isTypeScriptStale(root: string): boolean {
  if (!outputs.every((name) => existsSync(join(root, name)))) return true;
  try {
    return readFileSync(stampFile(root), "utf8") !== fingerprint(root);
  } catch {
    return true;
  }
}

/** Runs the package's own tsc where there is a reason to. What it complains of comes back in `lines`. */
export async function compileTypeScript(
  root: string,
  env: NodeJS.ProcessEnv,
): Promise<StepResult & { readonly ran: boolean }> {
  if (!isTypeScriptStale(root)) return { ok: true, ran: false };
  rmSync(stampFile(root), { force: true });
  const before = fingerprint(root);
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  if (!existsSync(tsc)) {
    const brings = isDependency(root) ? "npm install" : "npm install --save-dev typescript @types/node";
    return { ok: false, ran: false, lines: [`There is no ${relative(root, tsc)}: ${brings} brings it.`] };
  }
  const { code, stdout, stderr } = await capture(process.execPath, [tsc, "-p", "tsconfig.json"], { env, cwd: root });
  if (code !== 0) {
    const lines = (stdout + stderr).split("\n").filter((line) => line.trim() !== "");
    return { ok: false, ran: true, lines: lines.slice(0, 20) };
  }
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), before);
  return { ok: true, ran: true };
}

/** Whether package.json names the compiler: one that lay there before the generator came may not. */
function isDependency(root: string): boolean {
  return readFileSync(join(root, "package.json"), "utf8").includes('"typescript"');
}

function stampFile(root: string): string {
  return join(root, "build", "typescript.stamp");
}

function fingerprint(root: string): string {
  const hash = createHash("sha256");
  const add = (file: string): void => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat !== undefined) hash.update(`${relative(root, file)} ${stat.mtimeMs} ${stat.size}\n`);
  };
  for (const file of ["tsconfig.json", "package.json", "node_modules/typescript/package.json"]) add(join(root, file));
  for (const folder of ["ts", "lib"]) {
    if (!existsSync(join(root, folder))) continue;
    const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".ts")).sort()) add(join(root, folder, name));
  }
  return hash.digest("hex");
}

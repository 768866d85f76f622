import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildFolder } from "./places.js";

/** Copies what Node loads to prebuilds/<platform>-<arch>, replacing what was there at once. Returns that folder. */
export function copyPrebuild(root: string): string {
  const out = join(buildFolder(root), "out");
  if (!existsSync(out)) throw new Error(`There is no build to copy: ${out} does not exist.`);
  const target = join(root, "prebuilds", `${process.platform}-${process.arch}`);
  const draft = `${target}.${process.pid}.tmp`;
  mkdirSync(dirname(target), { recursive: true });
  rmSync(draft, { recursive: true, force: true });
  cpSync(out, draft, { recursive: true, dereference: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return target;
}

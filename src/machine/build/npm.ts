import { existsSync } from "node:fs";
import { join } from "node:path";

export type StepResult = { readonly ok: true } | { readonly ok: false; readonly lines: readonly string[] };

/** Whether the package's compiler and types are not installed yet. */
export function needsInstall(root: string): boolean {
  return !existsSync(join(root, "node_modules", "typescript", "package.json"));
}

/** `npm install` in `root`, no package's scripts run. What npm complains of comes back in `lines`. */
export async function npmInstall(root: string, env: NodeJS.ProcessEnv): Promise<StepResult> {
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  // A build that installs nothing does not load it.
  const { execa } = await import("execa");
  const { failed, code, all, shortMessage } = await execa("npm", args, {
    cwd: root,
    env,
    extendEnv: false,
    all: true,
    reject: false,
    stdin: "ignore",
  });
  if (!failed) return { ok: true };
  if (code === "ENOENT")
    return {
      ok: false,
      lines: [
        "npm is not on PATH. It comes with Node.js from nodejs.org; Debian has it apart: sudo apt-get install npm",
      ],
    };
  const lines = (all ?? "").split("\n").filter((line) => line.trim() !== "");
  return { ok: false, lines: lines.length > 0 ? lines.slice(-8) : [shortMessage ?? "npm install failed"] };
}

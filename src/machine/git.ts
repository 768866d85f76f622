import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { capture, which } from "../../vendor/lib/build/process.js";

/** The folder of the repository that `folder` lies in, or null. */
export function repositoryOf(folder: string): string | null {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(join(here, ".git"))) return here;
    if (dirname(here) === here) return null;
  }
}

/** `git init` with branch main, without a commit: the user decides what the first commit contains. Reports in one line what it did. */
export async function initRepository(root: string, env: NodeJS.ProcessEnv): Promise<{ ok: boolean; line: string }> {
  const around = repositoryOf(root);
  if (around !== null) return { ok: true, line: `No git init: the package lies in the repository ${around}.` };
  const git = which("git", env);
  if (git === null) return { ok: false, line: "No git init: git is not on PATH. Later: git init -b main" };
  // The setting, since git before 2.28 does not know -b.
  const { code, stderr } = await capture(git, ["-c", "init.defaultBranch=main", "init", "--quiet"], { env, cwd: root });
  if (code !== 0) return { ok: false, line: `git init failed: ${stderr.trim().split("\n").at(-1)}` };
  return { ok: true, line: 'Made a git repository, with nothing committed yet: git add . && git commit -m "Start"' };
}

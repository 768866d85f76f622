import { existsSync, realpathSync } from "node:fs";
import { capture, which } from "./process.js";

// find_spec of a top-level name reads folders and runs nothing of torch's; the current folder must not count.
const question = `
import sys, importlib.util
sys.path = [p for p in sys.path if p]
spec = importlib.util.find_spec("torch")
if spec and spec.origin: print(spec.submodule_search_locations[0])
`;

/** Folders of the torch packages that this machine's Pythons would import, the one on PATH first. Imports none of them. */
export async function pythonTorchFolders(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const answers = await Promise.all(
    pythons(env).map((python) => capture(python, ["-c", question], { env, cwd: "/", timeoutMs: 3000 })),
  );
  const folders = answers.filter(({ code }) => code === 0).map(({ stdout }) => stdout.trim());
  return [...new Set(folders)].filter((folder) => folder !== "");
}

function pythons(env: NodeJS.ProcessEnv): string[] {
  const onPath = which("python3", env) ?? which("python", env);
  const candidates = onPath === null ? [] : [onPath];
  // Version managers put another python3 first. On macOS the one in /usr/bin may open an installer's window.
  if (process.platform === "linux" && existsSync("/usr/bin/python3")) candidates.push("/usr/bin/python3");
  const seen = new Set<string>();
  return candidates.filter((python) => {
    const real = realpathSync(python);
    return !seen.has(real) && seen.add(real);
  });
}

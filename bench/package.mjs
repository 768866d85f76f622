// A package to measure, written and built by the command that users run.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

export const work = mkdtempSync(join(tmpdir(), "torch-extension-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** A cache of the shim that nobody has filled yet, no ccache, nothing in the background unless asked for. */
export function coldEnvironment(name) {
  return {
    ...process.env,
    XDG_CACHE_HOME: join(work, `${name}-cache`),
    npm_config_cache: process.env.npm_config_cache ?? join(process.env.HOME ?? work, ".npm"),
    CCACHE_DISABLE: "1",
    TORCH_EXTENSION_PCH: "off",
  };
}

/** Runs a command to its end; its output is shown only when it fails. Returns its seconds. */
export function timed(command, args, options) {
  const start = performance.now();
  const run = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
  const seconds = (performance.now() - start) / 1000;
  if (run.status !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return { seconds, stdout: run.stdout, stderr: run.stderr };
}

export const extension = (args, options) => timed(process.execPath, [cli, ...args], options);

/**
 * Runs `script` in a fresh Node, with the package as `m` and its tensors as `torch`. `seconds` count to the script's last
 * line, not to the end of the process, which takes libtorch down again.
 */
export function load(folder, script, env) {
  const entry = pathToFileURL(join(folder, "dist/ts/index.js"));
  const shim = pathToFileURL(join(folder, "dist/lib/node/torch/index.js"));
  const text = `const m = await import("${entry}"); const torch = await import("${shim}"); ${script}
    process.stderr.write(String(Date.now()));`;
  const start = Date.now();
  const { stdout, stderr } = timed(process.execPath, ["--input-type=module", "-e", text], { env, cwd: folder });
  return { stdout, seconds: (Number(stderr) - start) / 1000 };
}

export const firstCall = `
  const z = (...s) => torch.tensor(new Float32Array(s.reduce((a, b) => a * b)), { shape: s });
  m.lltmForward(z(2, 4), z(9, 7), z(9), z(2, 3), z(2, 3));`;

/** What npm brings to a package, so that a run can be timed without npm's part in it. */
export function installNodeModules(env) {
  const folder = join(work, "npm");
  extension(["new", "npm", "--yes", "--no-git", "--no-build"], { env, cwd: work });
  timed("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder, env });
  return join(folder, "node_modules");
}

/** The peer's source: the operators of the package's own C++, under PyTorch's customary header. */
export function peerSource(folder) {
  const text = readFileSync(join(folder, "csrc/src/lltm.cpp"), "utf8")
    .replace(/^#include .*$/gm, "")
    .replace(/\btx::elu_backward\((.*), candidate\)/, "at::elu_backward($1, 1, 1, 1, true, candidate)")
    .replace(/\btx::(\w+)/g, "at::$1");
  const namespace = /namespace (\w+)/.exec(text)?.[1];
  const path = join(work, "peer.cpp");
  writeFileSync(
    path,
    `#include <torch/extension.h>\n${text}
PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
  m.def("lltm_forward", &${namespace}::lltm_forward);
  m.def("lltm_backward", &${namespace}::lltm_backward);
}\n`,
  );
  return path;
}

/** Changes one line of the operator, to something new each time. */
let edits = 0;
export function changeOneLine(folder) {
  edits += 1;
  appendFileSync(
    join(folder, "csrc/src/lltm.cpp"),
    `\nnamespace { [[maybe_unused]] constexpr int edit_${edits} = ${edits}; }\n`,
  );
}

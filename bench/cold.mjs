// From the command to the operator loaded in Node, and back again after one changed line, beside cpp_extension.load.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { changeOneLine, coldEnvironment, extension, firstCall, load, peerSource, timed, work } from "./package.mjs";
import { median } from "./report.mjs";

const python = "/usr/bin/python3";
const peerScript = new URL("./peer.py", import.meta.url).pathname;

/** Cold rounds of ours and the peer's in turn, so that both see the same machine. */
export function cold(rounds) {
  const ours = [];
  const withCache = [];
  const changed = [];
  const changedWithHeader = [];
  const peers = [];
  for (let round = 0; round < rounds; round += 1) {
    const env = coldEnvironment(`cold${round}`);
    const name = `lltm${round}`;
    const folder = join(work, name);
    ours.push(
      extension(["new", name, "--start", "lltm", "--yes", "--no-git", "--no-install"], { env, cwd: work }).seconds +
        load(folder, firstCall, env).seconds,
    );
    peers.push(peer(folder, round, env));

    changed.push(rebuild(folder, env));
    timed(process.execPath, [join(folder, "dist/lib/build/main.js"), "--pch"], {
      cwd: folder,
      env: { ...env, TORCH_EXTENSION_PCH: "on", CI: "" },
    });
    changedWithHeader.push(rebuild(folder, env));

    const again = join(work, `again${round}`);
    withCache.push(
      extension(["new", `again${round}`, "--start", "lltm", "--yes", "--no-git", "--no-install"], { env, cwd: work })
        .seconds + load(again, firstCall, env).seconds,
    );
    for (const done of [folder, again]) rmSync(done, { recursive: true, force: true });
  }
  const row = (name, values, bound) => ({
    name,
    ours: median(values),
    peer: median(peers),
    ratio: median(values.map((value, i) => value / peers[i])),
    unit: " s",
    bound,
  });
  return [
    row("new, bind, npm install from its cache, build, load; shim built too", ours, "≤ 0.6"),
    row("the same, shim in the person's cache", withCache, ""),
    row("one changed line, right after the cold build", changed, "≤ 0.3"),
    row("one changed line, precompiled header ready", changedWithHeader, "≤ 0.17"),
  ];
}

function rebuild(folder, env) {
  changeOneLine(folder);
  return (
    extension(["build", folder, "--no-install"], { env, cwd: work }).seconds + load(folder, firstCall, env).seconds
  );
}

/** The wall time of `load` itself: Python's and torch's own start are not counted. */
function peer(folder, round, env) {
  const out = join(work, `peer${round}`);
  const { stdout } = timed(python, [peerScript, "build", peerSource(folder), out], { cwd: work, env });
  return JSON.parse(stdout.trim().split("\n").at(-1)).seconds;
}

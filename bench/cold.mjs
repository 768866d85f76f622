// From the command to the operator loaded in Node, and back again after one changed line, beside cpp_extension.load.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  changeOneLine,
  coldEnvironment,
  extension,
  firstCall,
  installNodeModules,
  load,
  peerSource,
  timed,
  work,
} from "./package.mjs";
import { median } from "./report.mjs";

const python = "/usr/bin/python3";
const peerScript = new URL("./peer.py", import.meta.url).pathname;

/** Cold rounds of ours and the peer's in turn, so that both see the same machine. */
export function cold(rounds) {
  const modules = installNodeModules(coldEnvironment("npm"));
  const figures = { cold: [], withNpm: [], withShim: [], changed: [], withHeader: [], peer: [] };
  for (let round = 0; round < rounds; round += 1) {
    const env = coldEnvironment(`cold${round}`);
    const seeded = `lltm${round}`;
    cpSync(modules, join(work, seeded, "node_modules"), { recursive: true, verbatimSymlinks: true });
    figures.cold.push(fromNothing(seeded, env));
    const folder = join(work, seeded);
    figures.peer.push(peer(folder, round, env));

    figures.changed.push(rebuild(folder, env));
    timed(process.execPath, [join(folder, "dist/lib/build/main.js"), "--pch"], {
      cwd: folder,
      env: { ...env, TORCH_EXTENSION_PCH: "on", CI: "" },
    });
    figures.withHeader.push(rebuild(folder, env));

    const cached = `cached${round}`;
    cpSync(modules, join(work, cached, "node_modules"), { recursive: true, verbatimSymlinks: true });
    figures.withShim.push(fromNothing(cached, env));
    const whole = `whole${round}`;
    figures.withNpm.push(fromNothing(whole, coldEnvironment(whole)));
    for (const done of [seeded, cached, whole]) rmSync(join(work, done), { recursive: true, force: true });
  }
  const row = (name, values, bound) => ({
    name,
    ours: median(values),
    peer: median(figures.peer),
    ratio: median(values.map((value, i) => value / figures.peer[i])),
    unit: " s",
    bound,
  });
  return [
    row("cold: new, bind, build, load (npm's part aside; shim built too)", figures.cold, "≤ 0.6"),
    row("the same, shim in the person's cache", figures.withShim, ""),
    row("the same, npm install from its cache beside the build, shim built too", figures.withNpm, ""),
    row("one changed line, right after the cold build", figures.changed, "≤ 0.3"),
    row("one changed line, precompiled header ready", figures.withHeader, "≤ 0.17"),
  ];
}

/** From the command to the operator called in Node. */
function fromNothing(name, env) {
  const written = extension(["new", name, "--start", "lltm", "--yes", "--no-git", "--no-install"], { env, cwd: work });
  return written.seconds + load(join(work, name), firstCall, env).seconds;
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

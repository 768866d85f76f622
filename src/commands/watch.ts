// `bind --watch`: binds again whenever the C++ is saved, until it is stopped.
import { resolve } from "node:path";
import { EXIT } from "../console/exit-codes.js";
import { reportFailure } from "../console/failure.js";
import type { Io } from "../io.js";
import { readManifest } from "../output/manifest.js";
import { MANIFEST_FILE } from "../output/paths.js";
import { bindPackage } from "./bind.js";
import { type Stamps, stampsOf, watchTree } from "./watch-tree.js";

export interface WatchRequest {
  readonly folder: string;
  readonly force: boolean;
  readonly io: Io;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const choices = { check: false, dryRun: false, json: false } as const;

/**
 * Binds now and after every change below csrc/. What is refused is shown, and the watch goes on.
 * @returns 130, once stopped; another code where there is nothing to watch
 */
export async function watchPackage({ folder, force, io }: WatchRequest): Promise<number> {
  const root = resolve(io.cwd, folder);
  const changes = watchTree(root);
  for (const signal of signals) process.on(signal, changes.end);
  // Nobody sits at a prompt while they edit: what would be asked about is named, and left as it is.
  const bind = (): Promise<number> =>
    bindPackage({ ...choices, folder, force, io: { ...io, interactive: false } }).catch((error: unknown) =>
      reportFailure(error, io, process.env.TORCH_EXTENSION_DEBUG === "1"),
    );
  try {
    let before = changes.look();
    let bound = await bind();
    if (bound === EXIT.failed && changes.isEmpty()) return bound;
    if (!changes.ended()) io.out("Watching csrc/. Ctrl-C ends it.");
    for (let after = stampsOf(root); bound !== EXIT.stopped; after = stampsOf(root)) {
      const isBehind = !sameStamps(without(before, writtenIn(root)), without(after, writtenIn(root)));
      if (!(await (isBehind ? changes.settle() : changes.next()))) break;
      const now = changes.look();
      // What this watch wrote itself is no reason to look again.
      if (!isBehind && sameStamps(now, after)) continue;
      before = now;
      bound = await bind();
    }
  } finally {
    for (const signal of signals) process.off(signal, changes.end);
    changes.end();
  }
  io.out("Stopped watching.");
  return EXIT.stopped;
}

/** What a run writes, and so may differ after it. */
function writtenIn(root: string): ReadonlySet<string> {
  try {
    return new Set([MANIFEST_FILE, ...Object.keys(readManifest(root)?.files.generated ?? {})]);
  } catch {
    // bind says what is wrong with it.
    return new Set([MANIFEST_FILE]);
  }
}

function without(stamps: Stamps, paths: ReadonlySet<string>): Stamps {
  return new Map([...stamps].filter(([path]) => !paths.has(path)));
}

function sameStamps(a: Stamps, b: Stamps): boolean {
  return a.size === b.size && [...a].every(([path, stamp]) => b.get(path) === stamp);
}

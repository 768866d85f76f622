import { resolve } from "node:path";
import type { Cuda } from "../../vendor/lib/build/missing.js";
import { EXIT } from "../console/exit-codes.js";
import { guarded } from "../console/guard.js";
import { interruptible } from "../console/interrupt.js";
import { createReporter } from "../console/reporter.js";
import type { Io } from "../io.js";
import { beginEarly } from "../machine/build/early.js";
import { buildHosts, firstBuildHost } from "../machine/hosts.js";
import { hostsOf } from "../package/facts.js";
import { recoverPackage } from "../package/recovery.js";

export interface BuildPackageRequest {
  readonly folder: string;
  /** "auto", or a folder; left out: as the last build was told. */
  readonly libtorch?: string;
  readonly cuda?: Cuda;
  readonly debug?: boolean;
  readonly install: boolean | "ask";
  readonly io: Io;
}

/** Binds, then builds everything of a package: npm's part where it is missing, the native part, TypeScript. */
export function buildPackage(request: BuildPackageRequest): Promise<number> {
  return guarded(request.io, () => build(request));
}

async function build(request: BuildPackageRequest): Promise<number> {
  const { folder, io, libtorch = null, cuda = null, debug = false, install } = request;
  const root = resolve(io.cwd, folder);
  // Before the compiler looks at files that a killed run left half-moved.
  recoverPackage(root, io);
  const report = createReporter(io);
  const hosts = hostsOf(root);
  const step = { root, libtorch, cuda, debug, env: process.env, report };
  // The compiler starts on what is there while bind reads it; where bind has something to write, it starts again.
  let early = beginEarly({ ...step, host: firstBuildHost(hosts) });
  const stopEarly = async (): Promise<void> => {
    await early?.stop();
    early = null;
  };
  try {
    // Loaded while the compiler runs: the pipeline is most of our code.
    const { bindPackage } = await import("./bind.js");
    const bound = await bindPackage({ ...bindChoices, folder, io, beforeWrite: stopEarly });
    if (bound !== EXIT.done) return bound;
    return await interruptible(io, "run the same command again", () =>
      buildHosts({ ...step, install, io, early }, hosts),
    );
  } finally {
    await stopEarly();
    report.stop();
  }
}

const bindChoices = { check: false, dryRun: false, force: false, json: false, quiet: true } as const;

import { resolve } from "node:path";
import type { Io } from "../io.js";
import { firstBuildHost } from "../machine/hosts.js";
import { hostsOf } from "../package/facts.js";

export interface DoctorRequest {
  /** A package, whose last build says which libtorch it uses, or any folder. */
  readonly folder: string;
  /** Install what a build lacks, where the system allows it, before looking. */
  readonly install: boolean;
  readonly json: boolean;
  readonly io: Io;
}

/** Prints what a build would use and why. Exit code: 0 when a build can run, else 5. */
export async function examineMachine({ folder, install, json, io }: DoctorRequest): Promise<number> {
  const root = resolve(io.cwd, folder);
  // One JSON document on stdout, and nothing else.
  if (install) await installLacking(root, json ? { ...io, out: io.err } : io);
  const { runDoctor } = await import("../machine/tools/doctor.js");
  return runDoctor({ folder: root, host: firstBuildHost(hostsOf(root)), json, io, env: process.env });
}

async function installLacking(root: string, io: Io): Promise<void> {
  const { completeMachine, probe } = await import("../machine/build/native.js");
  const { createReporter } = await import("../console/reporter.js");
  const report = createReporter(io);
  const host = firstBuildHost(hostsOf(root));
  const step = { host, root, libtorch: null, cuda: null, debug: false, env: process.env, report } as const;
  try {
    await completeMachine(step, await probe(step), { install: true, io, npmComes: true });
  } finally {
    report.stop();
  }
}

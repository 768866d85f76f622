import type { Io } from "../io.js";
import { EXIT } from "./exit-codes.js";

/**
 * Installs what a build would lack on this machine, where that is allowed; else prints the command that does.
 * @returns 0 when a build can run, 5 when something stays missing
 */
export async function prepareMachine(request: {
  readonly folder: string;
  readonly install: boolean | "ask";
  readonly io: Io;
}): Promise<number> {
  const { folder: root, install, io } = request;
  const { completeMachine, probe } = await import("../build/native.js");
  const { createReporter } = await import("../toolchain/reporter.js");
  const report = createReporter(io);
  const step = { root, libtorch: "auto", cuda: "auto", debug: false, env: process.env, report } as const;
  try {
    const machine = await completeMachine(step, await probe(step), { install, io, npmComes: true });
    return machine === null ? EXIT.missing : EXIT.done;
  } finally {
    report.stop();
  }
}

import type { Io } from "../io.js";
import { EXIT } from "./exit-codes.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs the late part of a command, which leaves what is written when it is stopped: says how to go on, and ends with 130.
 * A terminal sends Ctrl-C to the compilers as well; who stops this process alone stops them by its exit.
 */
export async function interruptible(io: Io, goOn: string, work: () => Promise<number>): Promise<number> {
  const stop = (): never => {
    io.err(`Stopped: the files are written. To go on from here: ${goOn}`);
    process.exit(EXIT.stopped);
  };
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

import type { Machine } from "../../vendor/lib/build/missing.js";
import { EXIT } from "../console/exit-codes.js";
import { interruptible } from "../console/interrupt.js";
import type { Io } from "../io.js";
import { buildHosts, nextCommands, resumeCommand } from "../machine/hosts.js";
import type { Answers } from "../model/answers.js";

export interface FinishRequest {
  /** The package's folder, absolute, and as the user would name it. */
  readonly root: string;
  readonly place: string;
  readonly answers: Answers;
  /** Whether no run before this one made the package. */
  readonly isNew: boolean;
  /** What the machine has: looked at while the files were written. */
  readonly machine: Promise<Machine> | null;
  /** What the user must do first, or null. */
  readonly before: string | null;
  readonly io: Io;
}

/** What comes once the files are written: git, npm, the build. What fails here leaves the files, and says how to go on. */
export async function finish({ root, place, answers, isNew, machine, before, io }: FinishRequest): Promise<number> {
  if (answers.git && isNew) {
    const { initRepository } = await import("../machine/git.js");
    const { ok, line } = await initRepository(root, process.env);
    (ok ? io.out : io.err)(line);
  }
  if (!answers.build) {
    for (const next of nextCommands(answers.wrappers, false)) io.out(`Next: ${before ?? ""}${enter(place)}${next}`);
    return EXIT.done;
  }
  const { cuda, install } = answers;
  // "auto" is the default: a later run does not forget which libtorch the last build was told.
  const libtorch = answers.libtorch === "auto" && !isNew ? null : answers.libtorch;
  const request = { root, libtorch, cuda, debug: false, install, env: process.env, io };
  const code = await interruptible(io, `${enter(place)}${resumeCommand(answers.wrappers)}`, () =>
    buildHosts({ ...request, ...(machine === null ? {} : { machine }) }, answers.wrappers),
  );
  if (code !== EXIT.done) return code;
  for (const next of nextCommands(answers.wrappers, true)) io.out(`Built. Next: ${enter(place)}${next}`);
  return code;
}

function enter(place: string): string {
  if (place === ".") return "";
  return `cd ${/^[\w@+:./-]+$/.test(place) ? place : `"${place}"`} && `;
}

import {
  type Cuda,
  type Machine,
  type Missing,
  missingFrom,
  remedies,
  thisSystem,
} from "../../../vendor/lib/build/missing.js";
import { buildNative, lookAround, type NativeResult, settledChoices } from "../../../vendor/lib/build/native.js";
import { mayMakePch, startPch } from "../../../vendor/lib/build/pch.js";
import type { Host as BuildHost } from "../../../vendor/lib/build/places.js";
import { type BuildEvent, eventLine, eventStatus } from "../../../vendor/lib/build/progress.js";
import { findNodeHeaders } from "../../../vendor/lib/build/tools.js";
import type { Reporter } from "../../console/reporter.js";
import type { Io } from "../../io.js";
import { installMissing } from "../tools/install.js";

export interface NativeStep {
  /** Whose library; Node's where it is left out. */
  readonly host?: BuildHost | undefined;
  readonly root: string;
  /** A folder, "auto" to look for one, null to keep what the last build was told. */
  readonly libtorch: string | null;
  readonly cuda: Cuda | null;
  readonly debug: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly report: Reporter;
}

/** Events of the build as lines and a live status. */
export function reportEvent(report: Reporter, event: BuildEvent): void {
  const progress = event.kind === "compiling" || event.kind === "linked" || event.kind === "step";
  const line = progress && report.live ? null : eventLine(event);
  if (line !== null) report.out(line);
  report.status("native", eventStatus(event));
}

/** The libtorch and the tools that a build with these choices would use. */
export function probe(
  step: Pick<NativeStep, "host" | "root" | "libtorch" | "cuda" | "debug" | "env">,
): Promise<Machine> {
  const { host, root, env } = step;
  return lookAround(settledChoices({ ...step, named: step.libtorch }, root, env).named, env, root, host);
}

/**
 * The machine with everything that a build needs, installed where it may be; null when something stays missing (exit code
 * 5; it has been printed). Node's headers are left out of it while npm is still to bring them.
 */
export async function completeMachine(
  step: NativeStep,
  machine: Machine,
  consent: { readonly install: boolean | "ask"; readonly io: Io; readonly npmComes: boolean },
): Promise<Machine | null> {
  const lacks = (now: Machine): Missing[] =>
    missingFrom(now, settledChoices({ ...step, named: step.libtorch }, step.root, step.env).cuda, step.env).filter(
      ({ what }) => what !== "node-headers" || !consent.npmComes,
    );
  const missing = lacks(machine);
  if (missing.length === 0) return machine;
  const withoutNinja = machine.tools.ninja === null;
  if (!(await installMissing({ ...step, ...consent, missing, withoutNinja }))) return null;
  const again = await probe(step);
  const still = lacks(again);
  if (still.length === 0) return again;
  for (const { message } of still) step.report.err(`After the install: ${message}`);
  for (const line of remedies(still, thisSystem(), process.getuid?.() === 0)) step.report.err(`  ${line}`);
  return null;
}

/** Builds the native part, prints how it goes, and gives the result; starts the precompiled header after an incremental one. */
export async function buildNativePart(
  step: NativeStep,
  machine: Machine | null,
  signal?: AbortSignal,
): Promise<NativeResult> {
  const { report, env, root } = step;
  const result = await buildNative({
    root,
    host: step.host,
    named: step.libtorch,
    cuda: step.cuda,
    debug: step.debug,
    env,
    signal,
    onEvent: (event) => reportEvent(report, event),
    ...(machine === null ? {} : { machine: async () => withHeaders(machine, env, root) }),
  });
  report.status("native", null);
  const isNode = step.host !== "r";
  if (isNode && result.ok && !result.configured && result.compiled > 0 && mayMakePch(env)) startPch(root, env);
  return result;
}

/** The machine was looked at before npm brought Node's headers. */
function withHeaders(machine: Machine, env: NodeJS.ProcessEnv, root: string): Machine {
  if (machine.tools.nodeHeaders !== null) return machine;
  return { ...machine, tools: { ...machine.tools, nodeHeaders: findNodeHeaders(env, root) } };
}

import { type Missing, remedies, type System, systemPackages, thisSystem } from "../../../vendor/lib/build/missing.js";
import type { Reporter } from "../../console/reporter.js";
import type { Io } from "../../io.js";

export interface InstallRequest {
  /** What the build lacks; not empty. */
  readonly missing: readonly Missing[];
  /** Whether there is no Ninja: it comes along with anything else that is installed. */
  readonly withoutNinja: boolean;
  /** True: the user agreed. "ask": prompt if the terminal is interactive. False: never. */
  readonly install: boolean | "ask";
  readonly io: Pick<Io, "interactive" | "prompt">;
  readonly report: Reporter;
  readonly env: NodeJS.ProcessEnv;
  /** What this machine is; for tests. */
  readonly system?: System;
  readonly isRoot?: boolean;
}

/**
 * Installs what is missing by apt, where it may: as root or with a sudo that does not ask for a password, with the user's consent.
 * Otherwise prints what is missing and the command that brings it. True: all of it was installed; false: exit code 5.
 * @throws {PromptAborted} on Ctrl-C at the prompt
 */
export async function installMissing(request: InstallRequest): Promise<boolean> {
  const { missing, report, env } = request;
  const system = request.system ?? thisSystem();
  const isRoot = request.isRoot ?? process.getuid?.() === 0;
  const wanted = systemPackages(missing, system);
  const needed = request.withoutNinja && wanted.length > 0 && system === "debian" ? [...wanted, "ninja-build"] : wanted;
  const packages = [...new Set(needed)];
  for (const { message } of missing) report.err(message);
  const advise = (): false => {
    report.err("To go on:");
    for (const line of remedies(missing, system, isRoot)) report.err(`  ${line}`);
    return false;
  };
  const mendable = system === "debian" && missing.every((one) => systemPackages([one], system).length > 0);
  if (!mendable || request.install === false) return advise();
  if (request.install === "ask" && !request.io.interactive) return advise();
  const { aptAccess, aptStatus, installPackages } = await import("./apt.js");
  const access = await aptAccess(env, isRoot);
  if (access === null) {
    report.err("sudo wants a password here, so it is yours to run.");
    return advise();
  }
  if (request.install === "ask" && !(await agreed(request.io, packages))) return advise();
  report.out(`Installing ${packages.join(", ")} with apt.`);
  const onLine = (line: string): void => {
    const status = aptStatus(line);
    if (status !== null) report.status("apt", status);
  };
  const result = await installPackages({ packages, env, sudo: access === "sudo", onLine });
  report.status("apt", null);
  if (result.ok) return true;
  report.err(`apt could not install ${packages.join(", ")}:`);
  for (const line of result.lines) report.err(`  ${line}`);
  return advise();
}

async function agreed(io: InstallRequest["io"], packages: readonly string[]): Promise<boolean> {
  const message = `Install ${packages.join(", ")} with apt now?`;
  const answers = await io.prompt([{ type: "confirm", name: "install", message, default: true }]);
  return answers.install === true;
}

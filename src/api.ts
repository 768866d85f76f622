/** The only door for `generators/` and `cli/`: a command each, and the table that they ask and parse with. */

import type { DoorRequest } from "./additions/engine/run.js";
import type { BindRequest } from "./commands/bind.js";
import type { BuildPackageRequest } from "./commands/build.js";
import type { DoctorRequest } from "./commands/doctor.js";
import type { ExplainRequest } from "./commands/explain.js";
import type { UpgradeRequest } from "./commands/upgrade.js";
import type { WatchRequest } from "./commands/watch.js";

export { FUNCTION_TABLE } from "./additions/operator/table.js";
export { TYPE_TABLE } from "./additions/type/table.js";
export { reportFailure } from "./console/failure.js";
export { terminalIo } from "./console/terminal-io.js";
export type { Io, Prompt } from "./io.js";
export { PromptAborted } from "./io.js";
export { nearest } from "./naming/nearest.js";
export { type Flag, type Grammar, type Parsed, parseArguments, UsageError } from "./questions/flags.js";
export { type HelpPage, newHelp, renderHelp } from "./questions/help.js";
export { newGrammar } from "./questions/new-request.js";
export { QUESTIONS, question } from "./questions/questions.js";
export { questionContext } from "./questions/setting.js";
export { tableGrammar, tableHelp } from "./questions/table.js";
export { generatorVersion } from "./templates/template-files.js";

// Each command is loaded when it runs, so that help and usage errors appear at once.

/**
 * `torch-extension new` and `yo torch-extension`: asks what `argv` does not say, writes the package, builds it.
 * @returns the exit code
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C at a prompt; nothing was written
 */
export async function newPackage(request: DoorRequest): Promise<number> {
  return (await import("./commands/new.js")).newPackage(request);
}

/**
 * `torch-extension bind`: prints every binding layer from the annotated C++.
 * @returns the exit code
 */
export async function bindPackage(request: BindRequest): Promise<number> {
  return (await import("./commands/bind.js")).bindPackage(request);
}

/**
 * `torch-extension bind --watch`: binds whenever the C++ is saved, until Ctrl-C.
 * @returns the exit code
 */
export async function watchPackage(request: WatchRequest): Promise<number> {
  return (await import("./commands/watch.js")).watchPackage(request);
}

/**
 * `torch-extension bind --explain`: one function's way through all layers.
 * @returns the exit code
 * @throws {UsageError} where no function of that name is exported
 */
export async function explainFunction(request: ExplainRequest): Promise<number> {
  return (await import("./commands/explain.js")).explainFunction(request);
}

/**
 * `torch-extension bind --dump-ir`: what the pipeline made of the C++, as JSON.
 * @returns the exit code
 */
export async function dumpIr(request: Pick<ExplainRequest, "folder" | "io">): Promise<number> {
  return (await import("./commands/explain.js")).dumpIr(request);
}

/**
 * `torch-extension build`: binds, then builds what changed.
 * @returns the exit code
 * @throws {PromptAborted} on Ctrl-C at a prompt
 */
export async function buildPackage(request: BuildPackageRequest): Promise<number> {
  return (await import("./commands/build.js")).buildPackage(request);
}

/**
 * `torch-extension doctor`: prints what a build would use.
 * @returns the exit code
 */
export async function doctor(request: DoctorRequest): Promise<number> {
  return (await import("./commands/doctor.js")).examineMachine(request);
}

/**
 * `torch-extension upgrade`: what is vendored and generated as this version has it.
 * @returns the exit code
 * @throws {UsageError} where a stored answer is none
 */
export async function upgradePackage(request: UpgradeRequest): Promise<number> {
  return (await import("./commands/upgrade.js")).upgradePackage(request);
}

/**
 * `torch-extension function` and `yo torch-extension:function`: adds an operator to a package, or takes one away again.
 * @returns the exit code
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C at a prompt; nothing was written
 */
export async function addFunction(request: DoorRequest): Promise<number> {
  return (await import("./commands/function.js")).addFunction(request);
}

/**
 * `torch-extension type` and `yo torch-extension:type`: adds a custom type to a package, or takes one away again.
 * @returns the exit code
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C at a prompt; nothing was written
 */
export async function addType(request: DoorRequest): Promise<number> {
  return (await import("./commands/type.js")).addType(request);
}

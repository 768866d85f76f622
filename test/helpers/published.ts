import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { inject } from "vitest";

/** The path of a command of the installed, published form of this package. */
export const installed = (name: "yo" | "torch-extension" | "generator-torch-extension") =>
  join(inject("prefix"), "node_modules", ".bin", name);

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command without a terminal, to its end. Never throws: the exit code is part of what is tested. */
export async function run(command: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<Run> {
  const [file = "", ...args] = command;
  const done = await execa(file, args, {
    cwd: options.cwd,
    env: { CI: "", NO_COLOR: "1", FORCE_COLOR: undefined, ...options.env },
    reject: false,
    stdin: "ignore",
  });
  return { code: done.exitCode ?? (done.isTerminated ? 128 : 1), stdout: done.stdout, stderr: done.stderr };
}

/** `torch-extension …` as it is published. */
export const torchExtension = (args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) =>
  run([installed("torch-extension"), ...args], options);

/** Where there is no registry (CONTRIBUTING.md), a package gets what its npm install would bring from this repository. */
export function linkModules(root: string): void {
  if (!process.env.TORCH_EXTENSION_TEST_PREFIX) return;
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(root, "node_modules"));
}

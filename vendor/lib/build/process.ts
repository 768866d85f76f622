import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join, sep } from "node:path";

/** What a finished process left behind. `code` is null when a signal ended it or it could not be started. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment with its messages in English, which the readers of tools' output know; file names keep their encoding. */
export function englishMessages(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { LC_ALL: all, LANGUAGE: _language, ...rest } = env;
  const encoding = all ?? env.LC_CTYPE ?? env.LANG;
  return { ...rest, ...(encoding ? { LC_CTYPE: encoding } : {}), LC_MESSAGES: "C", VSLANG: "1033" };
}

/**
 * The first executable file of that name on PATH (a name with a separator is taken as a path), or null. On Windows one with an
 * ending of PATHEXT comes before one without: npm has its shell script lie beside npm.cmd.
 */
export function which(name: string, env: NodeJS.ProcessEnv, platform: string = process.platform): string | null {
  const known = platform === "win32" ? (env.PATHEXT || ".EXE;.CMD;.BAT").split(";") : [];
  const isWhole = known.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
  const endings = isWhole ? ["", ...known] : [...known, ""];
  const path = env.PATH ?? env.Path ?? "";
  const folders = name.includes(sep) || isAbsolute(name) ? [""] : path.split(delimiter).filter((part) => part !== "");
  for (const folder of folders) {
    for (const ending of endings) {
      const file = folder === "" ? `${name}${ending}` : join(folder, `${name}${ending}`);
      if (isExecutable(file)) return file;
    }
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Runs a program to its end and keeps what it printed. Never throws: a program that cannot start has `code` null. */
export function capture(
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number },
): Promise<Finished> {
  return stream(command, args, { ...options, onText: () => {} });
}

/** As `capture`, and gives each piece of output (stdout and stderr, in the order of arrival) to `onText`. */
export function stream(
  command: string,
  args: readonly string[],
  options: {
    env: NodeJS.ProcessEnv;
    cwd?: string;
    timeoutMs?: number;
    /** Ends the program when it is aborted. */
    signal?: AbortSignal | undefined;
    onText: (text: string) => void;
  },
): Promise<Finished> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: "SIGKILL" as const }),
    });
    endWithUs(child);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      options.onText(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onText(text);
    });
    child.on("error", (error) => {
      // A program that was aborted is waited for: it may still be writing.
      if (error.name === "AbortError") return;
      forgetEnded(child);
      done({ code: null, signal: null, stdout, stderr: `${stderr}${error.message}\n` });
    });
    child.on("close", (code, signal) => {
      forgetEnded(child);
      done({ code, signal, stdout, stderr });
    });
  });
}

const running = new Set<ChildProcess>();

function endAll(): void {
  for (const child of running) child.kill();
}

/** Who stops us alone (`kill`, a supervisor) stops the program as well: ninja would go on in the folder of the next build. */
function endWithUs(child: ChildProcess): void {
  // One listener for all: a search for tools runs a dozen at a time, and Node warns of eleven.
  if (running.size === 0) process.on("exit", endAll);
  running.add(child);
}

function forgetEnded(child: ChildProcess): void {
  if (running.delete(child) && running.size === 0) process.off("exit", endAll);
}

/** Cuts a stream of text into lines without colours; call with null at the end for what is left. */
export function lineSplitter(onLine: (line: string) => void): (text: string | null) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + (text ?? "")).split(/\r?\n/);
    rest = text === null ? "" : (lines.pop() ?? "");
    for (const line of lines) if (text !== null || line !== "") onLine(withoutColour(line));
  };
}

/** The line as a terminal would show it, without its colours. */
export function withoutColour(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is made of them.
  return line.replace(/\u001b\[[0-9;]*[A-Za-z]|\u001b\]8;;.*?(?:\u0007|\u001b\\)/g, "");
}

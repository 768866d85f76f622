import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export const keys = { enter: "\r", down: "\u001b[B", up: "\u001b[A", ctrlC: "\u0003", yes: "y", no: "n" } as const;

export interface Terminal {
  /** Waits until `pattern` stands in what was printed since the last match. @throws with the screen when it does not come */
  waitFor(pattern: RegExp | string, seconds?: number): Promise<void>;
  type(text: string): void;
  /** Waits for `question`, then types `answer`. */
  answer(question: RegExp | string, answer: string): Promise<void>;
  /** Resolves with the exit code. */
  exited(seconds?: number): Promise<number>;
  /** Everything printed so far, without control sequences. */
  screen(): string;
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Runs a command in a real pseudo-terminal, 120 columns wide: `script`, which every Linux has in its base system, makes it.
 * The command's own exit code is handed on.
 */
export function openTerminal(command: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Terminal {
  const line = `stty cols 120 rows 50; exec ${command.map(quote).join(" ")}`;
  const child: ChildProcess = spawn(
    "/usr/bin/script",
    ["--quiet", "--flush", "--return", "--command", line, "/dev/null"],
    {
      cwd: options.cwd,
      env: { ...process.env, TERM: "xterm", CI: "", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  let printed = "";
  let seen = 0;
  let code: number | null = null;
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of [...listeners]) listener();
  };
  const read = (chunk: Buffer) => {
    printed = stripVTControlCharacters(raw + chunk.toString("utf8"));
    raw += chunk.toString("utf8");
    wake();
  };
  let raw = "";
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  child.on("close", (status) => {
    code = status ?? 1;
    wake();
  });

  function until<T>(test: () => T | undefined, seconds: number, what: string): Promise<T> {
    return new Promise((done, fail) => {
      const finish = () => {
        const value = test();
        if (value !== undefined) {
          stop();
          done(value);
        } else if (code !== null && what !== "the end") {
          stop();
          fail(new Error(`the command ended with ${code} before ${what} came:\n${printed}`));
        }
      };
      const timer = setTimeout(() => {
        stop();
        child.kill("SIGTERM");
        fail(new Error(`${what} did not come within ${seconds} s:\n${printed}`));
      }, seconds * 1000);
      const stop = () => {
        clearTimeout(timer);
        listeners.delete(finish);
      };
      listeners.add(finish);
      finish();
    });
  }

  const terminal: Terminal = {
    screen: () => printed,
    type: (text) => child.stdin?.write(text),
    waitFor: (pattern, seconds = 60) =>
      until(
        () => {
          const rest = printed.slice(seen);
          const at = typeof pattern === "string" ? rest.indexOf(pattern) : rest.search(pattern);
          if (at < 0) return undefined;
          seen += at + 1;
          return null;
        },
        seconds,
        String(pattern),
      ).then(() => undefined),
    answer: async (question, text) => {
      await terminal.waitFor(question);
      terminal.type(text);
    },
    exited: (seconds = 60) => until(() => code ?? undefined, seconds, "the end"),
  };
  return terminal;
}

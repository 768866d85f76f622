import type { Io } from "../io.js";

/** The parts of `process` that decide how we talk. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * An Io over a terminal, or over pipes. A reader that went away (`| head`) silences what is printed and ends nothing:
 * half a package is worse than half an output.
 */
export function terminalIo(terminal: Terminal, prompt: Io["prompt"]): Io {
  const { env, stdin, stdout, stderr } = terminal;
  const bothEnds = stdin.isTTY === true && stdout.isTTY === true;
  return {
    cwd: terminal.cwd,
    out: printer(stdout),
    err: printer(stderr),
    interactive: bothEnds && !isSet(env.CI) && env.TERM !== "dumb",
    color: colored(terminal),
    prompt,
  };
}

function printer(stream: Stream): (line: string) => void {
  let open = true;
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    open = false;
  });
  return (line) => {
    if (open) stream.write(`${line}\n`);
  };
}

function colored({ env, stdout, stderr }: Terminal): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (isSet(env.FORCE_COLOR)) return true;
  return stdout.isTTY === true && stderr.isTTY === true && env.TERM !== "dumb";
}

const isSet = (value: string | undefined): boolean => value !== undefined && !["", "0", "false"].includes(value);

import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { reportFailure } from "../../../src/console/failure.js";
import { terminalIo } from "../../../src/console/terminal-io.js";
import { PromptAborted } from "../../../src/io.js";
import { UsageError } from "../../../src/questions/flags.js";
import { recordingIo } from "../../helpers/io.js";

class Stream extends EventEmitter {
  readonly isTTY: boolean;
  readonly written: string[] = [];
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  write(text: string): void {
    this.written.push(text);
  }
}

function make(env: Record<string, string>, tty = { stdin: true, stdout: true, stderr: true }) {
  const stdout = new Stream(tty.stdout);
  const stderr = new Stream(tty.stderr);
  const prompt = () => Promise.resolve({});
  const io = terminalIo({ cwd: "/cwd", env, stdin: { isTTY: tty.stdin }, stdout, stderr }, prompt);
  return { io, stdout, stderr };
}

describe("whether to ask, and in colour", () => {
  test.each([
    [{}, true, true],
    [{ CI: "true" }, false, true],
    [{ CI: "1" }, false, true],
    [{ CI: "" }, true, true],
    [{ CI: "false" }, true, true],
    [{ TERM: "dumb" }, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ])("%j", (env, interactive, color) => {
    const { io } = make(env);
    expect([io.interactive, io.color]).toEqual([interactive, color]);
  });

  test.each([
    [{ stdin: false, stdout: true, stderr: true }, false, true],
    [{ stdin: true, stdout: false, stderr: true }, false, false],
    [{ stdin: true, stdout: true, stderr: false }, true, false],
  ])("%j", (tty, interactive, color) => {
    const { io } = make({}, tty);
    expect([io.interactive, io.color]).toEqual([interactive, color]);
    expect(make({ FORCE_COLOR: "1" }, tty).io.color).toBe(true);
  });
});

test("a reader that went away silences that stream, and nothing else", () => {
  const { io, stdout, stderr } = make({});
  io.out("a");
  stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  io.out("b");
  io.err("c");
  expect(stdout.written).toEqual(["a\n"]);
  expect(stderr.written).toEqual(["c\n"]);
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  expect(() => stderr.emit("error", full)).toThrow(full);
});

describe("what ends a command", () => {
  const system = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    syscall: "write",
  });
  const report =
    "please report it, with what TORCH_EXTENSION_DEBUG=1 and `npx generator-torch-extension doctor` print.";
  test.each<[unknown, number, string]>([
    [new UsageError("Unknown flag --x."), 2, "Unknown flag --x."],
    [new PromptAborted(), 130, "Stopped."],
    [Object.assign(new Error("No compiler."), { exitCode: 5 }), 5, "No compiler."],
    [
      system,
      1,
      "The system refused: ENOSPC: no space left on device, write. Mend that, and run the same command again.",
    ],
    [new TypeError("x is undefined"), 1, `x is undefined. That is a fault of torch-extension: ${report}`],
    ["text", 1, `Something threw text. That is a fault of torch-extension: ${report}`],
  ])("%s", (error, code, line) => {
    const { io, out, err } = recordingIo("/cwd");
    expect(reportFailure(error, io, false)).toBe(code);
    expect(err).toEqual([line]);
    expect(out).toEqual([]);
  });

  test("the stack only where it is asked for", () => {
    const { io, err } = recordingIo("/cwd");
    reportFailure(new TypeError("x"), io, true);
    expect(err.join("\n")).toMatch(/TypeError: x\n\s+at /);
  });
});

import type { Io } from "../../src/io.js";

/** An Io for set-up code: prints, never asks. */
export function consoleIo(cwd: string): Io {
  return {
    cwd,
    out: (line) => console.log(line),
    err: (line) => console.error(line),
    interactive: false,
    color: false,
    prompt: () => Promise.reject(new Error("nobody is there to answer")),
  };
}

/** An Io that keeps what is printed and answers prompts from `answers`, by question name. */
export function recordingIo(cwd: string, answers: Readonly<Record<string, unknown>> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const io: Io = {
    cwd,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    interactive: Object.keys(answers).length > 0,
    color: false,
    prompt: async (questions) => {
      const given: Record<string, unknown> = {};
      for (const question of questions) {
        asked.push(question.name);
        given[question.name] = question.name in answers ? answers[question.name] : question.default;
      }
      return given;
    },
  };
  return { io, out, err, asked };
}

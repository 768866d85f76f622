import { type LiveStream, liveLine } from "../../vendor/lib/build/live.js";
import type { Io } from "../io.js";

/** Where steps tell what they do: lasting lines, and one live line where there is a terminal. */
export interface Reporter {
  /** Whether `status` shows anything: lines that only tell of progress can be left out then. */
  readonly live: boolean;
  out(line: string): void;
  err(line: string): void;
  /** What is going on now; null when nothing is. Each `key` has its own place in the live line. */
  status(key: string, text: string | null): void;
  /** Takes the live line away. */
  stop(): void;
}

/** A reporter over a door's Io. The live line goes to `stream`, where Io is a terminal's. */
export function createReporter(
  io: Pick<Io, "out" | "err" | "interactive">,
  stream: LiveStream = process.stdout,
): Reporter {
  const line = liveLine(stream, io.interactive);
  const going = new Map<string, string>();
  return {
    live: line.shown,
    out: (text) => line.print(() => io.out(text)),
    err: (text) => line.print(() => io.err(text)),
    status(key, text) {
      if (text === null) going.delete(key);
      else going.set(key, text);
      line.status(going.size === 0 ? null : [...going.values()].join(" · "));
    },
    stop() {
      going.clear();
      line.stop();
    },
  };
}

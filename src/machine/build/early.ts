import { mustLookAround, type NativeResult } from "../../../vendor/lib/build/native.js";
import type { Reporter } from "../../console/reporter.js";
import { buildNativePart, type NativeStep } from "./native.js";

/** A native build that was begun while `bind` reads the C++: most of the time that changes nothing. */
export interface EarlyBuild {
  readonly result: Promise<NativeResult>;
  /** Shows what was held back, and all that follows. */
  show(): void;
  /** Ends the compilers and waits for their end. Nothing of this build is shown. */
  stop(): Promise<void>;
}

/** Begins a rebuild, or null where something has to be looked for, or installed, first. */
export function beginEarly(step: NativeStep): EarlyBuild | null {
  if (mustLookAround({ ...step, named: step.libtorch })) return null;
  const { report, show } = holdBack(step.report);
  const abort = new AbortController();
  const result = buildNativePart({ ...step, report }, null, abort.signal);
  // Whoever takes the result handles its failure; one that is stopped has nobody.
  result.catch(() => undefined);
  return {
    result,
    show,
    stop: async () => {
      abort.abort();
      await result.catch(() => undefined);
    },
  };
}

/** A reporter that keeps what it is told until `show`. */
function holdBack(report: Reporter): { readonly report: Reporter; show(): void } {
  let held: (() => void)[] | null = [];
  const say = (tell: () => void): void => {
    if (held === null) tell();
    else held.push(tell);
  };
  return {
    report: {
      live: report.live,
      out: (line) => say(() => report.out(line)),
      err: (line) => say(() => report.err(line)),
      status: (key, text) => say(() => report.status(key, text)),
      stop: () => say(() => report.stop()),
    },
    show: () => {
      const tellings = held ?? [];
      held = null;
      for (const tell of tellings) tell();
    },
  };
}

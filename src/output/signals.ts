export interface SignalWatch {
  /** The first signal that asked this process to end; null while none did. */
  readonly signal: () => NodeJS.Signals | null;
  readonly end: () => void;
}

const ENDING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Holds signals back while files are written: whoever writes asks for them at a moment that suits. `onExit` runs, and
 * must be synchronous, when the process ends all the same (process.exit elsewhere, an uncaught error).
 */
export function watchSignals(onExit: () => void): SignalWatch {
  let received: NodeJS.Signals | null = null;
  const listener = (signal: NodeJS.Signals) => {
    received ??= signal;
  };
  for (const signal of ENDING) process.on(signal, listener);
  process.on("exit", onExit);
  return {
    signal: () => received,
    end: () => {
      for (const signal of ENDING) process.off(signal, listener);
      process.off("exit", onExit);
    },
  };
}

/** Lets the event loop deliver signals that came during synchronous work: a whole turn, from one check to the next. */
export async function deliverSignals(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What a live line needs of a stream: process.stdout has it. */
export interface LiveStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line at the bottom of a terminal that is written over; nothing at all where the stream is no terminal. */
export interface LiveLine {
  readonly shown: boolean;
  /** Shows a text with the time since `start`; null takes the line away. */
  status(text: string | null): void;
  /** Writes a lasting line above the live one. */
  print(write: () => void): void;
  stop(): void;
}

/** A live line on `stream`. `enabled` false, or a stream without a terminal, makes one that shows nothing. */
export function liveLine(stream: LiveStream, enabled: boolean): LiveLine {
  const shown = enabled && stream.isTTY === true;
  const start = performance.now();
  let text: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (shown && text !== null) stream.write("\r\u001b[K");
  };
  const draw = (): void => {
    if (!shown || text === null) return;
    const line = `  ${text} (${((performance.now() - start) / 1000).toFixed(0)} s)`;
    stream.write(`\r\u001b[K${line.slice(0, Math.max(1, (stream.columns || 80) - 1))}`);
  };
  return {
    shown,
    status(next) {
      if (next === null) clear();
      text = next;
      draw();
      if (text !== null && shown && timer === undefined) {
        timer = setInterval(draw, 1000);
        timer.unref();
      }
    },
    print(write) {
      clear();
      write();
      draw();
    },
    stop() {
      clear();
      text = null;
      clearInterval(timer);
      timer = undefined;
    },
  };
}

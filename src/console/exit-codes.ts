/** What a command's exit code says, under `yo` as under our own command line. */
export const EXIT = {
  done: 0,
  /** A failure inside, or a collision without consent. */
  failed: 1,
  usage: 2,
  /** `bind --check` found the tree stale. */
  drift: 3,
  /** The C++ was refused by the generator. */
  refused: 4,
  /** Something is missing from the machine. */
  missing: 5,
  /** The compiler refused. */
  compiler: 6,
  stopped: 130,
} as const;

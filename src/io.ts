/** One question, in the shape that inquirer and Yeoman share. */
export interface Prompt {
  readonly type: "input" | "select" | "confirm";
  readonly name: string;
  readonly message: string;
  readonly default?: string | boolean;
  readonly choices?: readonly {
    readonly name: string;
    readonly value: string;
    /** Why it cannot be chosen. */
    readonly disabled?: string;
  }[];
  /** True, or one sentence that says what is wrong. */
  readonly validate?: (value: unknown) => true | string;
}

/** The person pressed Ctrl-C at a prompt. */
export class PromptAborted extends Error {
  constructor() {
    super("Stopped.");
    this.name = "PromptAborted";
  }
}

/** What a door (yo, or our own command line) gives to `src/api.ts`: a place to print and somebody to ask. */
export interface Io {
  readonly cwd: string;
  /** A line on stdout. */
  out(line: string): void;
  /** A line on stderr. */
  err(line: string): void;
  /** Whether there is a terminal on both ends, so that asking makes sense. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** @throws {PromptAborted} on Ctrl-C */
  prompt(questions: readonly Prompt[]): Promise<Record<string, unknown>>;
}

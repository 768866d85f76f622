import { parseArgs } from "node:util";
import { nearest } from "../naming/nearest.js";

/** One flag of a command, as the help shows it and the parser takes it. */
export interface Flag {
  readonly name: string;
  readonly kind: "text" | "yes-no";
  readonly help: string;
  /** What the help writes after a text flag: `<folder>`, `auto|on|off`. */
  readonly value?: string;
  readonly short?: string;
  /** `--no-<name>` is a flag too. */
  readonly negatable?: boolean;
  /** A text flag that may be given many times, each a value of its own: `Parsed.lists`. */
  readonly repeatable?: boolean;
}

/** What a command takes beside its flags. */
export interface Grammar {
  /** As the user types it: `torch-extension new`. */
  readonly command: string;
  readonly flags: readonly Flag[];
  /** Names of the arguments, all optional. */
  readonly positionals: readonly string[];
}

export interface Parsed {
  readonly values: ReadonlyMap<string, string | boolean>;
  /** Values of repeatable flags, in the order in which they were typed. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/** The command line is wrong: exit code 2. The message says what, and what to type instead. */
export class UsageError extends Error {
  readonly exitCode = 2;
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/**
 * Raw arguments to flags and positionals, every value as it was typed (`007` stays `007`).
 * A flag given twice is accepted only with the same value; a yes-no flag never takes the next word.
 * @throws {UsageError} on an unknown flag, a missing or unwanted value, a contradiction, or one argument too many
 */
export function parseArguments(argv: readonly string[], grammar: Grammar): Parsed {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      grammar.flags.map((flag) => [
        flag.name,
        { type: flag.kind === "text" ? ("string" as const) : ("boolean" as const), ...shortOf(flag) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const values = new Map<string, string | boolean>();
  const lists = new Map<string, readonly string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { flag, value } = readOption(token, grammar);
    if (flag.repeatable === true) {
      lists.set(flag.name, [...(lists.get(flag.name) ?? []), String(value)]);
      continue;
    }
    const earlier = values.get(flag.name);
    if (earlier !== undefined && earlier !== value) throw new UsageError(contradiction(flag, earlier, value));
    values.set(flag.name, value);
  }
  const extra = positionals[grammar.positionals.length];
  if (extra !== undefined) throw new UsageError(tooMany(extra, grammar));
  return { values, lists, positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readOption(token: OptionToken, grammar: Grammar): { flag: Flag; value: string | boolean } {
  const exact = grammar.flags.find((flag) => flag.name === token.name);
  const negated = grammar.flags.find((flag) => flag.negatable === true && `no-${flag.name}` === token.name);
  const flag = exact ?? negated;
  if (flag === undefined) throw new UsageError(unknown(token.rawName, grammar));
  if (flag.kind === "yes-no") {
    if (token.value !== undefined) {
      const choice = flag.negatable === true ? `--${flag.name} or --no-${flag.name}` : `--${flag.name}`;
      throw new UsageError(`${token.rawName} takes no value (got "${token.value}"): write ${choice}.`);
    }
    return { flag, value: flag === exact };
  }
  if (token.value === undefined) {
    throw new UsageError(`${token.rawName} needs a value: --${flag.name} ${flag.value ?? "<text>"}.`);
  }
  if (token.inlineValue !== true && token.value.startsWith("-")) {
    throw new UsageError(
      `${token.rawName} needs a value, and "${token.value}" looks like a flag: if it is the value, write --${flag.name}=${token.value}`,
    );
  }
  return { flag, value: token.value };
}

/** Every spelling of every flag, without dashes. */
function spellings(grammar: Grammar): string[] {
  return grammar.flags.flatMap((flag) => (flag.negatable === true ? [flag.name, `no-${flag.name}`] : [flag.name]));
}

function unknown(rawName: string, grammar: Grammar): string {
  const near = nearest(rawName.replace(/^-+/, "").toLowerCase(), spellings(grammar));
  const hint = near === null ? `${grammar.command} --help lists the flags.` : `Did you mean --${near}?`;
  return `Unknown flag ${rawName}. ${hint}`;
}

function contradiction(flag: Flag, first: string | boolean, second: string | boolean): string {
  const spell = (value: string | boolean): string =>
    typeof value === "string" ? `"${value}"` : value ? `--${flag.name}` : `--no-${flag.name}`;
  return `--${flag.name} is given twice, as ${spell(first)} and as ${spell(second)}: keep one.`;
}

function tooMany(extra: string, grammar: Grammar): string {
  const takes =
    grammar.positionals.length === 0 ? "takes no argument" : `takes one argument, ${grammar.positionals.join(" ")}`;
  return `${grammar.command} ${takes}; "${extra}" is one too many. Put a text with spaces into quotes.`;
}

const shortOf = (flag: Flag): { short?: string } => (flag.short === undefined ? {} : { short: flag.short });

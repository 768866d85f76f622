// A table of questions whose later rows depend on the answers to earlier ones: what `type` and `function` ask.
import type { Io } from "../io.js";
import type { Host } from "../model/host.js";
import { type Flag, type Grammar, parseArguments, UsageError } from "./flags.js";
import { renderHelp } from "./help.js";
import type { Checked, Choice } from "./questions.js";

/** An answer: a text, a choice, yes or no, or several texts. */
export type Value = string | boolean | readonly string[];
/** Answers by the rows' ids, as far as they are known. */
export type Values = ReadonlyMap<string, Value>;

/** One question: everything that a prompt, a flag, a help text, an answers file and a stored answer need. */
export interface Row<World> {
  readonly id: string;
  readonly prompt: string;
  /** Flag without dashes; null: the first argument. */
  readonly flag: string | null;
  /** "list": a flag that is repeated, a prompt that comes again until nothing is typed. */
  readonly kind: "text" | "choice" | "yes-no" | "list";
  /** What the help writes for the value. */
  readonly value?: string;
  /** What may be chosen after these answers; a text row offers them, and one more for what is typed. */
  readonly choices?: (soFar: Values, world: World) => readonly Choice[];
  readonly help: string;
  /** What the help says about the default. */
  readonly defaultHelp: string;
  /** Whether it is a question at all after these answers; left out: always. A flag for one that is none is an error. */
  readonly applies?: (soFar: Values, world: World) => boolean;
  /** The host that the question is about; a flag for it in a package without that host is an error of its own. */
  readonly host?: { readonly name: Host; readonly isThere: (world: World) => boolean };
  /** Whether a terminal asks it; left out: always. Else a flag or the default says. */
  readonly asked?: (soFar: Values, world: World) => boolean;
  /** Null where there is none and somebody has to say. */
  readonly default: (soFar: Values, world: World) => Value | null;
  /** The one check of a flag, an answer, each entry of a list; `yes-no` rows have nothing to check. */
  readonly check: (value: string, soFar: Values, world: World) => Checked;
  /** How a terminal asks for a list; left out: for one entry after the other, as text. */
  readonly askList?: (offer: Value | null, soFar: Values, world: World, io: Io) => Promise<readonly string[]>;
  /** Whether the manifest keeps the answer, for a second run: what is about the addition, not about this run. */
  readonly stored: boolean;
}

export interface Table<World> {
  /** As it is typed: `type`. */
  readonly command: string;
  readonly summary: string;
  /** In prose: `type`, `function`. */
  readonly thing: string;
  readonly rows: readonly Row<World>[];
  readonly notes: readonly string[];
}

/** A command line of such a table, read. */
export interface AdditionRequest {
  /** Answers that flags give, as typed. */
  readonly given: Values;
  /** The package's folder, as typed. */
  readonly folder: string;
  /** A file to replay, or null. */
  readonly answers: string | null;
  /** What to take away again, or null. */
  readonly remove: string | null;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** Flags of this run that answer no question. */
function runFlags(thing: string): readonly Flag[] {
  return [
    { name: "package", kind: "text", value: "<folder>", help: "the package's folder [this folder]" },
    { name: "answers", kind: "text", value: "<file>", help: "replay: answers from a JSON file, as --json prints them" },
    { name: "remove", kind: "text", value: "<name>", help: `take a ${thing} away again that this command added` },
    { name: "yes", short: "y", kind: "yes-no", help: "never ask; what no flag gives is stored or default" },
    { name: "dry-run", kind: "yes-no", help: "show all that would be written, and touch nothing" },
    { name: "force", short: "f", kind: "yes-no", help: "overwrite what is in the way, and keep a backup of each file" },
    { name: "json", kind: "yes-no", help: "print one JSON document on stdout, and ask nothing" },
    { name: "help", short: "h", kind: "yes-no", help: "print this text" },
    { name: "version", short: "v", kind: "yes-no", help: "print the version" },
  ];
}

// A table's flags and help do not depend on the world.
type AnyTable = Pick<Table<never>, "command" | "summary" | "thing" | "notes"> & {
  readonly rows: readonly Pick<Row<never>, "id" | "flag" | "kind" | "value" | "help" | "defaultHelp">[];
};

/** What the command takes. `command` is how the door calls it. */
export function tableGrammar(table: AnyTable, command = `torch-extension ${table.command}`): Grammar {
  const questions = table.rows.flatMap(({ flag, kind, value, help, defaultHelp }): readonly Flag[] => {
    if (flag === null) return [];
    const text = `${help} [${defaultHelp}]`;
    if (kind === "yes-no") return [{ name: flag, kind: "yes-no", help: text, negatable: true }];
    const repeatable = kind === "list" ? { repeatable: true } : {};
    return [{ name: flag, kind: "text", help: text, value: value ?? "<text>", ...repeatable }];
  });
  const first = table.rows.find((row) => row.flag === null);
  return {
    command,
    flags: [...questions, ...runFlags(table.thing)],
    positionals: first === undefined ? [] : [first.value ?? first.id],
  };
}

/** The command's help. `command` is how the door calls it. */
export function tableHelp(table: AnyTable, command = `torch-extension ${table.command}`): string {
  const first = table.rows.find((row) => row.flag === null);
  const word = first?.value ?? first?.id ?? "";
  return renderHelp({
    usage: `${command} ${first === undefined ? "" : `[${word}] `}[flags]`,
    summary: table.summary,
    positionals: first === undefined ? [] : [{ name: word, help: `${first.help} [${first.defaultHelp}]` }],
    flags: tableGrammar(table).flags,
    notes: [
      ...table.notes,
      "Flags beat those of --answers, those beat what an earlier run was told, and that beats the defaults.",
      "Exit codes: 0 done, 1 failure, a collision without consent or a file that stays, 2 usage, 4 the C++ was refused, " +
        "5 something is missing from the machine, 6 the compiler refused, 130 Ctrl-C.",
    ],
  });
}

/**
 * Raw arguments, unchecked beyond their syntax. `command` is how the door calls it, for what is said of a wrong one.
 * @throws {UsageError}
 */
export function parseAddition(argv: readonly string[], table: AnyTable, command?: string): AdditionRequest {
  const { values, lists, positionals } = parseArguments(argv, tableGrammar(table, command));
  const given = new Map<string, Value>();
  for (const { id, flag } of table.rows) {
    const value = flag === null ? positionals[0] : (lists.get(flag) ?? values.get(flag));
    if (value !== undefined) given.set(id, value);
  }
  const on = (name: string): boolean => values.get(name) === true;
  const text = (name: string): string | null => {
    const value = values.get(name);
    return typeof value === "string" ? value : null;
  };
  const remove = text("remove");
  if (remove !== null && given.size > 0) {
    throw new UsageError(`--remove takes ${remove} away, and answers nothing else: leave the other flags out.`);
  }
  return {
    given,
    folder: text("package") ?? ".",
    answers: text("answers"),
    remove,
    yes: on("yes"),
    dryRun: on("dry-run"),
    force: on("force"),
    json: on("json"),
    help: on("help"),
    version: on("version"),
  };
}

import { type Flag, type Grammar, parseArguments } from "./flags.js";
import { QUESTIONS, type QuestionId } from "./questions.js";

/** Answers that the command line gives, as typed. */
export type Given = ReadonlyMap<QuestionId, string | boolean>;

/** A command line of `new`, read. */
export interface NewRequest {
  readonly given: Given;
  /** Never ask. */
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const questionFlags: readonly Flag[] = QUESTIONS.filter((row) => row.flag !== null).map((row) => {
  const help = `${row.help} [${row.defaultHelp}]`;
  if (row.kind === "yes-no") return { name: row.flag ?? "", kind: "yes-no", help, negatable: true };
  const value = row.value ?? row.choices?.map((choice) => choice.value).join("|") ?? "<text>";
  return { name: row.flag ?? "", kind: "text", help, value };
});

/** Flags of this run that answer no question. */
const runFlags: readonly Flag[] = [
  { name: "yes", short: "y", kind: "yes-no", help: "never ask; what no flag gives is stored or default" },
  { name: "dry-run", kind: "yes-no", help: "list every file that would be written, and touch nothing" },
  { name: "force", short: "f", kind: "yes-no", help: "overwrite files that are in the way, and keep a backup of each" },
  { name: "json", kind: "yes-no", help: "print one JSON document on stdout, and ask nothing" },
  { name: "help", short: "h", kind: "yes-no", help: "print this text" },
  { name: "version", short: "v", kind: "yes-no", help: "print the version" },
];

/** What `torch-extension new` and `yo torch-extension` take. */
export const newGrammar: Grammar = {
  command: "torch-extension new",
  flags: [...questionFlags, ...runFlags],
  positionals: ["the package's name"],
};

/**
 * Raw arguments of `new`, unchecked beyond their syntax. `command` is how the door calls it, for what is said of a wrong one.
 * @throws {UsageError}
 */
export function parseNew(argv: readonly string[], command = newGrammar.command): NewRequest {
  const { values, positionals } = parseArguments(argv, { ...newGrammar, command });
  const given = new Map<QuestionId, string | boolean>();
  for (const row of QUESTIONS) {
    const value = row.flag === null ? positionals[0] : values.get(row.flag);
    if (value !== undefined) given.set(row.id, value);
  }
  const on = (name: string): boolean => values.get(name) === true;
  return {
    given,
    yes: on("yes"),
    dryRun: on("dry-run"),
    force: on("force"),
    json: on("json"),
    help: on("help"),
    version: on("version"),
  };
}

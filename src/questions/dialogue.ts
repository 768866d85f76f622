// From a table's rows to answers: what flags, a file and an earlier run say, and what is left to ask.

import type { Io, Prompt } from "../io.js";
import { HOSTS, type Host } from "../model/host.js";
import { commandLine } from "../naming/command.js";
import { nearest } from "../naming/nearest.js";
import { shellWord } from "../naming/shell.js";
import { languages } from "../targets/list.js";
import { UsageError } from "./flags.js";
import type { AdditionRequest, Row, Table, Value, Values } from "./table.js";

/** Answers by the ids of rows, plain: what `--json` prints, the manifest keeps and `--answers` reads. */
export type PlainAnswers = Readonly<Record<string, Value>>;

export interface Dialogue<World> {
  readonly table: Table<World>;
  readonly given: Values;
  readonly world: World;
  /** What an earlier run for the same thing was told, once the answers so far say which thing it is. */
  readonly stored: (soFar: Values) => PlainAnswers | null;
  /** Null where nobody may be asked. */
  readonly io: Io | null;
}

/**
 * Given answers beat stored ones, those beat defaults; what no flag gave is asked where somebody may be, row by row, since a
 * later question depends on earlier answers.
 * @throws {UsageError} where an answer is refused, is for a question that does not come up, or is missing
 * @throws {PromptAborted} on Ctrl-C
 */
export async function settleTable<World>(dialogue: Dialogue<World>): Promise<Values> {
  const { table, given, world, io } = dialogue;
  const values = new Map<string, Value>();
  for (const row of table.rows) {
    const raw = given.get(row.id);
    const hasHost = row.host?.isThere(world) !== false;
    if (!hasHost || row.applies?.(values, world) === false) {
      if (raw !== undefined && row.host !== undefined && !hasHost) throw new UsageError(lacksHost(row, row.host.name));
      if (raw !== undefined) throw new UsageError(`${spell(row)} does not go with ${soFarInWords(table, values)}.`);
      continue;
    }
    if (raw !== undefined) {
      values.set(row.id, checkValue(row, raw, values, world));
      continue;
    }
    const kept = row.stored ? dialogue.stored(values)?.[row.id] : undefined;
    const offer = kept ?? row.default(values, world);
    const asks = io !== null && row.asked?.(values, world) !== false;
    const value = asks ? await askRow(row, offer, values, world, io) : offer;
    if (value === null) throw new UsageError(`${row.prompt} is missing, and nobody can be asked: give ${spell(row)}.`);
    values.set(row.id, asks ? value : checkValue(row, value, values, world));
  }
  return values;
}

/** What `--answers` holds, and the flags over it. @throws {UsageError} for a key that is no question */
export function withAnswers<World>(given: Values, file: unknown, path: string, table: Table<World>): Values {
  const outer = isRecord(file) && isRecord(file.answers) ? file.answers : file;
  if (!isRecord(outer)) throw new UsageError(`${path} holds no object of answers.`);
  const merged = new Map<string, Value>();
  const ids = table.rows.map((row) => row.id);
  for (const [id, value] of Object.entries(outer)) {
    const row = table.rows.find((one) => one.id === id);
    if (row === undefined) {
      const near = nearest(id, ids);
      throw new UsageError(
        `${path}: "${id}" is no question of ${table.command}. ${near === null ? `There are: ${ids.join(", ")}.` : `Did you mean "${near}"?`}`,
      );
    }
    const isList = Array.isArray(value) && value.every((one) => typeof one === "string");
    const fits = row.kind === "yes-no" ? typeof value === "boolean" : row.kind === "list" ? isList : isText(value);
    if (!fits) {
      const wanted = row.kind === "yes-no" ? "true or false" : row.kind === "list" ? "a list of texts" : "a text";
      throw new UsageError(`${path}: "${id}" is ${JSON.stringify(value)}, and should be ${wanted}.`);
    }
    merged.set(id, value as Value);
  }
  for (const [id, value] of given) merged.set(id, value);
  return merged;
}

/** The answers that a second run, or another package, is told with. */
export function plainAnswers<World>(table: Table<World>, values: Values): PlainAnswers {
  const kept = table.rows.filter((row) => row.stored);
  return Object.fromEntries(
    kept.flatMap(({ id }) => {
      const value = values.get(id);
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/** The command line that gives these answers again, for a shell. */
export function replayOf<World>(table: Table<World>, values: Values): string {
  const words = table.rows.flatMap(({ id, flag, kind }): readonly string[] => {
    const value = values.get(id);
    if (value === undefined) return [];
    if (flag === null) return [shellWord(String(value))];
    if (kind === "yes-no") return [value === true ? `--${flag}` : `--no-${flag}`];
    const texts = Array.isArray(value) ? value : [String(value)];
    return texts.filter((text) => text !== "").flatMap((text) => [`--${flag}`, shellWord(text)]);
  });
  return commandLine([table.command, ...words, "--yes"].join(" "));
}

/** Whether the command may ask. */
export function mayAsk(request: AdditionRequest, io: Io): boolean {
  return io.interactive && !request.yes && !request.json;
}

const isText = (value: unknown): value is string => typeof value === "string";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function spell<World>({ flag, id, value, kind }: Row<World>): string {
  if (flag === null) return `the ${value ?? id} as the first argument`;
  return kind === "yes-no" ? `--${flag}` : `--${flag} ${value ?? "<text>"}`;
}

function lacksHost<World>(row: Row<World>, host: Host): string {
  const name = languages.find((language) => language.host === host)?.title ?? host;
  const all = commandLine(`new --wrapper ${HOSTS.join(",")}`);
  return `${spell(row)} is for ${name}, which is not a host language of this package. Leave it out, or add ${name}: ${all}.`;
}

/** The choices that were made: `--kind opaque`. */
function soFarInWords<World>(table: Table<World>, values: Values): string {
  const made = table.rows.filter((row) => row.kind === "choice" && values.has(row.id));
  return made.map((row) => `--${row.flag} ${String(values.get(row.id))}`).join(" and ") || "the answers so far";
}

function checkValue<World>(row: Row<World>, value: Value, soFar: Values, world: World): Value {
  if (typeof value === "boolean") return value;
  const one = (text: string): string => {
    const result = row.check(text, soFar, world);
    if (!result.ok) throw new UsageError(result.problem);
    return result.value;
  };
  return typeof value === "string" ? one(value) : value.map(one);
}

/** What stands for «none of these» in a list of choices. */
const OTHER = "\u0000other";

async function askRow<World>(
  row: Row<World>,
  offer: Value | null,
  soFar: Values,
  world: World,
  io: Io,
): Promise<Value> {
  const ask = async (prompt: Omit<Prompt, "name">): Promise<unknown> =>
    (await io.prompt([{ ...prompt, name: row.id }]))[row.id];
  if (row.kind === "yes-no")
    return (await ask({ type: "confirm", message: row.prompt, default: offer !== false })) === true;
  const choices = row.choices?.(soFar, world) ?? [];
  const [only] = choices;
  // A choice with one way to go is no question.
  if (row.kind === "choice" && only !== undefined && choices.length === 1)
    return checkValue(row, only.value, soFar, world);
  const validate = (typed: unknown): true | string => {
    const text = String(typed ?? "");
    if (row.kind === "list" && text === "") return true;
    const result = row.check(text, soFar, world);
    return result.ok || result.problem;
  };
  if (row.kind === "list" && row.askList !== undefined) {
    return checkValue(row, await row.askList(offer, soFar, world, io), soFar, world);
  }
  if (row.kind === "list") {
    const texts = [...(Array.isArray(offer) ? (offer as readonly string[]) : [])];
    for (;;) {
      const message = `${row.prompt}${texts.length === 0 ? "" : ` (${texts.join("; ")})`}, or nothing`;
      const text = String((await ask({ type: "input", message, validate })) ?? "");
      if (text === "") return checkValue(row, texts, soFar, world);
      texts.push(text);
    }
  }
  const usual = typeof offer === "string" && offer !== "" ? { default: offer } : {};
  if (choices.length > 0) {
    const offered = choices.map((choice) => ({ name: choice.label, value: choice.value }));
    const other = row.kind === "text" ? [{ name: "something else", value: OTHER }] : [];
    const chosen = await ask({ type: "select", message: row.prompt, choices: [...offered, ...other], ...usual });
    if (chosen !== OTHER) return checkValue(row, String(chosen ?? ""), soFar, world);
  }
  return checkValue(
    row,
    String((await ask({ type: "input", message: row.prompt, validate, ...usual })) ?? ""),
    soFar,
    world,
  );
}

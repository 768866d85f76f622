import type { Io, Prompt } from "../io.js";
import type { Answers } from "../model/answers.js";
import { HOSTS, type Host } from "../model/host.js";
import { folderName } from "../naming/npm.js";
import { nativeName } from "../naming/package.js";
import { languages } from "../targets/list.js";
import { UsageError } from "./flags.js";
import type { Given, NewRequest } from "./new-request.js";
import { QUESTIONS, type Question, type QuestionContext, type QuestionId, question } from "./questions.js";
import { isLicense, isStart, isSwitch } from "./values.js";

/** Answers that a `.yo-rc.json` keeps. */
export interface Stored {
  readonly answers: Readonly<Partial<Record<QuestionId, string>>>;
  readonly year: number | null;
}

/** The world, as far as the questions need it. */
export interface Setting extends Omit<QuestionContext, "gitAuthor"> {
  readonly gitAuthor: () => Promise<string | null>;
  /** What `.yo-rc.json` keeps in a folder (relative to where the command runs), or null.
   * @throws {UsageError} where the file cannot be read as JSON */
  readonly stored: (folder: string) => Promise<Stored | null>;
  readonly year: number;
  /** The GitHub repository that is git's origin in a folder (relative as above), or null. */
  readonly repository: (folder: string) => Promise<string | null>;
}

type Values = Map<QuestionId, string | boolean>;

/**
 * Flags beat stored answers beat defaults; what no flag gave is asked, unless `--yes`, `--json` or no
 * terminal forbids it.
 * @throws {UsageError} where a flag or a stored answer is refused, or an answer is missing and nobody can be asked
 * @throws {PromptAborted} on Ctrl-C
 */
export async function answer(request: NewRequest, setting: Setting, io: Io): Promise<Answers> {
  const ask = io.interactive && !request.yes && !request.json;
  if (!ask && !request.yes && !request.given.has("name")) {
    // Else a stray call in a script would fill the folder that it happens to run in.
    throw new UsageError(
      "There is no terminal to ask on: give the package's name, or --yes for this folder and all defaults.",
    );
  }
  const here = await setting.stored(".");
  const early: QuestionContext = { ...setting, gitAuthor: null };
  const given = checkGiven(request.given, early);

  const name = await settle([question("name")], given, here, early, ask ? io : null);
  const npmName = String(name.get("name"));
  const folder = folderOf(npmName, setting.folderName, here);
  const stored = folder === "." ? here : await setting.stored(folder);

  const started = stored?.answers.start;
  if (started !== undefined && given.has("start") && given.get("start") !== started) {
    throw new UsageError(
      `This package was started from ${started}, and that is asked once: leave --start out, or start another package.`,
    );
  }
  const needsAuthor = !given.has("author") && stored?.answers.author === undefined;
  const context: QuestionContext = { ...setting, gitAuthor: needsAuthor ? await setting.gitAuthor() : null };
  const impossible = impossibleHosts(npmName);
  rejectHosts(impossible, wrappersOf(`${given.get("wrapper")},${stored?.answers.wrapper}`));
  const others = QUESTIONS.filter((row) => row.id !== "name" && row.asked === "first").map((row) =>
    row.id === "wrapper" ? withDisabled(row, impossible) : row,
  );
  if (started !== undefined) given.set("start", checked(question("start"), started, context, ""));
  const rest = await settle(others, given, stored, context, ask ? io : null);

  const text = (id: QuestionId): string => String(rest.get(id));
  // A host that the package has stays: only the user may remove its files.
  const wrappers = wrappersOf(`${text("wrapper")},${stored?.answers.wrapper ?? ""}`);
  rejectHosts(impossible, wrappers);
  return {
    name: npmName,
    nativeName: nativeName(npmName),
    folder,
    description: text("description"),
    author: text("author"),
    license: known(text("license"), isLicense),
    wrappers,
    start: known(text("start"), isStart),
    libtorch: text("libtorch"),
    cuda: known(text("cuda"), isSwitch),
    git: rest.get("git") === true,
    build: rest.get("build") === true,
    install: installOf(given, request.yes, ask),
    year: stored?.year ?? setting.year,
    repository: await setting.repository(folder),
  };
}

/** The hosts that a package of this name cannot have, each with the reason and a name that would do. */
function impossibleHosts(npmName: string): ReadonlyMap<Host, string> {
  const native = nativeName(npmName);
  return new Map(
    languages.flatMap(({ host, nameProblem }) => {
      const problem = nameProblem(native);
      return problem === null ? [] : [[host, `${problem}. Try ${npmName}-ext.`] as const];
    }),
  );
}

function rejectHosts(impossible: ReadonlyMap<Host, string>, wanted: readonly Host[]): void {
  for (const host of wanted) {
    const problem = impossible.get(host);
    if (problem !== undefined) throw new UsageError(problem);
  }
}

/** The question with impossible hosts shown, and why they cannot be chosen. */
function withDisabled(row: Question, impossible: ReadonlyMap<Host, string>): Question {
  const choices = row.choices?.map((choice) => {
    const disabled = wrappersOf(choice.value)
      .map((host) => impossible.get(host))
      .find((problem) => problem !== undefined);
    return disabled === undefined ? choice : { ...choice, disabled };
  });
  return choices === undefined ? row : { ...row, choices };
}

function wrappersOf(text: string): readonly Host[] {
  const named = text.split(",");
  return HOSTS.filter((host) => named.includes(host));
}

/** Every flag through its question's check, all of them before anything is asked. */
function checkGiven(given: Given, context: QuestionContext): Values {
  const values: Values = new Map();
  for (const row of QUESTIONS) {
    const raw = given.get(row.id);
    if (raw === undefined) continue;
    if (typeof raw === "boolean") values.set(row.id, raw);
    else values.set(row.id, checked(row, raw, context, ""));
  }
  return values;
}

/** Values of some questions: given, else asked (stored answers and defaults offered), else stored, else the default. */
async function settle(
  rows: readonly Question[],
  given: Values,
  stored: Stored | null,
  context: QuestionContext,
  io: Io | null,
): Promise<Values> {
  const values: Values = new Map();
  const open: Question[] = [];
  for (const row of rows) {
    const value = given.get(row.id);
    if (value !== undefined) values.set(row.id, value);
    else open.push(row);
  }
  // A choice with one way to go is no question.
  const asked = io === null ? [] : open.filter((row) => (row.choices?.length ?? 2) > 1);
  if (io !== null && asked.length > 0) {
    const replies = await io.prompt(asked.map((row) => promptOf(row, offered(row, stored, context), context)));
    for (const row of asked) values.set(row.id, reply(row, replies[row.id], context));
  }
  for (const row of open) {
    if (values.has(row.id)) continue;
    const value = offered(row, stored, context);
    if (value === null) throw new UsageError(missing(row));
    values.set(row.id, value);
  }
  return values;
}

/** The stored answer (checked: people edit that file), else the default, else null. */
function offered(row: Question, stored: Stored | null, context: QuestionContext): string | boolean | null {
  const kept = row.stored ? stored?.answers[row.id] : undefined;
  if (kept === undefined) return row.default(context);
  const by = row.flag === null ? "as the first argument" : `with --${row.flag}`;
  return checked(row, kept, context, ` (stored in .yo-rc.json as "${row.id}"; another one ${by} beats it)`);
}

function checked(row: Question, raw: string, context: QuestionContext, note: string): string {
  const result = row.check(raw, context);
  if (!result.ok) throw new UsageError(result.problem + note);
  return result.value;
}

function promptOf(row: Question, value: string | boolean | null, context: QuestionContext): Prompt {
  if (row.kind === "yes-no") {
    return { type: "confirm", name: row.id, message: row.prompt, default: value !== false };
  }
  const offer = value === null || value === "" ? {} : { default: value };
  if (row.choices !== undefined) {
    const choices = row.choices.map(({ label, ...choice }) => ({ name: label, ...choice }));
    return { type: "select", name: row.id, message: row.prompt, choices, ...offer };
  }
  const validate = (typed: unknown): true | string => {
    const result = row.check(String(typed ?? ""), context);
    return result.ok || result.problem;
  };
  return { type: "input", name: row.id, message: row.prompt, validate, ...offer };
}

/** A prompt's validation may have been skipped (a program answers), so the reply is checked once more. */
function reply(row: Question, value: unknown, context: QuestionContext): string | boolean {
  if (row.kind === "yes-no") return value === true;
  return checked(row, typeof value === "string" ? value : "", context, "");
}

/** "." where the name is this folder's, or that of the package which lies here; else a folder of that name. */
function folderOf(npmName: string, current: string, here: Stored | null): string {
  const base = folderName(npmName);
  const isHere =
    base === current || here?.answers.name === npmName || npmName === question("name").default(bare(current));
  return isHere ? "." : base;
}

const bare = (name: string): QuestionContext => ({
  folderName: name,
  gitAuthor: null,
  absolute: (path) => path,
  isFolder: () => false,
});

function installOf(given: Values, yes: boolean, ask: boolean): boolean | "ask" {
  const flag = given.get("install");
  if (typeof flag === "boolean") return flag;
  return yes ? true : ask ? "ask" : false;
}

function missing(row: Question): string {
  const how = row.flag === null ? `${row.id} as the first argument` : `--${row.flag} ${row.value ?? ""}`.trim();
  return `${row.prompt} is missing, and nobody can be asked: give ${how}.`;
}

function known<T extends string>(value: string, is: (value: string) => value is T): T {
  if (!is(value)) throw new Error(`unchecked answer ${value}`);
  return value;
}

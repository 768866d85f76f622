// One command that adds to a package, from its raw arguments to its exit code.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EXIT } from "../../console/exit-codes.js";
import { guarded } from "../../console/guard.js";
import type { Io } from "../../io.js";
import { nearest } from "../../naming/nearest.js";
import { errorCode } from "../../output/errors.js";
import { type PackageSources, readPackageSources } from "../../package/read.js";
import { mayAsk, type PlainAnswers, replayOf, settleTable, withAnswers } from "../../questions/dialogue.js";
import { UsageError } from "../../questions/flags.js";
import { type AdditionRequest, parseAddition, type Table, tableHelp, type Values } from "../../questions/table.js";
import { generatorVersion } from "../../templates/template-files.js";
import { type Addition, addToPackage, manifestFor, type Outcome, removeFromPackage } from "./addition.js";

export interface DoorRequest {
  readonly argv: readonly string[];
  readonly io: Io;
  /** How the door calls the command, for its help and what is said of wrong usage: `yo torch-extension:type`. */
  readonly command?: string;
}

/** The build that follows an addition. */
export interface BuildRequest {
  readonly folder: string;
  readonly install: boolean | "ask";
  readonly io: Io;
}

/** What tells `type` from `function`. */
export interface AdditionCommand<World> {
  readonly table: Table<World>;
  /** What the questions may know of the package. */
  readonly look: (read: PackageSources) => Promise<World>;
  /** The name, once the answers so far say it: with the command it makes the id, `type:scored`. */
  readonly nameIn: (soFar: Values) => string | null;
  /** Answers to what is added. @throws {UsageError} */
  readonly make: (answers: Values, world: World, read: PackageSources, replay: string) => Promise<Addition>;
}

/**
 * @returns the exit code
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C at a prompt; nothing was written
 */
export function runAddition<World>(
  command: AdditionCommand<World>,
  door: DoorRequest,
  build: (request: BuildRequest) => Promise<number>,
): Promise<number> {
  const { argv, io } = door;
  const { table } = command;
  return guarded(io, async () => {
    const request = parseAddition(argv, table, door.command);
    if (request.help || request.version) {
      io.out(request.help ? tableHelp(table, door.command) : await generatorVersion());
      return EXIT.done;
    }
    const read = await readPackageSources(request.folder, io, request.dryRun);
    const { outcome, builds } = await carryOut(command, request, read, io);
    if (!outcome.written || !builds) return outcome.code;
    const built = await build({ folder: read.root, install: mayAsk(request, io) ? "ask" : request.yes, io });
    return built === EXIT.done ? outcome.code : built;
  });
}

async function carryOut<World>(
  command: AdditionCommand<World>,
  request: AdditionRequest,
  read: PackageSources,
  io: Io,
): Promise<{ readonly outcome: Outcome; readonly builds: boolean }> {
  const { table } = command;
  const { additions = {} } = manifestFor(read);
  if (request.remove !== null) {
    const id = `${table.command}:${request.remove}`;
    if (!(id in additions)) throw new UsageError(unknown(table, request.remove, Object.keys(additions)));
    return { outcome: await removeFromPackage(read, id, request, io), builds: false };
  }
  const world = await command.look(read);
  const given =
    request.answers === null
      ? request.given
      : withAnswers(request.given, await readAnswers(resolve(io.cwd, request.answers)), request.answers, table);
  const stored = (soFar: Values): PlainAnswers | null => {
    const name = command.nameIn(soFar);
    return name === null ? null : (additions[`${table.command}:${name}`]?.answers ?? null);
  };
  const answers = await settleTable({ table, given, world, stored, io: mayAsk(request, io) ? io : null });

  const addition = await command.make(answers, world, read, replayOf(table, answers));
  const outcome = await addToPackage(read, addition, request, io);
  return { outcome, builds: answers.get("build") === true && !request.json };
}

async function readAnswers(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path} is not valid JSON: ${error.message}`);
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(errorCode(error))) throw new UsageError(`There is no file ${path}.`);
    throw error;
  }
}

function unknown<World>({ command, thing }: Table<World>, name: string, ids: readonly string[]): string {
  const names = ids.flatMap((id) => (id.startsWith(`${command}:`) ? [id.slice(command.length + 1)] : []));
  const near = nearest(name, names);
  const hint =
    near !== null
      ? `Did you mean ${near}?`
      : names.length === 0
        ? `No ${thing} was added by this command.`
        : `There are: ${names.join(", ")}.`;
  return `No ${thing} ${name} was added to this package. ${hint}`;
}

// What all of our generators are: Yeoman's prompts and arguments in front of one command of src/api.ts.
import process from "node:process";
import type Generator from "yeoman-generator";
import { type Flag, type Io, type Prompt, PromptAborted, reportFailure, terminalIo } from "../src/api.js";
import { givenArguments, rawArguments } from "./raw-arguments.js";

/** One command behind yo. */
export interface YoCommand {
  /** The first argument, by its name and help. */
  readonly argument: { readonly name: string; readonly help: string } | null;
  readonly flags: readonly Flag[];
  readonly help: () => string;
  readonly run: (request: { readonly argv: readonly string[]; readonly io: Io }) => Promise<number>;
}

/** Declares the command's arguments to Yeoman, for its own listing and for programs; only methods named after a queue are tasks. */
export function declareCommand(generator: Generator, { argument, flags, help }: YoCommand): void {
  if (argument !== null) {
    generator.argument(argument.name, { type: String, required: false, description: argument.help });
  }
  for (const flag of flags) declare(generator, flag);
  // Yeoman's own list shows flags of its own that do nothing here. A method would be a task, so a property.
  generator.help = help;
}

/** The one task of a generator. */
export async function runCommand(generator: Generator, { flags, run }: YoCommand): Promise<void> {
  const typed = rawArguments(process.argv);
  const argv = typed ?? givenArguments(generator.args, generator.options, flags);
  const io = ioOf(generator, typed === null);
  const code = await exitCode(run, argv, io);
  if (typed !== null) await leave(code);
  if (code !== 0) throw Object.assign(new Error(`torch-extension stopped with exit code ${code}.`), { code });
}

function declare(generator: Generator, flag: Flag): void {
  if (flag.name === "help") return;
  const type = flag.kind === "text" ? String : Boolean;
  const alias = flag.short === undefined ? {} : { alias: flag.short };
  generator.option(flag.name, { type: type as typeof Boolean, description: flag.help, ...alias });
}

/** @param program whether a program runs us, whose adapter answers the prompts */
function ioOf(generator: Generator, program: boolean): Io {
  const { argv, stdin, stdout, stderr } = process;
  const env = argv.includes("--no-color") ? { ...process.env, NO_COLOR: "1" } : process.env;
  const cwd = program ? generator.destinationRoot() : process.cwd();
  const io = terminalIo({ cwd, env, stdin, stdout, stderr }, (questions) => ask(generator, questions));
  return program ? { ...io, interactive: true } : io;
}

/** @throws {PromptAborted} on Ctrl-C */
async function ask(generator: Generator, questions: readonly Prompt[]): Promise<Record<string, unknown>> {
  const shown = questions.map((question) => ({ ...question })) as never;
  const module = terminalPrompts(generator);
  try {
    return await (module === null ? generator.prompt(shown) : module(shown));
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw new PromptAborted();
    throw error;
  }
}

type PromptModule = (questions: never) => Promise<Record<string, unknown>>;

/**
 * The prompts of Yeoman's terminal. `generator.prompt` shows the same ones, but on Ctrl-C it ends yo at once, with exit code
 * 1 and in the middle of whatever we clean up. Null where no terminal stands behind (tests, programs).
 */
function terminalPrompts(generator: Generator): PromptModule | null {
  const adapter = generator.env.adapter as { actualAdapter?: { promptModule?: unknown } };
  const module = adapter.actualAdapter?.promptModule;
  return typeof module === "function" && rawArguments(process.argv) !== null ? (module as PromptModule) : null;
}

async function exitCode(run: YoCommand["run"], argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run({ argv, io });
  } catch (error) {
    return reportFailure(error, io, process.env.TORCH_EXTENSION_DEBUG === "1");
  }
}

/**
 * Ends yo here, with our exit code: it would print an error of its own above ours, and run what it takes for a second
 * generator behind a comma.
 */
async function leave(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      stream.write("", () => resolve());
    });
  }
  process.exit(code);
}

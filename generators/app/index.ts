import process from "node:process";
import Generator from "yeoman-generator";
import {
  type Flag,
  type Io,
  newGrammar,
  newHelp,
  newPackage,
  type Prompt,
  PromptAborted,
  QUESTIONS,
  reportFailure,
  terminalIo,
} from "../../src/api.js";
import { givenArguments, rawArguments } from "./raw-arguments.js";

/** `yo torch-extension [name]`: asks, and leaves the rest, every file included, to `newPackage`. */
export default class extends Generator {
  constructor(args: string[], options: ConstructorParameters<typeof Generator>[1]) {
    // Only methods named after a queue are tasks.
    super(args, options, { tasksMatchingPriority: true });
    const name = QUESTIONS.find((row) => row.flag === null);
    this.argument("name", { type: String, required: false, description: name?.help ?? "" });
    for (const flag of newGrammar.flags) declare(this, flag);
    // Yeoman's own list shows flags of its own that do nothing here. A method would be a task, so a property.
    this.help = () => newHelp("yo torch-extension");
  }

  /** Yeoman would read the folder's package.json for a name that nobody needs, and end where that is broken. */
  override determineAppname(): string {
    return "";
  }

  /** The one task. */
  async default(): Promise<void> {
    const typed = rawArguments(process.argv);
    const argv = typed ?? givenArguments(this.args, this.options, newGrammar.flags);
    const io = ioOf(this, typed === null);
    const code = await exitCode(argv, io);
    if (typed !== null) await leave(code);
    if (code !== 0) throw Object.assign(new Error(`torch-extension stopped with exit code ${code}.`), { code });
  }
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

async function exitCode(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await newPackage({ argv, io });
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

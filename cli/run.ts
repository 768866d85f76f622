import {
  addFunction,
  addType,
  bindPackage,
  buildPackage,
  doctor,
  dumpIr,
  explainFunction,
  generatorVersion,
  type Io,
  nearest,
  newPackage,
  type Parsed,
  parseArguments,
  question,
  questionContext,
  UsageError,
  upgradePackage,
  watchPackage,
} from "../src/api.js";
import { type AskingName, type CommandName, commandNames, commands, helpOf, overview } from "./commands.js";

/**
 * One command line to its exit code.
 * @throws {UsageError} exit code 2
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [word, ...rest] = argv;
  if (word === undefined || word === "--help" || word === "-h") return print(io, overview());
  if (word === "--version" || word === "-v") return print(io, await generatorVersion());
  if (word === "help") return print(io, rest[0] === undefined ? overview() : helpOf(commandOf(rest[0])));

  const name = commandOf(word);
  if (name === "new") return newPackage({ argv: rest, io });
  if (name === "type") return addType({ argv: rest, io });
  if (name === "function") return addFunction({ argv: rest, io });
  const parsed = parseArguments(rest, commands[name].grammar);
  if (parsed.values.get("help") === true) return print(io, helpOf(name));
  return runIn(name, parsed, io);
}

function runIn(name: Exclude<CommandName, AskingName>, { values, positionals }: Parsed, io: Io): Promise<number> {
  const on = (flag: string): boolean => values.get(flag) === true;
  const folder = positionals[0] ?? ".";
  switch (name) {
    case "bind":
      return runBind(folder, values, io);
    case "build": {
      const libtorch = checked("libtorch", values, io);
      const cuda = checked("cuda", values, io);
      return buildPackage({
        folder,
        ...(libtorch === null ? {} : { libtorch }),
        ...(isSwitch(cuda) ? { cuda } : {}),
        debug: on("debug"),
        install: installOf(values, io),
        io,
      });
    }
    case "doctor":
      return doctor({ folder, install: on("install"), json: on("json"), io });
    case "upgrade":
      return upgradePackage({
        folder,
        dryRun: on("dry-run"),
        force: on("force"),
        json: on("json"),
        patch: textOf("patch", values),
        io,
      });
  }
}

const textOf = (flag: string, values: Parsed["values"]): string | null => {
  const value = values.get(flag);
  return typeof value === "string" ? value : null;
};

/** `bind` in one of its ways: those that write, and those that only tell. */
function runBind(folder: string, values: Parsed["values"], io: Io): Promise<number> {
  const on = (flag: string): boolean => values.get(flag) === true;
  const [force, json] = [on("force"), on("json")];
  const ways = ["watch", "explain", "dump-ir", "check", "dry-run"].filter((flag) => values.has(flag));
  const [way, other] = ways;
  if (way === "watch" && json)
    throw new UsageError("--watch prints as it goes, and --json one document: leave one out.");
  if (other !== undefined && way !== "check") {
    throw new UsageError(`--${way} and --${other} are two ways to run: leave one out.`);
  }
  const name = values.get("explain");
  if (typeof name === "string") return explainFunction({ folder, name, json, io });
  if (way === "dump-ir") return dumpIr({ folder, io });
  if (way === "watch") return watchPackage({ folder, force, io });
  return bindPackage({ folder, check: on("check"), dryRun: on("dry-run"), force, json, io });
}

/** A flag of `build` through the check of the question that it shares. */
function checked(id: "libtorch" | "cuda", values: Parsed["values"], io: Io): string | null {
  const value = values.get(id);
  if (typeof value !== "string") return null;
  const result = question(id).check(value, questionContext(io.cwd));
  if (!result.ok) throw new UsageError(result.problem);
  return result.value;
}

const isSwitch = (value: string | null): value is "auto" | "on" | "off" =>
  value === "auto" || value === "on" || value === "off";

function installOf(values: Parsed["values"], io: Io): boolean | "ask" {
  const flag = values.get("install");
  if (typeof flag === "boolean") return flag;
  if (values.get("yes") === true) return true;
  return io.interactive ? "ask" : false;
}

function commandOf(word: string): CommandName {
  const found = commandNames.find((name) => name === word);
  if (found !== undefined) return found;
  if (word.startsWith("-")) {
    throw new UsageError(`${word} stands before the command: write torch-extension <command> ${word}.`);
  }
  const near = nearest(word, commandNames);
  const hint =
    near === null
      ? "torch-extension --help lists the commands; torch-extension new <name> starts a package."
      : `Did you mean torch-extension ${near}?`;
  throw new UsageError(`Unknown command ${word}. ${hint}`);
}

function print(io: Io, text: string): number {
  io.out(text);
  return 0;
}

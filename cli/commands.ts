import {
  type Flag,
  FUNCTION_TABLE,
  type Grammar,
  type HelpPage,
  newHelp,
  question,
  renderHelp,
  TYPE_TABLE,
  tableHelp,
} from "../src/api.js";

/** Commands that ask, and read their arguments themselves. */
export type AskingName = "new" | "function" | "type";
export type CommandName = AskingName | "bind" | "build" | "doctor" | "upgrade";

/** One command beside `new`, whose flags are the questions table's. */
export interface Command {
  readonly grammar: Grammar;
  readonly page: HelpPage;
}

const help: Flag = { name: "help", short: "h", kind: "yes-no", help: "print this text" };
const json: Flag = { name: "json", kind: "yes-no", help: "print one JSON document on stdout" };
const folder = { name: "folder", help: "the package's folder [this folder]" };

/** A flag of `build` that is a question of `new`, with the question's own words. */
function sameAs(id: "libtorch" | "cuda" | "install"): Flag {
  const row = question(id);
  const text = `${row.help} [${row.defaultHelp}]`;
  if (row.kind === "yes-no") return { name: id, kind: "yes-no", negatable: true, help: text };
  return {
    name: id,
    kind: "text",
    value: row.value ?? row.choices?.map((choice) => choice.value).join("|") ?? "",
    help: text,
  };
}

function command(name: string, summary: string, flags: readonly Flag[], exits: string): Command {
  const all = [...flags, help];
  return {
    grammar: { command: `torch-extension ${name}`, flags: all, positionals: ["the package's folder"] },
    page: {
      usage: `torch-extension ${name} [folder] [flags]`,
      summary,
      positionals: [folder],
      flags: all,
      notes: [`Exit codes: 0 done, 1 failure, 2 usage, ${exits}.`],
    },
  };
}

export const commands: Readonly<Record<Exclude<CommandName, AskingName>, Command>> = {
  bind: command(
    "bind",
    "Generates every binding layer from the functions marked // [[torch::export]] below csrc/. A file whose content does not change keeps its time.",
    [
      { name: "check", kind: "yes-no", help: "write nothing; exit 3 where a generated file is not what the C++ says" },
      { name: "dry-run", kind: "yes-no", help: "list what would be written, and touch nothing" },
      { name: "force", short: "f", kind: "yes-no", help: "overwrite what is in the way, and keep a backup of each" },
      { name: "watch", kind: "yes-no", help: "bind again whenever a file below csrc/ is saved, until Ctrl-C" },
      {
        name: "explain",
        kind: "text",
        value: "<function>",
        help: "print one function's way through all layers: files, signatures, types, who owns the memory",
      },
      { name: "dump-ir", kind: "yes-no", help: "print what was read from the C++, as one JSON document" },
      json,
    ],
    "3 drift (--check), 4 the C++ was refused, 130 Ctrl-C",
  ),
  build: command(
    "build",
    "Binds, then builds the native part with CMake against libtorch.",
    [
      sameAs("libtorch"),
      sameAs("cuda"),
      { name: "debug", kind: "yes-no", help: "build without optimisation, with symbols" },
      sameAs("install"),
      { name: "yes", short: "y", kind: "yes-no", help: "never ask" },
    ],
    "4 the C++ was refused, 5 something is missing from the machine, 6 the compiler refused",
  ),
  doctor: command(
    "doctor",
    "Prints what a build would use, with versions: libtorch (and those refused, with why), CMake, ninja, compiler, Node.",
    [
      {
        name: "install",
        kind: "yes-no",
        negatable: true,
        help: "first install what a build lacks, where the system allows it [no]",
      },
      json,
    ],
    "5 something is missing from the machine",
  ),
  upgrade: command(
    "upgrade",
    "Brings lib/ and everything generated to this version of the generator. Files that are yours stay as they are: what changed in their templates is shown, as a patch.",
    [
      { name: "dry-run", kind: "yes-no", help: "show what would change, and leave the package as it is" },
      {
        name: "patch",
        kind: "text",
        value: "<file>",
        help: "also write what changed in templates of your files, for patch -p1",
      },
      {
        name: "force",
        short: "f",
        kind: "yes-no",
        help: "overwrite what you edited in lib/ and in generated files, and keep a backup of each",
      },
      json,
    ],
    "4 the C++ was refused",
  ),
};

export const commandNames: readonly CommandName[] = ["new", "type", "function", "bind", "build", "doctor", "upgrade"];

/** Help of one command. */
export function helpOf(name: CommandName): string {
  if (name === "new") return newHelp();
  if (name === "type") return tableHelp(TYPE_TABLE);
  return name === "function" ? tableHelp(FUNCTION_TABLE) : renderHelp(commands[name].page);
}

/** Help of the whole. */
export function overview(): string {
  return [
    "Usage: torch-extension <command> [flags]",
    "",
    "Native C++ and CUDA operators for torch, called from TypeScript and R.",
    "",
    "  new [name]       start a package",
    "  type [C++ type]  add a custom type to a package",
    "  function [name]  add an operator to a package",
    "  bind [folder]    generate the bindings from the annotated C++",
    "  build [folder]   bind, and build the native part",
    "  doctor [folder]  what a build would use",
    "  upgrade [folder] what is vendored and generated, as this version has it",
    "",
    "  -h, --help       this text; after a command, that command's",
    "  -v, --version    the version",
  ].join("\n");
}

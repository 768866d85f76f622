import Generator from "yeoman-generator";
import { addFunction, FUNCTION_TABLE, tableGrammar, tableHelp } from "../../src/api.js";
import { declareCommand, runCommand, type YoCommand } from "../door.js";

const door = "yo torch-extension:function";

const command: YoCommand = {
  argument: { name: "name", help: FUNCTION_TABLE.rows.find((row) => row.flag === null)?.help ?? "" },
  flags: tableGrammar(FUNCTION_TABLE).flags,
  help: () => tableHelp(FUNCTION_TABLE, door),
  run: (request) => addFunction({ ...request, command: door }),
};

/** `yo torch-extension:function [name]`: asks, and leaves the rest, every file included, to `addFunction`. */
export default class extends Generator {
  constructor(args: string[], options: ConstructorParameters<typeof Generator>[1]) {
    super(args, options, { tasksMatchingPriority: true });
    declareCommand(this, command);
  }

  /** Yeoman would read the folder's package.json for a name that nobody needs, and end where that is broken. */
  override determineAppname(): string {
    return "";
  }

  /** The one task. */
  default(): Promise<void> {
    return runCommand(this, command);
  }
}

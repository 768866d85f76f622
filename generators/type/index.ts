import Generator from "yeoman-generator";
import { addType, TYPE_TABLE, tableGrammar, tableHelp } from "../../src/api.js";
import { declareCommand, runCommand, type YoCommand } from "../door.js";

const door = "yo torch-extension:type";

const command: YoCommand = {
  argument: { name: "type", help: TYPE_TABLE.rows.find((row) => row.flag === null)?.help ?? "" },
  flags: tableGrammar(TYPE_TABLE).flags,
  help: () => tableHelp(TYPE_TABLE, door),
  run: (request) => addType({ ...request, command: door }),
};

/** `yo torch-extension:type [C++ type]`: asks, and leaves the rest, every file included, to `addType`. */
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

import Generator from "yeoman-generator";
import { newGrammar, newHelp, newPackage, QUESTIONS } from "../../src/api.js";
import { declareCommand, runCommand, type YoCommand } from "../door.js";

const door = "yo torch-extension";

const command: YoCommand = {
  argument: { name: "name", help: QUESTIONS.find((row) => row.flag === null)?.help ?? "" },
  flags: newGrammar.flags,
  help: () => newHelp(door),
  run: (request) => newPackage({ ...request, command: door }),
};

/** `yo torch-extension [name]`: asks, and leaves the rest, every file included, to `newPackage`. */
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

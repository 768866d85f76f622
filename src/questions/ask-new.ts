import type { Io } from "../io.js";
import type { Answers } from "../model/answers.js";
import { generatorVersion } from "../templates/template-files.js";
import { answer, type Setting, type Stored } from "./answers.js";
import { newHelp } from "./help.js";
import { type NewRequest, parseNew } from "./new-request.js";
import { settingOf } from "./setting.js";

/** `answers`: go on with them. `printed`: help or version is on stdout, and nothing else was wanted. */
export type Asked =
  | { readonly kind: "answers"; readonly answers: Answers; readonly request: NewRequest }
  | { readonly kind: "printed" };

/**
 * From raw arguments to answers, the same for yo and for the command line.
 * @param lookInto ends what a killed run left in a folder, and says what its manifest knows where `.yo-rc.json` is gone
 * @param command how the door calls it: `yo torch-extension`
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C
 */
export async function askNew(
  argv: readonly string[],
  io: Io,
  lookInto: (folder: string, dryRun: boolean) => Stored | null,
  command?: string,
): Promise<Asked> {
  const request = parseNew(argv, command);
  if (request.help) {
    io.out(newHelp(command));
    return { kind: "printed" };
  }
  if (request.version) {
    io.out(await generatorVersion());
    return { kind: "printed" };
  }
  const base = settingOf(io.cwd);
  const setting: Setting = {
    ...base,
    stored: async (folder) => {
      const known = lookInto(folder, request.dryRun);
      return (await base.stored(folder)) ?? known;
    },
  };
  return { kind: "answers", answers: await answer(request, setting, io), request };
}

import type { Io } from "../io.js";
import { type Answers, answer, type Setting } from "./answers.js";
import { newHelp } from "./help.js";
import { type NewRequest, parseNew } from "./new-request.js";
import { settingOf } from "./setting.js";
import { generatorVersion } from "./template-files.js";

/** `answers`: go on with them. `printed`: help or version is on stdout, and nothing else was wanted. */
export type Asked =
  | { readonly kind: "answers"; readonly answers: Answers; readonly request: NewRequest }
  | { readonly kind: "printed" };

/**
 * From raw arguments to answers, the same for yo and for the command line.
 * @param recover ends what a killed run left in a folder, before its stored answers are read
 * @throws {UsageError} exit code 2
 * @throws {PromptAborted} on Ctrl-C
 */
export async function askNew(
  argv: readonly string[],
  io: Io,
  recover: (folder: string, dryRun: boolean) => void,
): Promise<Asked> {
  const request = parseNew(argv);
  if (request.help) {
    io.out(newHelp());
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
      recover(folder, request.dryRun);
      return base.stored(folder);
    },
  };
  return { kind: "answers", answers: await answer(request, setting, io), request };
}

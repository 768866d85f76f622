import type { Io } from "../io.js";
import type { Answers } from "../model/answers.js";
import { HOSTS } from "../model/host.js";
import type { Manifest } from "../output/types.js";
import { languages } from "../targets/list.js";
import { answer, type Stored } from "./answers.js";
import { parseNew } from "./new-request.js";
import { settingOf } from "./setting.js";

/** The answers that a manifest gives away, for a package whose `.yo-rc.json` is gone. */
export function answersOf(manifest: Manifest | null): Stored | null {
  if (manifest === null) return null;
  const start = "csrc/src/lltm.cpp" in manifest.files.userOwned ? "lltm" : "minimal";
  const license = "LICENSE" in manifest.files.userOwned ? {} : { license: "none" };
  const hosts = languages.filter(({ packageFile }) => packageFile in manifest.files.userOwned).map(({ host }) => host);
  return {
    answers: { name: manifest.names.packageName, start, wrapper: hosts.join(",") || HOSTS[0], ...license },
    year: null,
  };
}

/**
 * The answers that a package was made with: of its `.yo-rc.json`, else of its manifest. Nothing is asked.
 * @throws {UsageError} where a stored answer is none
 */
export async function storedAnswers(root: string, manifest: Manifest, io: Io): Promise<Answers> {
  const { packageName, nativeName } = manifest.names;
  const setting = settingOf(root);
  const stored = async (): Promise<Stored | null> => (await setting.stored(".")) ?? answersOf(manifest);
  const request = parseNew([packageName, "--yes"]);
  const answers = await answer(request, { ...setting, stored }, { ...io, cwd: root, interactive: false });
  return { ...answers, folder: ".", nativeName };
}

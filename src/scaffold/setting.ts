import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Setting } from "./answers.js";
import type { QuestionContext } from "./questions.js";
import { readYoRc } from "./yo-rc.js";

/** What the check of a flag may know, for commands that ask nothing. */
export function questionContext(cwd: string): QuestionContext {
  return {
    folderName: basename(resolve(cwd)),
    gitAuthor: null,
    absolute: (path) => resolve(cwd, path.replace(/^~(?=$|[\\/])/, homedir())),
    isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
  };
}

/** The real world behind the questions: the folder that the command runs in, git's configuration, the clock. */
export function settingOf(cwd: string): Setting {
  return {
    ...questionContext(cwd),
    gitAuthor: () => gitAuthor(cwd),
    stored: async (folder) => readYoRc(await readYoRcText(resolve(cwd, folder)), join(folder, ".yo-rc.json")),
    year: new Date().getFullYear(),
  };
}

/** The text of a folder's `.yo-rc.json`, or null where there is none. */
export async function readYoRcText(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, ".yo-rc.json"), "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

/** `Name <mail>`, what of it git knows, or null. */
async function gitAuthor(cwd: string): Promise<string | null> {
  const { execa } = await import("execa");
  const ask = async (key: string): Promise<string> => {
    const result = await execa("git", ["config", "--get", key], { cwd, reject: false, timeout: 5000, stdin: "ignore" });
    return result.failed ? "" : result.stdout.trim();
  };
  const [name, mail] = await Promise.all([ask("user.name"), ask("user.email")]);
  const text = [name, mail === "" ? "" : `<${mail}>`].filter((part) => part !== "").join(" ");
  return text === "" ? null : text;
}

import { existsSync, statSync } from "node:fs";
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
    repository: (folder) => gitHubRepository(resolve(cwd, folder)),
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

/** Where the origin of a folder that is itself a repository is on GitHub: its page, or null. */
async function gitHubRepository(folder: string): Promise<string | null> {
  if (!existsSync(join(folder, ".git"))) return null;
  return gitHubPage(await gitConfig(folder, "remote.origin.url"));
}

/** `git@github.com:ada/ext.git`, `https://github.com/ada/ext.git`, `ssh://git@github.com/ada/ext` → `https://github.com/ada/ext`. */
export function gitHubPage(remote: string): string | null {
  const [, path] =
    /^(?:https?:\/\/(?:[^@/]*@)?|(?:ssh:\/\/)?git@|git:\/\/)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote,
    ) ?? [];
  return path === undefined ? null : `https://github.com/${path}`;
}

/** A setting of git's as it holds in a folder; "" where there is none, or no git. */
async function gitConfig(cwd: string, key: string): Promise<string> {
  const { execa } = await import("execa");
  const result = await execa("git", ["config", "--get", key], { cwd, reject: false, timeout: 5000, stdin: "ignore" });
  return result.failed ? "" : result.stdout.trim();
}

/** `Name <mail>`, what of it git knows, or null. */
async function gitAuthor(cwd: string): Promise<string | null> {
  const [name, mail] = await Promise.all([gitConfig(cwd, "user.name"), gitConfig(cwd, "user.email")]);
  const text = [name, mail === "" ? "" : `<${mail}>`].filter((part) => part !== "").join(" ");
  return text === "" ? null : text;
}

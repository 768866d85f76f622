import { readFileSync } from "node:fs";
import { basename, isAbsolute, join, normalize, resolve } from "node:path";

/** How one source file is compiled: the compiler and its arguments, launcher left out. */
export interface CompileCommand {
  readonly file: string;
  readonly folder: string;
  readonly compiler: string;
  readonly args: readonly string[];
}

/** Reads compile_commands.json of a build folder; empty where there is none. */
export function compileCommands(folder: string): CompileCommand[] {
  let entries: { directory: string; file: string; command?: string; arguments?: string[] }[];
  try {
    entries = JSON.parse(readFileSync(join(folder, "compile_commands.json"), "utf8"));
  } catch {
    return [];
  }
  return entries.flatMap(({ directory, file, command, arguments: list }) => {
    const words = list ?? shellWords(command ?? "");
    const launcher = /^s?ccache(\.exe)?$/.test(basename(words[0] ?? "")) ? 1 : 0;
    const compiler = words[launcher];
    if (compiler === undefined) return [];
    const path = isAbsolute(file) ? file : resolve(directory, file);
    return [{ file: normalize(path), folder: directory, compiler, args: words.slice(launcher + 1) }];
  });
}

/** Cuts a command line as a POSIX shell would, quotes and backslashes taken off. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word = "";
  let started = false;
  let quote = "";
  for (let i = 0; i < command.length; i++) {
    const char = command.charAt(i);
    if (quote === "'" ? char !== "'" : char === "\\" && (quote === "" || /["\\$`]/.test(command.charAt(i + 1)))) {
      word += quote === "'" ? char : command.charAt(++i);
      started = true;
    } else if (char === quote || (quote === "" && (char === '"' || char === "'"))) {
      quote = quote === "" ? char : "";
      started = true;
    } else if (quote === "" && /\s/.test(char)) {
      if (started) words.push(word);
      [word, started] = ["", false];
    } else {
      word += char;
      started = true;
    }
  }
  return started ? [...words, word] : words;
}

/** The prerequisites that a depfile of `-MD` names. */
export function depfileEntries(text: string): string[] {
  const list = text.replace(/\\\r?\n/g, " ").replace(/^.*?:\s/, "");
  return [...list.matchAll(/(?:\\.|[^\s\\])+/g)].map(([entry]) =>
    entry.replace(/\\([ #\\])/g, "$1").replaceAll("$$", "$"),
  );
}

import type { Flag } from "./flags.js";
import { newGrammar } from "./new-request.js";
import { question } from "./questions.js";

export interface HelpPage {
  readonly usage: string;
  readonly summary: string;
  /** Arguments and what they are. */
  readonly positionals: readonly { readonly name: string; readonly help: string }[];
  readonly flags: readonly Flag[];
  readonly notes?: readonly string[];
}

const width = 100;

/** A help text: usage, summary, arguments, flags. */
export function renderHelp(page: HelpPage): string {
  const rows: [string, string][] = [
    ...page.positionals.map((row): [string, string] => [row.name, row.help]),
    ...page.flags.map((flag): [string, string] => [spell(flag), flag.help]),
  ];
  const column = Math.min(30, Math.max(0, ...rows.map(([left]) => left.length)));
  const lines = [`Usage: ${page.usage}`, "", ...wrap(page.summary, width), ""];
  for (const [left, right] of rows) {
    const text = wrap(right, width - column - 4);
    const first = left.length > column ? null : (text.shift() ?? "");
    lines.push(`  ${left.padEnd(column)}${first === null ? "" : `  ${first}`}`.trimEnd());
    lines.push(...text.map((line) => `${" ".repeat(column + 4)}${line}`));
  }
  for (const note of page.notes ?? []) lines.push("", ...wrap(note, width));
  return lines.join("\n");
}

/** `--[no-]git`, `-y, --yes`, `--cuda auto|on|off`. */
function spell(flag: Flag): string {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  const value = flag.kind === "text" ? ` ${flag.value ?? "<text>"}` : "";
  return `${short}--${flag.negatable === true ? "[no-]" : ""}${flag.name}${value}`;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Help of `torch-extension new`, or of `yo torch-extension`. */
export function newHelp(command = newGrammar.command): string {
  const name = question("name");
  return renderHelp({
    usage: `${command} [name] [flags]`,
    summary:
      "Starts a package that adds native operators to torch: annotated C++, its bindings, a typed wrapper, a build and tests. " +
      "What no flag says is asked.",
    positionals: [{ name: "name", help: `${name.help} [${name.defaultHelp}]` }],
    flags: newGrammar.flags,
    notes: [
      "Flags beat the answers stored in .yo-rc.json, and those beat the defaults. A flag given twice with two values is an error.",
      "Exit codes: 0 done, 1 failure or a collision without consent, 2 usage, 4 the C++ was refused, 5 something is missing " +
        "from the machine, 6 the compiler refused, 130 Ctrl-C.",
    ],
  });
}

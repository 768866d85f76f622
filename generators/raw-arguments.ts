import type { Flag } from "../src/api.js";

/** Flags of yo's own, which are not for us wherever they stand. */
const yoFlags = new Set(["--color", "--no-color", "--debug", "--insight", "--no-insight", "--local-only"]);

/**
 * What was typed behind (or before) our name on yo's command line, as it was typed: yo's own parser makes a number of
 * `007`, joins repeated flags, lets `--yes` swallow the name and splits at a comma. Empty where we were picked from yo's
 * menu. Null where this process is not yo's.
 * @param argv `process.argv`
 */
export function rawArguments(argv: readonly string[]): string[] | null {
  const program = (argv[1] ?? "").replace(/\\/g, "/");
  if (!/(^|\/)(yo|yo\.[cm]?js|yo\/lib\/cli\.js)$/.test(program)) return null;
  const words = argv.slice(2);
  const name = words.findIndex((word) => !word.startsWith("-"));
  return words.filter((word, i) => i !== name && !yoFlags.has(word));
}

/** The same from what a program gave (`env.run(["torch-extension", "my-ext"], { license: "MIT" })`). */
export function givenArguments(
  args: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
  flags: readonly Flag[],
): string[] {
  const words: string[] = [];
  for (const flag of flags) {
    const value = options[flag.name] ?? options[camelCase(flag.name)];
    if (value === undefined || value === null) continue;
    if (flag.repeatable === true) words.push(...[value].flat().map((one) => `--${flag.name}=${String(one)}`));
    else if (flag.kind === "text") words.push(`--${flag.name}=${String(value)}`);
    else if (value === true) words.push(`--${flag.name}`);
    else if (flag.negatable === true) words.push(`--no-${flag.name}`);
  }
  return [...words, "--", ...args.map(String)];
}

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

import type { Answers } from "../model/answers.js";
import type { Stored } from "./answers.js";
import { UsageError } from "./flags.js";
import { QUESTIONS, type QuestionId } from "./questions.js";

/** Our key in `.yo-rc.json`; other generators' keys there are theirs and stay. */
const key = "generator-torch-extension";

/**
 * The answers that a `.yo-rc.json` keeps, unchecked, or null where it holds none of ours.
 * @param text the file, or null where there is none
 * @param file how the user would name it
 * @throws {UsageError} if it is not a JSON object
 */
export function readYoRc(text: string | null, file = ".yo-rc.json"): Stored | null {
  const ours = record(parse(text, file)[key]);
  if (ours === null) return null;
  const answers: Partial<Record<QuestionId, string>> = {};
  for (const row of QUESTIONS) {
    const value = ours[row.id];
    if (row.stored && typeof value === "string") answers[row.id] = value;
  }
  return { answers, year: typeof ours.year === "number" ? ours.year : null };
}

/** `.yo-rc.json` with these answers; whatever else `existing` holds is carried over. */
export function writeYoRc(answers: Answers, existing: string | null): string {
  const values: Readonly<Record<QuestionId, string | boolean>> = {
    name: answers.name,
    description: answers.description,
    author: answers.author,
    license: answers.license,
    wrapper: answers.wrappers.join(","),
    start: answers.start,
    libtorch: answers.libtorch,
    cuda: answers.cuda,
    git: answers.git,
    build: answers.build,
    install: answers.install,
  };
  const kept = QUESTIONS.filter((row) => row.stored).map((row) => [row.id, values[row.id]] as const);
  const ours = { ...Object.fromEntries(kept), year: answers.year };
  return `${JSON.stringify({ ...parse(existing), [key]: ours }, null, 2)}\n`;
}

function parse(text: string | null, file = ".yo-rc.json"): Record<string, unknown> {
  if (text === null || text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is not valid JSON (${why}): fix it, or remove it to start from the defaults.`);
  }
  const object = record(value);
  if (object === null) throw new UsageError(`${file} holds no JSON object: mend it, or remove it.`);
  return object;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

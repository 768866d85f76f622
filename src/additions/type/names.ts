// Names of a new type and of what it holds: good defaults, and what stands against a name.
import { isPortableIdentifier } from "../../naming/identifier.js";
import { isWindowsDevice, reservedWords } from "../../naming/reserved.js";
import { wordsOf } from "../../naming/words.js";
import { recordName, resultField } from "../../targets/typescript/names.js";
import { elementsOf, lastName } from "./answers.js";
import { takenBy } from "./taken-names.js";

const languages = { cpp: "C++", typescript: "TypeScript", r: "R" } as const;

/** Why a word cannot be a name of something inside a type, with what to write instead; null where it can. */
export function memberProblem(name: string): string | null {
  if (!isPortableIdentifier(name) || name.startsWith("_")) {
    return `"${name}" is no name in every language: letters, digits and underscores, a letter first.`;
  }
  for (const key of ["cpp", "typescript", "r"] as const) {
    if (reservedWords[key].has(name)) {
      return `"${name}" is a word that ${languages[key]} keeps for itself. Try ${name}_, or ${name}_value.`;
    }
  }
  return null;
}

/** Two of the names that are one in C++ or in TypeScript, in one sentence; null where there are none. */
export function twiceProblem(names: readonly string[]): string | null {
  for (const [i, name] of names.entries()) {
    const other = names.slice(0, i).find((one) => one === name || resultField(one) === resultField(name));
    if (other === undefined) continue;
    const what = other === name ? `Two are named "${name}"` : `"${other}" and "${name}" are one name in TypeScript`;
    return `${what}: call one of them ${name}2, say.`;
  }
  return null;
}

/** Why a type cannot have this name, apart from what the package has; null where it can. */
export function typeNameProblem(name: string): string | null {
  const word = memberProblem(name);
  if (word !== null) return word.replace(/ Try .*$/u, "");
  const pascal = recordName({ name });
  if (pascal.endsWith("_") && !name.endsWith("_")) {
    return `"${name}" would be ${pascal.replace(/_+$/u, "")} in TypeScript, which has another meaning there.`;
  }
  const owner = takenBy(name, pascal);
  if (owner !== null) return `"${name}" is ${owner} already.`;
  return isWindowsDevice(name) ? `"${name}" is a device on Windows, where no file can have that name.` : null;
}

const words: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^(?:torch|at)::Tensor$/u, "tensor"],
  [/^(?:double|float)$/u, "value"],
  [/^(?:std::)?int(?:\d+_t)?$/u, "count"],
  [/^std::string$/u, "text"],
  [/^bool$/u, "flag"],
];

/** `tensor, value, count` for the elements of a tuple, each once. */
export function elementNames(types: readonly string[]): readonly string[] {
  const plain = types.map(elementName);
  return plain.map((name, i) => {
    if (plain.indexOf(name) === plain.lastIndexOf(name)) return name;
    return `${name}_${plain.slice(0, i + 1).filter((one) => one === name).length}`;
  });
}

function elementName(type: string): string {
  const inner = /^[\w:]*\b(optional|vector|List|ArrayRef)\s*<([\s\S]*)>$/u.exec(type);
  if (inner !== null) {
    const name = elementName((inner[2] ?? "").trim());
    return inner[1] === "optional" ? name : `${name}s`;
  }
  const found = words.find(([pattern]) => pattern.test(type));
  if (found !== undefined) return found[1];
  const own = wordsOf(lastName(type)).join("_");
  return memberProblem(own) === null ? own : "item";
}

/** The name that is offered for a type. */
export function defaultName(cpp: string): string {
  const elements = elementsOf(cpp);
  if (elements === null) return lastName(cpp);
  const names = elements.map(elementName);
  return names.every((name) => name === names[0]) ? `${names[0]}_tuple` : names.join("_");
}

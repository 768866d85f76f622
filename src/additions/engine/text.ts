// What `--param` and `--returns` say, taken apart. Types and defaults stay text here: bind's own stages look them up.

/** `n: int64_t = 2`. */
export interface ParameterText {
  readonly name: string;
  readonly type: string;
  /** As C++; null where it has none. */
  readonly default: string | null;
}

/** `out: torch::Tensor`, or a type alone. */
export interface ResultText {
  readonly name: string | null;
  readonly type: string;
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

const named = /^\s*([^:=<>(){}\s]*)\s*:(?!:)\s*([\s\S]*)$/u;
const identifier = /^[A-Za-z_]\w*$/u;

/** `name: type`, `name: type = default`. */
export function readParameter(text: string): Read<ParameterText> {
  const match = named.exec(text);
  if (match === null) return refuse(`"${text}" is no parameter: ${form(text)}.`);
  const [, name = "", rest = ""] = match;
  const problem = nameProblem(name, text);
  if (problem !== null) return refuse(problem);
  // No type holds an equals sign.
  const at = rest.indexOf("=");
  const type = fold(at < 0 ? rest : rest.slice(0, at));
  const value = at < 0 ? null : rest.slice(at + 1).trim();
  if (type === "") return refuse(`"${text}" names no type: write ${name}: torch::Tensor, say.`);
  if (value === "") return refuse(`"${text}" has no default behind its equals sign: write one, or leave the sign out.`);
  return accept({ name, type, default: value });
}

/** What was meant by a parameter that is written otherwise, C++ order among them. */
function form(text: string): string {
  const cpp = /^\s*(?:const\s+)?([\w:<>, ]*[\w>])\s*&?\s+(\w+)\s*(=[\s\S]*)?$/u.exec(text);
  if (cpp !== null) return `write "${cpp[2]}: ${fold(cpp[1] ?? "")}${cpp[3] === undefined ? "" : ` ${cpp[3].trim()}`}"`;
  return 'write it as "x: torch::Tensor", or with a default as "n: int64_t = 2"';
}

function nameProblem(name: string, text: string): string | null {
  if (name === "") return `"${text}" has no name before its colon: write "x: ${text.replace(/^[\s:]+/u, "")}", say.`;
  if (identifier.test(name)) return null;
  const mended = name.replace(/^[^A-Za-z_]+|\W+/gu, "_").replace(/^_+(?=[A-Za-z])/u, "");
  const hint = identifier.test(mended) ? `: try ${mended}.` : ".";
  return `"${name}" is no name in every language: letters, digits and underscores, no digit first${hint}`;
}

/**
 * Every result of `--returns`: a type, or several with names, separated by commas that no bracket holds. None for nothing or
 * `void`.
 */
export function readResults(texts: readonly string[]): Read<readonly ResultText[]> {
  const parts = texts.flatMap(splitTop).map((part) => part.trim());
  const results: ResultText[] = [];
  for (const part of parts) {
    if (part === "") {
      if (parts.length === 1) continue;
      return refuse(`"${texts.join(", ")}" has an empty place between its commas: remove a comma, or write a type.`);
    }
    const match = named.exec(part);
    const [, name = null, type = part] = match ?? [];
    const problem = match === null ? null : nameProblem(name ?? "", part);
    if (problem !== null) return refuse(problem);
    if (type.includes("=")) return refuse(`"${part}" has a default, and a result has none: leave it out.`);
    if (fold(type) === "") return refuse(`"${part}" names no type: write ${name}: torch::Tensor, say.`);
    results.push({ name, type: fold(type) });
  }
  if (results.length === 1 && results[0]?.type === "void") return accept([]);
  if (results.length > 1) {
    const without = results.find(({ name }) => name === null);
    if (without !== undefined && results.some(({ name }) => name !== null)) {
      return refuse(`Some results have names and "${without.type}" has none: name it, or none of them.`);
    }
    if (results.some(({ type }) => type === "void")) {
      return refuse("void is no result beside others: leave it out.");
    }
  }
  return accept(results);
}

/** The parts between commas that stand in no bracket and no string. */
export function splitTop(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const token of text.match(/"(?:\\.|[^"\\])*"|[\s\S]/gu) ?? []) {
    if (/^[<([{]$/u.test(token)) depth += 1;
    if (/^[>)\]}]$/u.test(token)) depth -= 1;
    if (token === "," && depth <= 0) parts.push("");
    else parts.push(`${parts.pop()}${token}`);
  }
  return parts;
}

const fold = (text: string): string => text.trim().replace(/\s+/gu, " ");
const accept = <T>(value: T): Read<T> => ({ ok: true, value });
const refuse = (problem: string) => ({ ok: false as const, problem });

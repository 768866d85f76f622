// What is said about a type that nobody knows: the supported one that is nearest, and the command that adds it.

import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { type Finding, placeOf, quote, report } from "../../diagnostics/report.js";
import type { AliasDecl, TypeRef } from "../../model/declaration.js";
import type { Span } from "../../model/span.js";
import { commandLine } from "../../naming/command.js";
import { shellWord } from "../../naming/shell.js";
import type { Role } from "./place.js";
import type { Suggestion } from "./suggest.js";

/** @param alias the outermost alias whose type it stands in */
export function unknownType(
  ref: TypeRef,
  suggestion: Suggestion | null,
  at: Span,
  role: Role,
  alias: AliasDecl | undefined,
): Diagnostic {
  const notes = [
    ...(alias === undefined ? [] : [`It stands in the alias ${quote(alias.name)} at ${placeOf(alias.span)}.`]),
    ...(suggestion?.note === undefined ? [] : [suggestion.note]),
  ];
  const words = nearestWords(suggestion, ref, role);
  const command = commandFor(ref);
  return report("TX1201", at, {
    message: `${quote(ref.spelling)} is not a type that can be exported`,
    ...words,
    ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    fix: command === null ? words.fix : `${words.fix} To carry it over by hand, run ${quote(command)}.`,
  });
}

function nearestWords(suggestion: Suggestion | null, ref: TypeRef, role: Role): Pick<Finding, "label" | "fix"> {
  const verb = { result: "Return", parameter: "Take", field: "Hold" }[role];
  if (suggestion === null) {
    return {
      label: "not supported",
      fix: `${verb} one of the supported types, such as a tensor that holds the same data, or a struct or class that is defined in a header below csrc/include/.`,
    };
  }
  const spelling = completed(suggestion.spelling, ref);
  return { label: `nearest: \`${spelling}\``, fix: `${verb} \`${spelling}\`.` };
}

/** The suggestion with the arguments that were written: `std::tuple<torch::Tensor, double>` for a pair. */
function completed(spelling: string, ref: TypeRef): string {
  if (spelling.includes("<") || !/(?:optional|vector|tuple|map|_ptr)$/.test(spelling)) return spelling;
  const held = /(?:vector|optional|_ptr)$/.test(spelling) ? ref.args.slice(0, 1) : ref.args;
  const args = held.map((arg) => arg.spelling).join(", ");
  return `${spelling}<${args === "" || args.length > 80 ? "torch::Tensor" : args}>`;
}

/** A name, qualified or not, maybe with template arguments, maybe a pointer: what a class that holds it can be written for. */
const named = /^(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*(?:<.*>)?\*?$/u;
/** Types of the language itself, and the integers of its library: nobody adds those. */
const fundamental =
  /^(?:std::)?(?:char|wchar_t|char(?:8|16|32)_t|short|int|long|unsigned|signed|float|double|bool|void|auto|u?int\w*_t|s?size_t|ptrdiff_t)\*?$/u;

/** The command that adds the type to the package, for a shell; null for what no command can add. */
function commandFor(ref: TypeRef): string | null {
  const bare = ref.spelling.replace(/^const |&+$/gu, "");
  if (!named.test(bare) || fundamental.test(bare)) return null;
  return commandLine(`type ${/["$`\\!]/u.test(bare) ? shellWord(bare) : `"${bare}"`}`);
}

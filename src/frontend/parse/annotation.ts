// Reads the arguments of `[[torch::export(...)]]`, a small part of R's syntax: `name = value`, where a value is a string, TRUE, FALSE,
// or `c(…)` and `list(…)` of values.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type { Annotation, HostNames, RegisteredType } from "../../model/declaration.js";
import type { Span } from "../../model/span.js";
import { nearest } from "../../naming/nearest.js";
import type { Places } from "../scan/lines.js";
import type { Range } from "../scan/range.js";
import { type Found, readArguments, type Value } from "./values.js";

type ArgumentName = keyof Annotation["argumentSpans"];

const known: readonly ArgumentName[] = ["name", "returns", "fields", "typescript", "r", "rcpp", "register_types"];
const marker = /torch\s*::\s*export/;
const hostName = /^[A-Za-z][A-Za-z0-9_]*$/;

interface Draft {
  name: string | null;
  returns: readonly string[] | null;
  fields: readonly string[] | null;
  hostNames: HostNames;
  rcpp: boolean;
  registerTypes: readonly RegisteredType[];
}

/** Why a value will not do, or null where it was taken. */
type Take = (draft: Draft, value: Value, span: Span) => { readonly message: string; readonly fix: string } | null;

const takers: Readonly<Record<ArgumentName, Take>> = {
  name: (draft, value) => {
    if (value.kind !== "string" || !hostName.test(value.text)) {
      return {
        message: "`name` must be a name in quotes",
        fix: 'Write it as `name="leaky_step"`: letters, digits and underscores.',
      };
    }
    draft.name = value.text;
    return null;
  },
  returns: (draft, value) => {
    const names = stringsOf(value);
    if (names === null || names.length === 0 || !names.every((name) => hostName.test(name))) {
      return {
        message: "`returns` must list names in quotes",
        fix: 'Write it as `returns=c("output", "state")`: letters, digits and underscores.',
      };
    }
    draft.returns = names;
    return null;
  },
  fields: (draft, value) => {
    const names = stringsOf(value);
    if (names === null || names.length === 0 || !names.every((name) => hostName.test(name))) {
      return {
        message: "`fields` must list names in quotes",
        fix: 'Write it as `fields=c("tensor", "score")`: letters, digits and underscores.',
      };
    }
    draft.fields = names;
    return null;
  },
  typescript: (draft, value) => {
    if (value.kind !== "string" || !hostName.test(value.text)) return notHostName("typescript", "LeakyCell");
    draft.hostNames = { ...draft.hostNames, typescript: value.text };
    return null;
  },
  r: (draft, value) => {
    if (value.kind !== "string" || !hostName.test(value.text)) return notHostName("r", "leaky_cell");
    draft.hostNames = { ...draft.hostNames, r: value.text };
    return null;
  },
  rcpp: (draft, value) => {
    if (value.kind !== "bool")
      return { message: "`rcpp` must be TRUE or FALSE", fix: "Write `rcpp=FALSE`, or leave it out." };
    draft.rcpp = value.value;
    return null;
  },
  register_types: (draft, value, span) => {
    const rows = value.kind === "vector" && value.items.some((item) => item.kind === "vector") ? value.items : [value];
    const types: RegisteredType[] = [];
    for (const row of rows) {
      const [cpp, raw, abi, host, more] = stringsOf(row) ?? [];
      if (cpp === undefined || raw === undefined || abi === undefined || host === undefined || more !== undefined) {
        return {
          message: "`register_types` must list four strings for each type",
          fix: 'Write `register_types=c("alias", "Raw", "void*", "host::type")`, or leave it out: tuples and structs are derived.',
        };
      }
      types.push({ cpp, raw, abi, host, span });
    }
    draft.registerTypes = types;
    return null;
  },
};

const notHostName = (argument: string, example: string) => ({
  message: `\`${argument}\` must be a name in quotes`,
  fix: `Write it as \`${argument}="${example}"\`: letters, digits and underscores.`,
});

function stringsOf(value: Value): readonly string[] | null {
  if (value.kind === "string") return [value.text];
  if (value.kind !== "vector") return null;
  const strings = value.items.map((item) => (item.kind === "string" ? item.text : null));
  return strings.includes(null) ? null : (strings as string[]);
}

/**
 * Reads the annotation in `comment`; its arguments may go on in the line comments up to `limit`.
 * What is wrong is reported, and the rest still read.
 */
export function readAnnotation(
  text: string,
  comment: Range,
  limit: number,
  places: Places,
): { readonly annotation: Annotation; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const word = marker.exec(text.slice(comment.start, limit));
  const start = comment.start + (word === null ? 0 : word.index + word[0].length);
  const open = Math.max(text.lastIndexOf("[[", start), comment.start);
  const found = readArguments(text, start, limit);
  const end = found.problem === null ? found.end : comment.end;
  const span = places.span(open, end);
  if (found.problem !== null) {
    const at = Math.min(found.problem.at, comment.end);
    diagnostics.push(
      report("TX1101", places.span(at, Math.max(at, Math.min(at + 1, comment.end))), {
        message: `the annotation cannot be read: ${found.problem.message}`,
        fix: 'Write it as `// [[torch::export]]` or `// [[torch::export(returns=c("output", "state"))]]`.',
      }),
    );
  }
  const draft: Draft = {
    name: null,
    returns: null,
    fields: null,
    hostNames: { typescript: null, r: null },
    rcpp: true,
    registerTypes: [],
  };
  const argumentSpans: Partial<Record<ArgumentName, Span>> = {};
  for (const argument of found.arguments) {
    const problem = takeArgument(argument, draft, argumentSpans, places);
    if (problem !== null) diagnostics.push(problem);
  }
  return { annotation: { ...draft, argumentSpans, span }, diagnostics };
}

function takeArgument(
  argument: Found,
  draft: Draft,
  spans: Partial<Record<ArgumentName, Span>>,
  places: Places,
): Diagnostic | null {
  const span = places.span(argument.start, argument.end);
  const name = known.find((candidate) => candidate === argument.name);
  if (name === undefined) {
    const suggestion = nearest(argument.name, known);
    return report("TX1102", span, {
      message: `\`torch::export\` has no argument ${quote(argument.name)}`,
      fix:
        suggestion === null
          ? "Remove it: the arguments are `name`, `returns`, `fields`, `typescript`, `r`, `rcpp` and `register_types`."
          : `Did you mean \`${suggestion}\`? The arguments are \`name\`, \`returns\`, \`fields\`, \`typescript\`, \`r\`, \`rcpp\` and \`register_types\`.`,
    });
  }
  if (spans[name] !== undefined) {
    return report("TX1104", span, { message: `\`${name}\` is given twice`, fix: "Remove one of the two." });
  }
  spans[name] = span;
  const problem = takers[name](draft, argument.value, span);
  return problem === null ? null : report("TX1103", span, problem);
}

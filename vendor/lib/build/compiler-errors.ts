import { normalize, resolve } from "node:path";

/** A place in a file. The path is as the compiler wrote it, made absolute and normal. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** One error or warning of a compiler or linker, with what leads to the person's own source. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Where the compiler stopped; null for a linker's complaint without a place. */
  readonly place: Place | null;
  /** Places that asked for it, nearest first: instantiations. */
  readonly requiredFrom: readonly Place[];
  /** Files that include the place's file, nearest first. */
  readonly includedFrom: readonly Place[];
  /** The compiler's own lines. */
  readonly text: readonly string[];
}

interface Draft {
  severity: "error" | "warning";
  message: string;
  place: Place | null;
  requiredFrom: Place[];
  includedFrom: Place[];
  text: string[];
}

const file = String.raw`((?:[A-Za-z]:)?[^:()\n]+?)`;
// g++ and clang++ write file:line:column:, nvcc file(line):, MSVC file(line,column):
const located = new RegExp(
  String.raw`^${file}(?::(\d+)(?::(\d+))?:|\((\d+)(?:,(\d+))?\) ?:) *(fatal error|error|warning|note)(?: [A-Z#]*\d[\w-]*)?: *(.*)$`,
);
const required = new RegExp(String.raw`^${file}:(\d+)(?::(\d+))?:\s+(?:recursively )?required (?:from|by)`);
const included = new RegExp(String.raw`^(?:In file included from|\s+from) ${file}(?::(\d+))?(?::(\d+))?[:,]$`);
const inFunction = new RegExp(`^${file}: (?:In |At global scope)`);
const reference = new RegExp(
  String.raw`^(?:.*?ld(?:\.\w+)?: )?${file}(?::(\d+))?(?::\([^)]*\))?: (undefined reference to .*)$`,
);
const unresolved =
  /^(?:\S*ld(?:\.lld|64\.lld)?: error: (undefined symbol.*)|(Undefined symbols for architecture .*)|.*error LNK\d+: (.*))$/;
const placeless = /^(?:\S+: )?(?:fatal error|internal compiler error|error): (.*)$/;
const summary = /ld returned|linker command failed|no input files/;
const chatter =
  /^(\[ *\d+(\/\d+|%)\] |FAILED: |ninja: |g?make(\[\d+\])?: |\d+ (warnings?|errors?)( and \d+ errors?)? generated|compilation terminated)/;
const requested = /requested here|see reference to|required from here|called from/;

/** Reads errors and warnings of g++, clang++, nvcc, MSVC and the linkers from a log; relative paths start at `folder`. */
export function parseDiagnostics(lines: readonly string[], folder: string): Diagnostic[] {
  const found: Draft[] = [];
  let includes: Place[] = [];
  let requires: Place[] = [];
  let context: string[] = [];
  let current: Draft | null = null;
  const place = (name = "", line?: string, column?: string): Place => ({
    file: normalize(resolve(folder, name)),
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
  });
  const begin = (severity: Draft["severity"], message: string, at: Place | null, line: string): void => {
    current = {
      severity,
      message,
      place: at,
      requiredFrom: requires,
      includedFrom: includes,
      text: [...context, line],
    };
    found.push(current);
    [requires, context] = [[], []];
  };
  const lead = (line: string): void => {
    context.push(line);
    current = null;
  };
  // The first that matches a line takes it; a line that none takes belongs to the diagnostic before it.
  const rules: readonly (readonly [RegExp, (match: RegExpExecArray, line: string) => void])[] = [
    [
      chatter,
      () => {
        [includes, requires, context, current] = [[], [], [], null];
      },
    ],
    [
      included,
      ([, name, at, column], line) => {
        const continues = requires.length > 0 || included.test(context.at(-1) ?? "");
        // clang++ repeats «In file included from» with the outermost first, g++ says it once and goes outwards.
        if (!line.startsWith("In file")) includes = [...includes, place(name, at, column)];
        else includes = [place(name, at, column), ...(continues ? includes : [])];
        lead(line);
      },
    ],
    [
      required,
      ([, name, at, column], line) => {
        requires.push(place(name, at, column));
        lead(line);
      },
    ],
    [
      located,
      ([, name, line1, column1, line2, column2, kind, message = ""], line) => {
        const at = place(name, line1 ?? line2, column1 ?? column2);
        if (kind === "note") note(current ?? found.at(-1), at, message, line);
        else begin(kind === "warning" ? "warning" : "error", message, at, line);
      },
    ],
    [
      reference,
      ([, name, at, message = ""], line) => {
        if (at === undefined) begin("error", `${message} (${name})`, null, line);
        else begin("error", message, place(name, at), line);
      },
    ],
    [unresolved, ([, lld, mac, msvc], line) => begin("error", lld ?? mac ?? msvc ?? "", null, line)],
    [summary, () => {}],
    [placeless, ([, message = ""], line) => begin("error", message, null, line)],
    [
      inFunction,
      (_, line) => {
        if (includes.length === 0) context = [];
        lead(line);
      },
    ],
  ];
  for (const line of lines) {
    const rule = rules.find(([pattern]) => pattern.test(line));
    const match = rule?.[0].exec(line);
    if (rule !== undefined && match) rule[1](match, line);
    else (current as Draft | null)?.text.push(line);
  }
  return found;
}

function note(draft: Draft | undefined, at: Place, message: string, line: string): void {
  if (draft === undefined) return;
  if (requested.test(message)) draft.requiredFrom.push(at);
  draft.text.push(line);
}

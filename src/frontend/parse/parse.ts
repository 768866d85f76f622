import type { Parser } from "web-tree-sitter";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { quote, report } from "../../diagnostics/report.js";
import type {
  Annotation,
  FunctionDecl,
  HostNames,
  MethodDecl,
  ParsedFile,
  UnmarkedDecl,
} from "../../model/declaration.js";
import type { SourceFile } from "../../model/file.js";
import { type Conditional, tellConditions } from "../scan/conditions.js";
import { type Places, placesOf } from "../scan/lines.js";
import { type Annotated, type Naming, type Scan, scan } from "../scan/scan.js";
import type { Body } from "../scan/scope.js";
import { deepestScope, isOpen, namespaceOf, obstacleOf } from "../scan/scope.js";
import { readAnnotation } from "./annotation.js";
import { type Declaring, readDeclared } from "./declared.js";
import { readDoc } from "./doc.js";
import { readFunction } from "./function.js";
import { type Memory, newMemory } from "./memory.js";
import { readMethod } from "./method.js";
import { readUsing } from "./naming.js";
import { readRegistrations } from "./registrations.js";
import { readUnmarked, type Saying } from "./unmarked.js";

export interface Parsed {
  readonly file: ParsedFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file of which all is read but the types that it declares, and what it says of functions that are annotated elsewhere. */
interface Half extends Parsed {
  readonly declaring: Declaring;
  readonly saying: Saying;
}

/** Reads one C++ file, as `parsePackage` does several. */
export function parse(parser: Parser, file: SourceFile): Parsed {
  return parsePackage(parser, [file])[0] as Parsed;
}

/**
 * Reads C++ files: annotated functions and members with their comments, what names types, the classes and enums that a
 * signature needs, and what is registered by hand. Nothing is looked up. Findings are returned, never thrown.
 */
export function parsePackage(parser: Parser, files: readonly SourceFile[]): readonly Parsed[] {
  const halves = files.map((file) => parseHalf(parser, file));
  const names = new Set(halves.flatMap(annotatedNames));
  const unmarked = halves.map(({ saying }) => readUnmarked(parser, saying, names));
  const declared = readDeclared(
    parser,
    halves.map(({ declaring }, i) => ({
      ...declaring,
      signatures: [...declaring.signatures, ...(unmarked[i] ?? []).flatMap(typesIn)],
    })),
  );
  return halves.map(({ file, diagnostics }, i) => {
    const { enums = [], records = [], aliases = [] } = declared[i] ?? {};
    return { file: { ...file, unmarked: unmarked[i] ?? [], enums, records, aliases }, diagnostics };
  });
}

function annotatedNames({ file, declaring }: Half): readonly string[] {
  const methods = [...declaring.methods.values()].flat();
  return [...file.functions, ...methods].map(({ name }) => name);
}

function typesIn({ parameters }: UnmarkedDecl): readonly string[] {
  return parameters.map(({ type }) => type.spelling);
}

function parseHalf(parser: Parser, { path, text: source }: SourceFile): Half {
  // To compilers a carriage return alone ends a line, and with it a comment.
  const text = source.replace(/\r(?!\n)/g, "\n");
  const places = placesOf(path, text);
  const zero = text.indexOf("\0");
  if (zero >= 0) return unreadable(path, notText(places, zero), places);

  const found = scan(text);
  const diagnostics: Diagnostic[] = [...lookalikes(found, text, places)];
  const functions: FunctionDecl[] = [];
  const methods = new Map<Body, MethodDecl[]>();
  const memory = newMemory();
  const namings = [...found.namings];
  const hostNames = new Map<number, HostNames>();
  const conditionals: Conditional[] = [];
  for (const annotated of found.annotated) {
    const read = readAnnotated(parser, text, annotated, places, memory);
    const { branch, opener } = annotated;
    for (const { name, span } of read.method?.declarations ?? (read.declaration === null ? [] : [read.declaration])) {
      conditionals.push({ name, span, branch, opener });
    }
    for (const diagnostic of read.diagnostics) diagnostics.push(diagnostic);
    if (read.named !== null) hostNames.set(annotated.statement?.start ?? -1, read.named);
    else if (read.naming !== null) namings.push(read.naming);
    else if (read.method !== null) {
      const { body, declarations } = read.method;
      const known = methods.get(body) ?? [];
      methods.set(body, known);
      known.push(...declarations);
    } else if (read.declaration !== null) functions.push(read.declaration);
  }
  const unmarked = (name: string) => (found.unmarked.get(name) ?? []).map(({ branch }) => branch);
  diagnostics.push(...tellConditions(conditionals, unmarked, text, places));
  const usings = found.namings.flatMap((naming) => readUsing(text, naming) ?? []);
  const spaces = found.namespaces.filter((scope) => scope.depth <= deepestScope);
  return {
    file: {
      path,
      functions,
      unmarked: [],
      aliases: [],
      usings,
      namespaces: [...new Set(spaces.map((scope) => namespaceOf(scope).join("::")))],
      registrations: found.libraries.flatMap((library) => readRegistrations(parser, text, library)),
      enums: [],
      records: [],
      annotations: found.annotated.length,
    },
    diagnostics,
    declaring: {
      text,
      places,
      bodies: found.bodies,
      methods,
      hostNames,
      namings,
      signatures: signaturesOf(text, found),
    },
    saying: { text, places, memory, unmarked: found.unmarked },
  };
}

/** The text of annotated declarations, in which every type that they need is named. */
function signaturesOf(text: string, found: Scan): readonly string[] {
  return found.annotated.flatMap(({ statement }) =>
    statement === null ? [] : [text.slice(statement.start, Math.min(statement.end, statement.start + 50_000))],
  );
}

/** Nothing but the sign that something was refused. */
function unreadable(path: string, diagnostic: Diagnostic, places: Places): Half {
  const nothing = {
    ...{ functions: [], unmarked: [], aliases: [], usings: [], namespaces: [], registrations: [], enums: [] },
    ...{ records: [] },
  };
  return {
    file: { path, ...nothing, annotations: 1 },
    diagnostics: [diagnostic],
    declaring: { text: "", places, bodies: [], methods: new Map(), hostNames: new Map(), namings: [], signatures: [] },
    saying: { text: "", places, memory: newMemory(), unmarked: new Map() },
  };
}

function notText(places: Places, at: number): Diagnostic {
  return report("TX1001", places.span(at, at + 1), {
    message: "this file is not C++ source: it holds a zero byte",
    fix: "Save it as UTF-8 text, or move it out of csrc/.",
  });
}

interface ReadPlace {
  readonly declaration: FunctionDecl | null;
  /** What was read of a class, where the annotation stands in one. */
  readonly method: { readonly body: Body; readonly declarations: readonly MethodDecl[] } | null;
  /** What hosts call the class, struct or enum below the annotation. */
  readonly named: HostNames | null;
  /** The alias whose tuple's elements the annotation names. */
  readonly naming: Naming | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the annotation, the comments and the function of one place. */
function readAnnotated(parser: Parser, text: string, annotated: Annotated, places: Places, memory: Memory): ReadPlace {
  const [comment, second] = annotated.annotations;
  const last = annotated.comments.at(-1) ?? comment;
  if (comment === undefined || last === undefined)
    return { declaration: null, method: null, named: null, naming: null, diagnostics: [] };
  const limit = second?.start ?? Math.max(last.end, comment.end);
  const { annotation, diagnostics } = readAnnotation(text, comment, limit, places);
  const all = [...diagnostics];
  if (second !== undefined) {
    all.push(
      report("TX1108", places.span(second.start, second.end), {
        message: "this function is annotated twice",
        fix: "Put the arguments of both into one annotation.",
      }),
    );
  }
  const start = annotated.statement?.start ?? comment.end;
  const doc = readDoc(text, annotated.comments, start, places);
  const naming = namedAlias(text, annotated, annotation, doc?.summary ?? null);
  if (naming !== null) return { declaration: null, method: null, named: null, naming, diagnostics: all };
  if (namesType(text, annotated, annotation)) {
    return { declaration: null, method: null, named: annotation.hostNames, naming: null, diagnostics: all };
  }
  const { fields, typescript, r } = annotation.argumentSpans;
  for (const [argument, span] of [
    ["typescript", typescript],
    ["r", r],
  ] as const) {
    if (span === undefined) continue;
    all.push(
      report("TX1103", span, {
        message: `\`${argument}\` names a type, and this is none`,
        fix: 'Put it above an enum, a struct, a class, or the alias of a tuple. A function is named by `name="…"`.',
      }),
    );
  }
  if (fields !== undefined) {
    all.push(
      report("TX1103", fields, {
        message: "`fields` stands above the alias of a tuple, and this is none",
        fix: 'Put it above `using scored = std::tuple<…>;`. The elements of a result are named by `returns=c("a", "b")`.',
      }),
    );
  }
  const around = { text, places, annotation, doc, memory };
  const { body } = annotated.scope;
  if (body?.name != null && body.keyword !== "enum" && obstacleOf(annotated.scope) === "class") {
    const read = readMethod(parser, annotated, body, around);
    const declarations = read.declaration === null ? [] : [read.declaration];
    return {
      declaration: null,
      method: { body, declarations },
      named: null,
      naming: null,
      diagnostics: [...all, ...read.diagnostics],
    };
  }
  const read = readFunction(parser, annotated, around);
  return {
    declaration: read.declaration,
    method: null,
    named: null,
    naming: null,
    diagnostics: [...all, ...read.diagnostics],
  };
}

/** `using scored = std::tuple<…>;` below an annotation with `fields=`; null for anything else. */
function namedAlias(
  text: string,
  { statement, terminator, scope }: Annotated,
  { fields, hostNames, argumentSpans }: Annotation,
  doc: string | null,
): Naming | null {
  const span = argumentSpans.fields;
  if (fields === null || span === undefined || statement === null || terminator !== ";" || !isOpen(scope)) return null;
  const keyword = /^(using|typedef)\b/.exec(text.slice(statement.start, statement.start + 8))?.[1];
  if (keyword !== "using" && keyword !== "typedef") return null;
  return { ...statement, keyword, scope, said: { fields: { names: fields, span }, doc, hostNames } };
}

/** Whether a class, struct or enum stands below an annotation that says what hosts call it. */
function namesType(text: string, { statement, terminator, scope }: Annotated, { argumentSpans }: Annotation): boolean {
  const { typescript, r, ...others } = argumentSpans;
  if (typescript === undefined && r === undefined) return false;
  if (statement === null || terminator !== "{" || !isOpen(scope) || Object.keys(others).length > 0) return false;
  return /^(?:class|struct|enum)\b/.test(text.slice(statement.start, statement.start + 8));
}

/** What was meant as an annotation and is none. */
function lookalikes(found: Scan, text: string, places: Places): readonly Diagnostic[] {
  const attributes = found.attributes.map((range) =>
    report("TX1106", places.span(range.start, range.end), {
      message: "the annotation is written as an attribute, which compilers warn of",
      fix: "Write it as a comment above the function: `// [[torch::export]]`.",
    }),
  );
  const misspelled = found.misspelled.map((comment) => {
    const at = text.indexOf("[[", comment.start);
    const word = /^[\s[]*([\w:\s-]*)/.exec(text.slice(at, Math.min(comment.end, at + 80)))?.[1]?.trim() ?? "";
    return report("TX1107", places.span(at, Math.min(comment.end, at + 2 + word.length)), {
      message: `${quote(word)} is not an annotation that is known here`,
      fix: "Did you mean `[[torch::export]]`?",
    });
  });
  const inBlocks = found.inBlocks.map((comment) => {
    const inside = text.slice(comment.start, comment.end);
    const at = comment.start + Math.max(inside.search(/\[\[\s*torch\s*::\s*export/), 0);
    return report("TX1111", places.span(at, at + 2), {
      message:
        comment.kind === "block"
          ? "an annotation in a block comment marks nothing"
          : "an annotation marks nothing where the comment above goes on over it",
      fix:
        comment.kind === "block"
          ? "Write it on a line of its own, right above the function: `// [[torch::export]]`."
          : "Remove the backslash at the end of the line above.",
    });
  });
  return [...attributes, ...misspelled, ...inBlocks];
}

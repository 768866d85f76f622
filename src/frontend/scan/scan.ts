// One pass over a file's characters, which finds where declarations of interest begin and end. Comments, strings, raw strings and
// directives are told apart here, and braces are followed to know the namespace. What lies inside function bodies is never parsed, so
// that nothing there (macros, unfinished code, deep nesting) can hide an annotated function.
import type { AliasDecl } from "../../model/declaration.js";
import { type Branch, namespaceMacro } from "./conditions.js";
import { branchOf, type Directives, directiveAt, newDirectives } from "./directives.js";
import type { Comment, Range } from "./range.js";
import { type Body, blockIn, deepestScope, globalScope, isNamespace, isOpen, type Scope, scopeAfter } from "./scope.js";
import {
  blockCommentEnd,
  identifierEnd,
  isIdentifierStart,
  lineCommentEnd,
  numberEnd,
  quotedEnd,
  rawEnd,
} from "./tokens.js";

/** What follows one or more annotations. */
export interface Annotated {
  readonly annotations: readonly Comment[];
  /** All comments in front of the declaration, in order, annotations among them. */
  readonly comments: readonly Comment[];
  /** From the first token to before the `;` or `{`; null where none follows. */
  readonly statement: Range | null;
  /** What ended the statement; "" for the end of the file, of the scope, or another annotation. */
  readonly terminator: ";" | "{" | "";
  readonly scope: Scope;
  /** The branch of an `#if` that it begins in. */
  readonly branch: Branch | null;
  /** The macro in front of it that seems to open a namespace. */
  readonly opener: Range | null;
}

/** A declaration without annotation that may be of a function, up to its `;` or `{`. */
export interface Unmarked extends Range {
  readonly terminator: ";" | "{";
  readonly comments: readonly Comment[];
  readonly scope: Scope;
  readonly branch: Branch | null;
}

/** A declaration without annotation that names something: by its first word. */
export interface Naming extends Range {
  readonly keyword: "using" | "typedef" | "namespace";
  readonly scope: Scope;
  /** What an annotation above it says. */
  readonly said?: Pick<AliasDecl, "fields" | "doc" | "hostNames">;
}

/** `TORCH_LIBRARY…(…) { … }`, from the macro's name to after the closing brace. */
export interface Library extends Range {
  readonly macro: string;
}

/** A declaration in a class, from its first token to before its `;` or `{`. */
export interface Member extends Range {
  readonly terminator: Annotated["terminator"];
  readonly comments: readonly Comment[];
  readonly scope: Scope;
  /** After the `}` of the braces that ended it; else where it ends. */
  close: number;
}

export interface Scan {
  readonly annotated: readonly Annotated[];
  /** By the names in front of their brackets; of one name not more than a person declares. */
  readonly unmarked: ReadonlyMap<string, readonly Unmarked[]>;
  readonly namings: readonly Naming[];
  readonly libraries: readonly Library[];
  readonly namespaces: readonly Scope[];
  /** Classes and enums, those in classes included, unless a function or an unnamed namespace hides them. */
  readonly bodies: readonly Body[];
  /** Of the class that was asked for. */
  readonly members: readonly Member[];
  /** `[[torch::export]]` written as an attribute, outside a comment. */
  readonly attributes: readonly Range[];
  /** Comments that look like an annotation and are none. */
  readonly misspelled: readonly Comment[];
  /** Block comments with an annotation at the start of a line, and line comments that go on over one. */
  readonly inBlocks: readonly Comment[];
}

/** On its own, or behind others: `[[a]] [[b, torch::export]]`. */
const annotationPattern =
  /\/\/[/!']*[ \t]*(?:\[\[[^\]\r\n]*\]\][ \t]*)*\[\[(?:[^\]\r\n]*,)?\s*torch\s*::\s*export(?![\w-])/y;
const misspelledPattern = /\/\/[/!']*[ \t]*\[\[\s*(?:torch\s*::\s*[\w-]+|torch_?exports?(?![\w:]))/iy;
const inBlockPattern = /(?:^\/\*[*!]*|\n[ \t]*\**)[ \t]*\[\[\s*torch\s*::\s*export(?![\w-])/;
/** On a line that a backslash at the end of the one above makes part of its comment. */
const continuedPattern = /\\\r?\n[ \t]*\/\/[/!']*[ \t]*\[\[\s*torch\s*::\s*export(?![\w-])/;
const attributePattern = /\[\[\s*torch\s*::\s*export(?!\w)/y;

function matchesAt(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

/** Declarations without annotation that are kept of one name, and names that are looked at in one. */
const mostUnmarked = 100;
const mostCalled = 3;

interface Machine {
  scope: Scope;
  /** Open ( and [ of the statement at hand. */
  brackets: number;
  /** The last identifier, and those in front of an outermost ( of the statement at hand. */
  word: { start: number; end: number };
  called: string[];
  /** Where the statement at hand began; -1 between statements. */
  start: number;
  branch: Branch | null;
  firstWord: string;
  opener: Range | null;
  comments: Comment[];
  annotations: Comment[];
  directives: Directives;
  /** The library block that is open, and the scope outside it. */
  library: { macro: string; start: number; outside: Scope } | null;
}

/** Reads a file, or the members of one class in it. Linear in its length; throws nothing. */
export function scan(text: string, inside?: Range & { readonly scope: Scope }): Scan {
  const { start: from, end: to, scope: outermost } = inside ?? { start: 0, end: text.length, scope: globalScope };
  const annotated: Annotated[] = [];
  const unmarked = new Map<string, Unmarked[]>();
  const namings: Naming[] = [];
  const libraries: Library[] = [];
  const namespaces: Scope[] = [];
  const bodies: Body[] = [];
  const members: Member[] = [];
  const attributes: Range[] = [];
  const misspelled: Comment[] = [];
  const inBlocks: Comment[] = [];
  const m: Machine = {
    scope: outermost,
    brackets: 0,
    word: { start: 0, end: 0 },
    called: [],
    start: -1,
    branch: null,
    firstWord: "",
    opener: null,
    comments: [],
    annotations: [],
    directives: newDirectives(),
    library: null,
  };

  const forget = () => {
    m.start = -1;
    m.brackets = 0;
    m.firstWord = "";
    if (m.called.length > 0) m.called = [];
    m.annotations = [];
    m.comments = [];
  };
  const endStatement = (end: number, terminator: Annotated["terminator"]) => {
    if (inside !== undefined && m.start >= 0 && m.scope.depth === outermost.depth) {
      members.push({ start: m.start, end, terminator, comments: m.comments, scope: m.scope, close: end });
    }
    if (m.annotations.length > 0) {
      const statement = m.start < 0 ? null : { start: m.start, end };
      const { annotations, comments, scope, branch, opener } = m;
      annotated.push({ annotations, comments, statement, terminator, scope, branch, opener });
    } else if (m.start >= 0 && terminator === ";" && isOpen(m.scope)) {
      const keyword = m.firstWord;
      if (keyword === "using" || keyword === "typedef" || keyword === "namespace") {
        namings.push({ keyword, start: m.start, end, scope: m.scope });
      }
    }
    if (m.called.length > 0 && terminator !== "" && m.annotations.length === 0) keepUnmarked(end, terminator);
    forget();
  };
  const keepUnmarked = (end: number, terminator: Unmarked["terminator"]) => {
    const { start, comments, scope, branch } = m;
    const one: Unmarked = { start, end, terminator, comments, scope, branch };
    for (const name of m.called) {
      const group = unmarked.get(name) ?? [];
      if (group.length === 0) unmarked.set(name, group);
      if (group.length < mostUnmarked) group.push(one);
    }
  };
  const comment = (found: Comment) => {
    if (found.kind === "line" && matchesAt(annotationPattern, text, found.start)) {
      // An annotation begins a new declaration, whatever was left unfinished before it.
      if (m.start >= 0) endStatement(found.start, "");
      m.annotations.push(found);
    } else if (found.kind === "line" && matchesAt(misspelledPattern, text, found.start)) {
      misspelled.push(found);
    } else if ((found.kind === "block" ? inBlockPattern : continuedPattern).test(text.slice(found.start, found.end))) {
      inBlocks.push(found);
    }
    if (m.start < 0) m.comments.push(found);
  };
  const token = (at: number) => {
    if (m.start >= 0) return;
    m.start = at;
    m.branch = branchOf(m.directives);
  };
  const open = (at: number) => {
    if (m.brackets > 0 || m.scope.brackets !== 0) {
      const { scope } = m;
      m.scope = { kind: "block", names: [], outer: scope, depth: scope.depth + 1, brackets: m.brackets || -1 };
      m.brackets = 0;
      return;
    }
    const start = m.start < 0 ? at : m.start;
    const place = { start, open: at, comments: m.comments };
    // Inside a member, nothing is looked for.
    const next =
      inside === undefined
        ? scopeAfter(text.slice(start, Math.min(at, start + 5000)), m.scope, place)
        : blockIn(m.scope);
    if (isOpen(m.scope) && m.firstWord.startsWith("TORCH_LIBRARY") && m.library === null) {
      m.library = { macro: m.firstWord, start, outside: m.scope };
    }
    if (next.kind === "namespace" && m.annotations.length === 0) namespaces.push(next);
    if (next.body !== undefined && isNameable(m.scope)) bodies.push(next.body);
    endStatement(at, "{");
    m.scope = next;
  };
  const close = (at: number) => {
    const closed = m.scope;
    if (closed.outer !== null && closed.brackets !== 0) {
      m.scope = closed.outer;
      m.brackets = Math.max(0, closed.brackets);
      return;
    }
    endStatement(at, "");
    if (closed.outer === null) return;
    m.scope = closed.outer;
    if (closed.body !== undefined && closed.body.end < 0) closed.body.end = at + 1;
    const member = members.at(-1);
    if (member !== undefined && m.scope.depth === outermost.depth) member.close = at + 1;
    if (m.library !== null && m.library.outside === m.scope) {
      libraries.push({ macro: m.library.macro, start: m.library.start, end: at + 1 });
      m.library = null;
    }
  };

  let i = from;
  let freshLine = true;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      freshLine = true;
      i++;
    } else if (code === 32 || code === 9 || code === 11 || code === 12 || code === 0xfeff) {
      i++;
    } else if (code === 47 && text.charCodeAt(i + 1) === 47) {
      const end = lineCommentEnd(text, i);
      comment({ kind: "line", start: i, end });
      i = end;
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      const end = blockCommentEnd(text, i);
      comment({ kind: "block", start: i, end });
      i = end;
    } else if (code === 35 && freshLine) {
      const { end, restore } = directiveAt(text, i, m.directives, { scope: m.scope, brackets: m.brackets });
      if (restore !== null) {
        m.scope = restore.scope;
        m.brackets = restore.brackets;
      }
      i = end;
    } else {
      freshLine = false;
      i = significant(code, i);
    }
  }
  endStatement(to, "");
  return { annotated, unmarked, namings, libraries, namespaces, bodies, members, attributes, misspelled, inBlocks };

  /** Takes the token at `at`, which is no white space, comment or directive; returns where it ends. */
  function significant(code: number, at: number): number {
    if (isIdentifierStart(code)) {
      const end = identifierEnd(text, at);
      if (text.charCodeAt(end) === 34) {
        const raw = rawEnd(text, at, end);
        if (raw !== null) {
          token(at);
          return raw;
        }
      }
      if (m.start < 0) first(at, end);
      m.word.start = at;
      m.word.end = end;
      token(at);
      return end;
    }
    if (code >= 48 && code <= 57) {
      token(at);
      return numberEnd(text, at);
    }
    switch (code) {
      case 34: // "
      case 39: // '
        token(at);
        return quotedEnd(text, at);
      case 40: // (
      case 91: // [
        if (code === 91 && matchesAt(attributePattern, text, at)) attributes.push({ start: at, end: at + 2 });
        token(at);
        if (code === 40 && m.brackets === 0 && inside === undefined && isNamespace(m.scope)) callHere();
        m.brackets++;
        return at + 1;
      case 41: // )
      case 93: // ]
        token(at);
        if (m.brackets > 0) m.brackets--;
        return at + 1;
      case 123: // {
        open(at);
        return at + 1;
      case 125: // }
        close(at);
        return at + 1;
      case 58: // :
        if (isLabel(at)) {
          m.scope = { ...m.scope, access: m.firstWord as "public" | "protected" | "private" };
          if (m.annotations.length === 0) forget();
          m.start = -1;
        } else {
          token(at);
        }
        return at + 1;
      case 59: // ;
        if (m.brackets === 0 && m.scope.brackets === 0) endStatement(at, ";");
        return at + 1;
      default:
        token(at);
        return at + 1;
    }
  }
  /** The first word of a statement. */
  function first(start: number, end: number): void {
    m.firstWord = end - start < 64 ? text.slice(start, end) : "";
    if (!isOpen(m.scope)) return;
    const does = namespaceMacro(m.firstWord, m.directives.macros);
    if (does !== null) m.opener = does === "opens" ? { start, end } : null;
  }
  /** The `(` of what may be a function follows the last identifier. */
  function callHere(): void {
    const { start, end } = m.word;
    if (m.annotations.length > 0 || m.called.length >= mostCalled || start < m.start || end - start > 200) return;
    m.called.push(text.slice(start, end));
  }
  /** Whether the `:` at `at` ends `public:` or one of its kind. */
  function isLabel(at: number): boolean {
    if (m.scope.kind !== "class" || m.start < 0 || m.brackets > 0 || at - m.start > 40) return false;
    return /^(?:public|protected|private)\s*$/.test(text.slice(m.start, at)) && text.charCodeAt(at + 1) !== 58;
  }
}

/** Whether what is declared here has a name that other files can use. */
function isNameable(scope: Scope): boolean {
  if (scope.depth > deepestScope) return false;
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    if (at.kind === "anonymous" || at.kind === "block") return false;
  }
  return true;
}

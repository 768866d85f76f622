// Hands one declaration to the grammar, alone, so that trouble elsewhere in the file cannot reach it.
import type { Node, Parser, Tree } from "web-tree-sitter";

/** A declaration as the grammar read it. Offsets of its nodes plus `base` are offsets into the file. */
export interface Snippet {
  readonly tree: Tree;
  /** The one declaration; null where there is none, more than one, or the grammar found an error. */
  readonly node: Node | null;
  /** The text that was parsed; macros that were taken out are spaces. */
  readonly text: string;
  readonly base: number;
  /** Where the grammar lost the thread, as an offset into the file; null where it did not. */
  readonly error: { readonly start: number; readonly end: number } | null;
}

/** Parses `text`, which begins at `base` in its file. The caller deletes the tree. */
function parseOnce(parser: Parser, text: string, base: number): Snippet | null {
  const tree = parser.parse(text);
  if (tree === null) return null;
  const root = tree.rootNode;
  const node = root.hasError ? null : onlyChild(root);
  return { tree, node, text, base, error: node === null ? errorIn(root, base) : null };
}

function onlyChild(root: Node): Node | null {
  const nodes = root.namedChildren.filter((child) => child.type !== "comment");
  return nodes.length === 1 ? (nodes[0] ?? null) : null;
}

/** The first error below `root`, without recursion; the whole where none is marked. */
function errorIn(root: Node, base: number): { readonly start: number; readonly end: number } {
  const cursor = root.walk();
  try {
    for (let steps = 0; steps < 100_000; steps++) {
      if (cursor.nodeType === "ERROR" || cursor.nodeIsMissing) {
        return { start: base + cursor.startIndex, end: base + cursor.endIndex };
      }
      if (cursor.currentNode.hasError && cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return { start: base + root.startIndex, end: base + root.endIndex };
      }
    }
  } finally {
    cursor.delete();
  }
  return { start: base + root.startIndex, end: base + root.endIndex };
}

const macro = /^(?:[A-Z][A-Z0-9_]+|__\w+__)\b/;

/** The length of the macro with its arguments at the start of `text`; 0 where there is none. */
function macroLength(text: string): number {
  const word = macro.exec(text)?.[0];
  if (word === undefined) return 0;
  const open = /^\s*\(/.exec(text.slice(word.length))?.[0];
  if (open === undefined) return word.length;
  let depth = 1;
  let i = word.length + open.length;
  for (; i < text.length && depth > 0; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")") depth--;
  }
  return depth === 0 && /^\s*[A-Za-z_:[]/.test(text.slice(i)) ? i : word.length;
}

/** The text with macros before the type and after the parameters as spaces: `MYEXT_API int64_t f() MYEXT_PURE`. */
function withoutMacros(text: string): string {
  let front = 0;
  for (;;) {
    const white = /^\s*/.exec(text.slice(front))?.[0].length ?? 0;
    const length = macroLength(text.slice(front + white));
    if (length === 0) break;
    front += white + length;
  }
  const blank = (part: string) => part.replace(/[^\r\n]/g, " ");
  const close = text.lastIndexOf(")");
  const tail = close < 0 ? "" : text.slice(close + 1).replace(/\b[A-Z][A-Z0-9_]{2,}\b/g, blank);
  const middle = close < 0 ? text.slice(front) : text.slice(front, close + 1);
  return blank(text.slice(0, front)) + middle + tail;
}

/**
 * Parses one declaration; where the grammar refuses it, once more without macros that stand in front or behind. With many
 * templates in templates, the grammar gives up on telling a type from a comparison, and `typename` tells it.
 */
export function parseSnippet(parser: Parser, text: string, base: number): Snippet | null {
  return withRetry(text, (source) => {
    const first = parseOnce(parser, source, base);
    if (first === null || first.node !== null || !source.includes("<")) return first;
    const specifiers = /^\s*(?:(?:static|inline|constexpr|extern|const)\s+)*/u.exec(source)?.[0] ?? "";
    const second = parseOnce(
      parser,
      `${specifiers}${typename}${source.slice(specifiers.length)}`,
      base - typename.length,
    );
    if (second?.node == null) {
      second?.tree.delete();
      return first;
    }
    first.tree.delete();
    return second;
  });
}

/** What `parseSnippet` puts in front of a type. */
const typename = "typename ";

/**
 * Parses one member of a class without its body, which begins at `base` in its file, inside a class of its own: only there
 * are constructors and bit-fields read as such.
 */
export function parseMember(parser: Parser, className: string, text: string, base: number): Snippet | null {
  const front = `struct ${className} {`;
  return withRetry(text, (source) => {
    const snippet = parseOnce(parser, `${front}${source}; };`, base - front.length);
    if (snippet?.node == null) return snippet;
    const list = snippet.node.namedChildren.find(({ type }) => type === "field_declaration_list");
    const members = (list?.namedChildren ?? []).filter(({ type }) => type !== "comment");
    return { ...snippet, node: members.length === 1 ? (members[0] ?? null) : null };
  });
}

function withRetry(text: string, parse: (text: string) => Snippet | null): Snippet | null {
  const first = parse(text);
  if (first === null || first.node !== null) return first;
  const plain = withoutMacros(text);
  if (plain === text) return first;
  const second = parse(plain);
  if (second === null) return first;
  const better = second.node === null ? first : second;
  (better === first ? second : first).tree.delete();
  return better;
}

/** How deep brackets, angle brackets included, are nested in a text. */
export function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 40: // (
      case 60: // <
      case 91: // [
      case 123: // {
        if (++depth > deepest) deepest = depth;
        break;
      case 41: // )
      case 62: // >
      case 93: // ]
      case 125: // }
        if (depth > 0) depth--;
        break;
    }
  }
  return deepest;
}

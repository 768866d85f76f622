type Keyword = "struct" | "class" | "union" | "enum";

/** What stands in front of the braces of a type. */
export interface Header {
  readonly keyword: Keyword;
  /** Null where it has none, or gets one behind its braces. */
  readonly name: string | null;
  /** What stands in front of the name: `a::` in `struct a::b {`. */
  readonly qualifiers: readonly string[];
  /** A template, or a specialisation of one. */
  readonly isTemplate: boolean;
  readonly isTypedef: boolean;
  readonly hasBase: boolean;
}

const header =
  /^(template\b[\s\S]*?>\s*(?=struct|class|union|enum)|typedef\s+)?(struct|class|union|enum)\b\s*(?:class\b|struct\b)?([\s\S]*)$/;

/** Reads a header, from which comments and attributes are taken off; null for one of something else. */
export function readHeader(text: string): Header | null {
  const match = header.exec(text);
  if (match === null) return null;
  const [, front = "", keyword = "struct", rest = ""] = match;
  const colon = /(?<!:):(?!:)/.exec(rest);
  const named = (colon === null ? rest : rest.slice(0, colon.index))
    .replace(/\b(?:__attribute__|__declspec|alignas|[A-Z][A-Z0-9_]*)\s*\((?:[^()]|\([^()]*\))*\)/g, " ")
    .replace(/\bfinal\s*$/, "")
    .trim();
  const path = /((?:[\p{L}_$][\p{L}\p{N}_$]*\s*::\s*)*)([\p{L}_$][\p{L}\p{N}_$]*)$/u.exec(named);
  return {
    keyword: keyword as Keyword,
    name: path?.[2] ?? null,
    qualifiers: (path?.[1] ?? "")
      .split("::")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
    isTemplate: front.startsWith("template") || named.endsWith(">"),
    isTypedef: front.startsWith("typedef"),
    hasBase: keyword !== "enum" && colon !== null,
  };
}

const hidden =
  /\/\/[^\n]*(?:\\\r?\n[^\n]*)*|\/\*[\s\S]*?(?:\*\/|$)|R"([^()\\ \n]{0,16})\([\s\S]*?(?:\)\1"|$)|"(?:\\[\s\S]|[^"\\\n])*"?|(?<![0-9a-fA-F])'(?:\\[\s\S]|[^'\\\n])*'?/g;

/** The text with comments and literals as spaces: every other character stays where it is. */
export function maskCpp(text: string): string {
  return text.replace(hidden, (part) => part.replace(/[^\n\r]/g, " "));
}

/** Reads masked text from its start: the class that an offset lies in, or null. Offsets are asked for in ascending order. */
export function classReader(masked: string): (offset: number) => string | null {
  const token =
    /\b(?<!enum\s)(?:class|struct)\s+(?:\[\[[^\]]*\]\]\s*)?(?:[A-Z][A-Z0-9_]*\s+)?(\w+)\s*(?:final\s*)?(?::[^;{}()]*)?\{|[{}]/g;
  const open: (string | null)[] = [];
  let next = token.exec(masked);
  return (offset) => {
    for (; next !== null && next.index < offset; next = token.exec(masked)) {
      if (next[0] === "}") open.pop();
      else open.push(next[1] ?? null);
    }
    return open.findLast((name) => name !== null) ?? null;
  };
}

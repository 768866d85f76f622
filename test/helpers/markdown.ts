/** A fenced code block: ```lang key=value … */
export interface CodeBlock {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every fenced code block of a page, in order. */
export function codeBlocks(file: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { line: number; info: string; fence: string; text: string[] } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open === null && fence) {
      open = { line: index + 1, info: fence[2] ?? "", fence: fence[1] ?? "", text: [] };
    } else if (open !== null && fence && fence[1] === open.fence && (fence[2] ?? "") === "") {
      const [language = "", ...rest] = open.info.trim().split(/\s+/);
      const attributes = Object.fromEntries(rest.map((word) => word.split("=", 2)));
      blocks.push({ file, line: open.line, language, attributes, text: open.text.join("\n") });
      open = null;
    } else {
      open?.text.push(line);
    }
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the code block is not closed`);
  return blocks;
}

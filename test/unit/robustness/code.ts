// What of a generated file is code: comments and literals are taken off, as a compiler of its language would.

/** Comments, then literals, of each language, by what ends a file's name. */
const patterns: readonly (readonly [ending: RegExp, noCode: RegExp])[] = [
  [/\.(?:cpp|h)$/, /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g],
  [
    /\.ts$/,
    /\/\/[^\n\u2028\u2029]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/g,
  ],
  [/\.R$/, /#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`\n]*`/g],
  [/\.def$/, /;[^\n]*/g],
  // Markdown has no code but HTML, links and headings that the generator did not make.
  [/\.md$/, /[^\n]*/g],
];

/** A file's code; literals stand as `""`, and white space and last commas, which long words may move, are folded. */
export function codeOf(path: string, text: string): string {
  const found = patterns.find(([ending]) => ending.test(path));
  if (found === undefined) throw new Error(`${path}: in which language is it?`);
  if (path.endsWith(".md")) {
    // Something stays where a code span was: what follows one does not begin its line.
    const prose = text.replace(/(`+)[^`][^\n]*?\1/g, "``");
    return (prose.match(/<[a-z!/][^\n]*|^#[^\n]*/gim) ?? []).join("\n");
  }
  // A tag of roxygen's is code, too, where it runs or exports something, and so are macros of Rd.
  const tags = path.endsWith(".R")
    ? (text.match(/^#' *@(?:eval|export|examples|rawNamespace|useDynLib)[^\n]*/gm) ?? [])
    : [];
  const macros = path.endsWith(".R") ? (text.match(/^#'[^\n]*(?<!\\)(?:\\\\)*\\(?:Sexpr|eval)\b[^\n]*/gm) ?? []) : [];
  const code = text.replace(found[1], (token) => (/^["'`]/.test(token) ? '""' : " "));
  return [code.replace(/\s+/g, "").replace(/,(?=[)\]}])/g, ""), ...tags, ...macros].join("\n");
}

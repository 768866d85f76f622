import { jsDocText } from "../../../print/escape.js";
import { type Printer, WIDTH, wrapProse } from "../../../print/printer.js";
import type { JsDoc, JsDocTag } from "../lower/jsdoc.js";

/** Prints a JSDoc comment, on one line where it fits. */
export function printJsDoc(printer: Printer, doc: JsDoc): void {
  const width = WIDTH - printer.column() - " * ".length;
  const text = wrapProse(jsDocText(doc.text), width);
  const tags = doc.tags.flatMap((tag) => tagLines(tag, width));
  const [first = ""] = text;
  if (tags.length === 0 && text.length === 1 && first.length + "/**  */".length + printer.column() <= WIDTH) {
    printer.line(`/** ${first} */`);
    return;
  }
  const separator = tags.length > 0 && text.length > 0 ? [""] : [];
  printer.line("/**");
  // One by one: more than a call takes may come of one comment.
  for (const line of [...text, ...separator, ...tags]) printer.line(` * ${line}`.trimEnd());
  printer.line(" */");
}

/** `@param x - text`, its further lines indented. */
function tagLines({ tag, type, name, text }: JsDocTag, width: number): readonly string[] {
  const head = `@${tag}${type === null ? "" : ` {${type}}`}${name === null ? "" : ` ${name} -`}`;
  const lines = wrapProse(`${head} ${jsDocText(text)}`, width - 2);
  if (lines.length === 1) return lines;
  const [first = "", ...rest] = lines;
  return [first, ...rest.map((line) => (line === "" ? "" : `  ${line}`))];
}

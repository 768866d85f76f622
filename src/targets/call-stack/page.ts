import { markdownBanner } from "../../print/banner.js";
import { markdownCell, markdownCode, markdownText } from "../../print/escape.js";
import { createPrinter, type PrintedFile, type Printer } from "../../print/printer.js";
import { type CallStack, type CallStackFunction, fileText } from "./call-stack.js";

/** `docs/call-stack.md`: each function's way through all layers, and who owns the memory. */
export function printCallStack(callStack: CallStack): PrintedFile {
  const printer = createPrinter();
  printer.line(markdownBanner, "", `# What a call of ${markdownText(callStack.packageName)} goes through`, "");
  printer.line(
    "From the top: the host language, the C ABI, the C++ that somebody wrote, and beside it the operator that the dispatcher",
    "knows. A handle is a `void*` that owns a C++ object. A C++ exception ends at the C ABI and becomes an error of the host.",
  );
  if (callStack.types.length > 0) {
    const links = callStack.types.map(({ name, page }) => link(name, page));
    printer.line("", `Types with a page of their own: ${links.join(", ")}.`);
  }
  if (callStack.functions.length === 0) printer.line("", "No function is marked `[[torch::export]]` yet.");
  for (const documented of callStack.functions) printFunction(printer, documented, callStack.columns);
  return printer.file("docs/call-stack.md");
}

const link = (name: string, page: string): string => `[${markdownText(name)}](${encodeURI(page)})`;

function printFunction(
  printer: Printer,
  { title, summary, layers, values, page }: CallStackFunction,
  columns: CallStack["columns"],
): void {
  printer.blank();
  printer.line(`## ${markdownCode(title)}`);
  // One by one: more than a call takes may come of one comment.
  for (const line of summary === "" ? [] : ["", ...markdownText(summary).split("\n")]) printer.line(line);
  if (page !== null) printer.line("", `More on [its own page](${encodeURI(page)}).`);
  printer.line("");
  printTable(
    printer,
    ["layer", "signature", "file"],
    layers.map((layer) => [layer.name, markdownCode(layer.signature), markdownCell(fileText(layer))]),
  );
  printer.line("");
  printTable(
    printer,
    ["value", "what it is", ...columns.map((column) => column.title), "memory"],
    values.map(({ name, title: type, forms, memory }) => [
      markdownCode(name),
      markdownCell(type),
      ...columns.map(({ key }) => markdownCode(forms[key] ?? "")),
      memory,
    ]),
  );
}

function printTable(printer: Printer, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  printer.line(row(heads), row(heads.map(() => "---")), ...rows.map(row));
}

import { hashBanner } from "../../../print/banner.js";
import { rdText, rString } from "../../../print/escape.js";
import { createPrinter, type PrintedFile, type Printer, wrapProse } from "../../../print/printer.js";
import type { RClass, RDoc, RFunction, RParameter, Wrappers } from "../lower/wrappers.js";

const WIDTH = 100;

/** The wrappers that users call. */
export const wrappersPath = "R/generated.R";

/** `R/generated.R`. */
export function printWrappers(wrappers: Wrappers): PrintedFile {
  const printer = createPrinter();
  printer.line(hashBanner);
  for (const one of wrappers.functions) {
    printer.blank();
    printDoc(printer, one.doc, one.parameters, []);
    printer.export(one.name);
    printFunction(printer, one, []);
  }
  for (const one of wrappers.classes) printClass(printer, one);
  return printer.file(wrappersPath);
}

function printDoc(printer: Printer, doc: RDoc, parameters: readonly RParameter[], more: readonly string[]): void {
  const prose = (tag: string, text: string): void => {
    for (const line of wrapProse(tag + rdText(text), WIDTH)) printer.line(line === "" ? "#'" : `#' ${line}`);
  };
  prose("", doc.title);
  if (doc.details !== "") {
    printer.line("#'");
    prose("", doc.details);
  }
  // Brackets and stars of a C++ comment are no Markdown.
  printer.line("#'", "#' @noMd");
  for (const parameter of parameters) prose(`@param ${parameter.name} `, parameter.doc);
  prose("@return ", doc.returns);
  printer.line(...more.map((line) => `#' ${line}`), "#' @export");
}

/** One function; `self` is what comes before the parameters of a method's glue. */
function printFunction(printer: Printer, one: RFunction, self: readonly string[]): void {
  const head = `${one.name} <- function(`;
  printer.mark(one.key);
  printHead(printer, head, one.parameters);
  printer.indented(() => printBody(printer, one, self));
  printer.line("}");
}

function printHead(printer: Printer, head: string, parameters: readonly RParameter[]): void {
  const written = parameters.map(({ name, default: value }) => (value === null ? name : `${name} = ${value}`));
  const line = `${head}${written.join(", ")}) {`;
  if (line.length + printer.column() <= 120) {
    printer.line(line);
    return;
  }
  printer.line(head);
  printer.indented(() => printer.line(...written.map((text, i) => (i === written.length - 1 ? text : `${text},`))));
  printer.line(") {");
}

function printBody(printer: Printer, one: RFunction, self: readonly string[]): void {
  const { called, glue, names, parameters } = one;
  for (const { name, check } of parameters)
    printer.line(`${name} <- ${check}(${name}, ${rString(called)}, ${rString(name)})`);
  const call = `${glue}(${[...self, ...parameters.map(({ name }) => name)].join(", ")})`;
  if (names !== null) printer.line(`tx$named(${[call, rString(called), ...names.map(rString)].join(", ")})`);
  else printer.line(one.isInvisible ? `base::invisible(${call})` : call);
}

function printClass(printer: Printer, one: RClass): void {
  const methods = one.methods.map(({ name, parameters, doc }) => {
    return `\\item{\\code{${rdText(name)}(${parameters.map((parameter) => parameter.name).join(", ")})}}{${rdText(doc.title)}}`;
  });
  if (one.dispose !== null) {
    methods.push("\\item{\\code{dispose()}}{Frees the object at once; else it is freed when R collects it.}");
  }
  const section = methods.length === 0 ? [] : ["@section Methods:", "\\describe{", ...methods, "}"];
  if (one.constructor !== null) {
    printer.blank();
    printDoc(
      printer,
      { ...one.constructor.doc, title: one.doc.title, details: one.doc.details },
      one.constructor.parameters,
      section,
    );
    printer.export(one.constructor.name);
    printFunction(printer, one.constructor, []);
  }
  printer.blank();
  printer.line("#' @noRd", "#' @export", `\`$.${one.s3}\` <- function(x, name) {`);
  printer.indented(() => {
    printer.line("self <- x", "base::switch(");
    printer.indented(() => {
      printer.line("name,");
      for (const method of one.methods) {
        printer.mark(method.key);
        printHead(printer, `${rString(method.name)} = function(`, method.parameters);
        printer.indented(() => printBody(printer, method, ["self"]));
        printer.line("},");
      }
      if (one.dispose !== null) printer.line(`dispose = function() base::invisible(${one.dispose}(self)),`);
      printer.line(`base::stop("there is no method ", name, " in ", ${rString(one.cpp)}, call. = FALSE)`);
    });
    printer.line(")");
  });
  printer.line("}", "", "#' @noRd", "#' @export", `print.${one.s3} <- function(x, ...) {`);
  printer.indented(() => printer.line(`base::cat("<", ${rString(one.cpp)}, ">\\n", sep = "")`, "base::invisible(x)"));
  printer.line("}");
}

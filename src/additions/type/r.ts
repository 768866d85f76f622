// tests/testthat/test-<name>.R, the example of the type's page in R, and R/type-<name>.R of an external type.
import type { ExportedFunction, Type } from "../../model/module.js";
import { glueFunction, glueMember, rClassName, rName, s3Class } from "../../targets/r/names.js";
import { argument, asserted, expected, plainHelper } from "../operator/r.js";
import { type Sample, shape, type TensorSample } from "../operator/values.js";
import { notWritten, touchName, typePaths } from "./cpp.js";
import { makerOf, type TypePlan, travelOf } from "./plan.js";

const quote = (text: string): string => JSON.stringify(text);
const made = ({ values }: TensorSample): string => `tensor(c(${values.join(", ")}))`;
const shown = ({ values }: TensorSample): string =>
  `torch_tensor(matrix(c(${values.join(", ")}), ${shape[0]}, byrow = TRUE), dtype = torch_double())`;

/** The function as R calls it: a package that switched has its glue alone. */
const called = ({ exported, switched }: TypePlan): string =>
  switched ? glueFunction(exported.name) : rName(exported.hostName ?? exported.name);

function callOf(name: string, exported: ExportedFunction, args: readonly Sample[], tensor: typeof made): string {
  const given = exported.parameters.map(({ type }, i) => argument(type, args[i] ?? { kind: "none" }, tensor));
  return `${name}(${given.join(", ")})`;
}

const skip = ({ switched }: TypePlan): string =>
  switched ? '  skip_if_not(torch::torch_is_installed(), "torch is not installed")' : "  skip_without_native()";

export function typeRTest(plan: TypePlan): string {
  const { answers } = plan;
  const cases = [
    ...(answers.kind === "external" ? [external(plan)] : [through(plan)]),
    ...(answers.kind === "opaque" ? [state(plan), release(plan)] : []),
    // Without wrappers there is no name of an argument that a message could say.
    ...(plan.switched ? [] : [refusal(plan)]),
    page(plan),
  ];
  const text = cases.flat().join("\n");
  const lines = [
    ...(/\btensor\(/u.test(text)
      ? [
          "# A tensor of float64.",
          "tensor <- function(values) {",
          `  torch::torch_tensor(values, dtype = torch::torch_double())$reshape(c(${shape.join(", ")}))`,
          "}",
          "",
        ]
      : []),
    ...(/\bplain\(/u.test(text) ? [...plainHelper, ""] : []),
    ...cases.flatMap((one, i) => [...(i === 0 ? [] : [""]), ...one]),
  ];
  return `${lines.join("\n")}\n`;
}

function through(plan: TypePlan): readonly string[] {
  const { answers, exported, nativeName } = plan;
  const { args, result } = travelOf(plan);
  const object = answers.kind === "opaque" && answers.direction !== "in" && result.kind === "object" ? result : null;
  return [
    `test_that("${answers.name} goes through C++ and comes back", {`,
    skip(plan),
    `  result <- ${callOf(called(plan), exported, args, made)}`,
    `  expect_equal(plain(result), ${expected(nativeName, exported.returns, result)})`,
    ...(object === null
      ? []
      : object.make.parameters.map((parameter, i) => {
          const value = expected(nativeName, parameter.type, object.args[i] ?? { kind: "none" });
          return `  expect_equal(plain(result$${rName(answers.fields[i]?.name ?? "")}()), ${value})`;
        })),
    "})",
  ];
}

/** The object that is made up for tests. */
function objectOf(plan: TypePlan): Extract<Sample, { kind: "object" }> | null {
  const { args, result } = travelOf(plan);
  const object = [result, ...args].find((one) => one.kind === "object");
  return object?.kind === "object" ? object : null;
}

function state(plan: TypePlan): readonly string[] {
  const object = objectOf(plan);
  if (object === null) return [];
  const touch = rName(touchName(plan.answers));
  return [
    `test_that("${plan.answers.name} keeps its state between calls", {`,
    skip(plan),
    `  object <- ${argument(plan.type, object, made)}`,
    `  expect_equal(object$${touch}(), 1)`,
    `  expect_equal(object$${touch}(), 2)`,
    "})",
  ];
}

/** Tests that the user can free the memory at a chosen time, independently of R's garbage collector. */
function release(plan: TypePlan): readonly string[] {
  const object = objectOf(plan);
  if (object === null) return [];
  return [
    `test_that("${plan.answers.name} is gone once it is disposed of", {`,
    skip(plan),
    `  object <- ${argument(plan.type, object, made)}`,
    "  other <- object",
    "  object$dispose()",
    `  expect_error(other$${rName(touchName(plan.answers))}(), "disposed", fixed = TRUE)`,
    "  expect_no_error(object$dispose())",
    "})",
  ];
}

function refusal({ answers, exported, ...plan }: TypePlan): readonly string[] {
  const first = rName(exported.parameters[0]?.name ?? "x");
  const given = exported.parameters.map(() => "quote(no_value)").join(", ");
  return [
    `test_that("nothing else is taken for ${answers.direction === "out" ? `the parts of ${answers.name}` : answers.name}", {`,
    skip({ answers, exported, ...plan }),
    `  expect_error(${called({ answers, exported, ...plan })}(${given}), ${quote(`\`${first}`)}, fixed = TRUE)`,
    "})",
  ];
}

function page(plan: TypePlan): readonly string[] {
  return [
    `test_that("${plan.answers.name} does what its page shows", {`,
    skip(plan),
    `  page <- testthat::test_path("..", "..", "docs", "types", "${plan.answers.name}.md")`,
    '  skip_if_not(file.exists(page), "the page is not part of what is installed")',
    '  lines <- readLines(page, encoding = "UTF-8")',
    '  from <- match("```r", lines)',
    '  to <- from + match("```", lines[-seq_len(from)])',
    "  code <- lines[seq(from + 1L, to - 1L)]",
    `  expect_match(code, "${called(plan)}(", fixed = TRUE, all = FALSE)`,
    "  # The package's functions are there already, whether it is installed or loaded from its folder.",
    `  code <- code[code != "library(${rPackage(plan)})"]`,
    ...(plan.answers.kind === "external"
      ? [
          "  run <- tryCatch(eval(parse(text = code), new.env(parent = environment())), error = function(e) e)",
          ...open("run"),
          '  if (inherits(run, "error")) stop(run)',
        ]
      : [
          "  suppressPackageStartupMessages(expect_no_error(eval(parse(text = code), new.env(parent = environment()))))",
        ]),
    "})",
  ];
}

/** Leaves a test to do, at the place that the message of an unwritten conversion names. */
const open = (result: string): readonly string[] => [
  "  # Not written yet: left to do, at the place that the message names.",
  `  if (inherits(${result}, "error") && grepl("${notWritten}", conditionMessage(${result}), fixed = TRUE)) {`,
  `    skip(paste("todo:", conditionMessage(${result})))`,
  "  }",
];

/** What a value of an external type is made of, and its type. */
function convertedOf(plan: TypePlan): { readonly value: Sample; readonly of: Type } {
  const object = objectOf(plan);
  return { value: object?.args[0] ?? { kind: "none" }, of: object?.make.parameters[0]?.type ?? plan.type };
}

/** What R calls the type. */
const rTypeName = ({ type, answers }: TypePlan): string =>
  type.kind === "handle" ? rClassName(type.decl) : answers.name;

/** The package as R knows it: one that switched may have capital letters. */
const rPackage = ({ switched, packageName, nativeName }: TypePlan): string => (switched ? packageName : nativeName);

/** `given`, made an external value of, sent through C++, and made what R has again. */
function backOf(plan: TypePlan, travels = called(plan)): string {
  const name = rTypeName(plan);
  const { direction } = plan.answers;
  return {
    both: `from_${name}(${travels}(as_${name}(given)))`,
    in: `${travels}(as_${name}(given))`,
    out: `from_${name}(${travels}(given))`,
  }[direction];
}

/** The test is skipped until the user has written the conversion. Its message names the place. */
function external(plan: TypePlan): readonly string[] {
  const { answers, nativeName } = plan;
  const { value, of } = convertedOf(plan);
  return [
    `test_that("${answers.name} goes through and back", {`,
    skip(plan),
    `  given <- ${argument(of, value, made)}`,
    `  back <- tryCatch(${backOf(plan)}, error = function(e) e)`,
    ...open("back"),
    `  expect_equal(plain(back), ${expected(nativeName, of, value)})`,
    "})",
  ];
}

/** The example of the page, which its test runs. */
export function typeRExample(plan: TypePlan): readonly string[] {
  const { exported, nativeName } = plan;
  const library = `library(${rPackage(plan)})`;
  // The glue is exported by few.
  const travels = `${plan.switched ? `${rPackage(plan)}:::` : ""}${called(plan)}`;
  if (plan.answers.kind === "external") {
    const { value, of } = convertedOf(plan);
    return [
      "library(torch)",
      library,
      `given <- ${argument(of, value, shown)}`,
      `back <- ${backOf(plan, travels)}`,
      ...asserted(nativeName, "back", of, value),
    ];
  }
  const { args, result } = travelOf(plan);
  const call = callOf(travels, exported, args, shown);
  const [given] = args;
  const first = exported.parameters[0]?.type ?? plan.type;
  if (plan.answers.kind === "opaque") {
    const isMade = plan.answers.direction === "out" || given === undefined;
    const [name, value] = isMade ? ["object", call] : ["result", `${travels}(object)`];
    const used = `stopifnot(object$${rName(touchName(plan.answers))}() == 1)`;
    return [
      "library(torch)",
      library,
      ...(isMade ? [] : [`object <- ${argument(first, given, shown)}`, used]),
      `${name} <- ${value}`,
      ...asserted(nativeName, name, exported.returns, result),
      ...(isMade ? [used] : []),
      "object$dispose()",
    ];
  }
  const isNamed = given?.kind === "record";
  return [
    "library(torch)",
    library,
    ...(isNamed ? [`given <- ${argument(first, given, shown)}`] : []),
    `result <- ${isNamed ? `${travels}(given)` : call}`,
    ...asserted(nativeName, "result", exported.returns, result),
  ];
}

/** R/type-<name>.R: how R converts to an external type and from it, and how it shows one; a whole class where nothing generated has it. */
export function typeRModule(plan: TypePlan): string {
  const blocks = [
    ...(plan.switched ? classInR(plan) : []),
    ...(plan.answers.kind === "external" ? conversionsInR(plan) : [printed(plan)]),
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

/** What NAMESPACE has to have of that file, in a package that writes it by hand. */
export function typeRExports(plan: TypePlan): readonly string[] {
  const s3 = rClass(plan);
  const names = [...typeRModule(plan).matchAll(/^(\w+) <- function/gmu)].map((match) => `export(${match[1]})`);
  const methods = [...typeRModule(plan).matchAll(/^`?([$\w]+)\.\S+ <- function/gmu)].map((match) => match[1] ?? "");
  return [
    ...names,
    ...methods.map((generic) => `S3method(${/^\w+$/u.test(generic) ? generic : quote(generic)}, ${s3})`),
  ];
}

const rClass = ({ type, nativeName, answers }: TypePlan): string =>
  type.kind === "handle" ? s3Class(nativeName, type.decl) : answers.name;

/** What makes an object of the glue's, and what calls its methods. */
function classInR(plan: TypePlan): readonly (readonly string[])[] {
  const { answers, nativeName } = plan;
  const name = rTypeName(plan);
  const parameters = (makerOf(plan)?.parameters ?? []).map((one) => rName(one.name));
  return [
    [
      `#' A ${name}, which stays in C++`,
      "#'",
      `#' Its methods are those that the C++ class \`${nativeName}::${answers.name}\` has annotated: \`x$${answers.kind === "external" ? "to_host" : rName(touchName(answers))}()\`.`,
      "#' `x$dispose()` frees it at once; else it is freed when R collects it.",
      "#'",
      ...parameters.map((one) => `#' @param ${one} What it is made of.`),
      `#' @return An object of class \`${rClass(plan)}\`.`,
      "#' @export",
      `${name} <- function(${parameters.join(", ")}) {`,
      `  ${glueMember(answers.name, "new")}(${parameters.join(", ")})`,
      "}",
    ],
    [
      "#' @noRd",
      "#' @export",
      `\`$.${rClass(plan)}\` <- function(x, name) {`,
      `  method <- get0(paste0("${glueMember(answers.name, "")}", name), mode = "function")`,
      `  if (is.null(method)) stop("there is no method ", name, " in ${nativeName}::${answers.name}", call. = FALSE)`,
      "  function(...) method(x, ...)",
      "}",
    ],
  ];
}

function printed(plan: TypePlan): readonly string[] {
  return [
    "#' @noRd",
    "#' @export",
    `print.${rClass(plan)} <- function(x, ...) {`,
    `  cat("<${plan.nativeName}::${plan.answers.name}>\\n")`,
    "  invisible(x)",
    "}",
  ];
}

function conversionsInR(plan: TypePlan): readonly (readonly string[])[] {
  const { answers, nativeName } = plan;
  const name = rTypeName(plan);
  const s3 = rClass(plan);
  const { source } = typePaths(answers.name, nativeName);
  return [
    [
      `#' A ${name} of a value`,
      "#'",
      `#' The C++ conversion is in \`${source}\`.`,
      "#'",
      `#' @param value What R has in the place of a ${name}.`,
      `#' @return \`as_${name}()\`: an object of class \`${s3}\`. \`from_${name}()\`: the value.`,
      "#' @export",
      `as_${name} <- function(value) {`,
      `  if (inherits(value, "${s3}")) value else ${name}(value)`,
      "}",
    ],
    [
      `#' @param x A ${name}.`,
      `#' @rdname as_${name}`,
      "#' @export",
      `from_${name} <- function(x) {`,
      "  x$to_host()",
      "}",
    ],
    [
      "#' @noRd",
      "#' @export",
      `format.${s3} <- function(x, ...) {`,
      `  shown <- tryCatch(toString(from_${name}(x)), error = function(e) "no conversion yet")`,
      `  paste0("<${nativeName}::${name}: ", shown, ">")`,
      "}",
    ],
    [
      "#' @noRd",
      "#' @export",
      `print.${s3} <- function(x, ...) {`,
      '  cat(format(x, ...), "\\n", sep = "")',
      "  invisible(x)",
      "}",
    ],
  ];
}

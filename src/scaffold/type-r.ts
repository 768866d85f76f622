// tests/testthat/test-<name>.R, the example of the type's page in R, and R/type-<name>.R of an external type.
import type { ExportedFunction, Type } from "../ir/module.js";
import { glueFunction, rClassName, rName, s3Class } from "../names/r.js";
import { argument, asserted, expected, plainHelper } from "./function-r.js";
import { type Sample, shape, type TensorSample } from "./function-values.js";
import { notWritten, touchName, typePaths } from "./type-cpp.js";
import { type TypePlan, travelOf } from "./type-plan.js";

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
    ...(plan.switched ? [] : [refusal(plan)]),
    ...(plan.switched ? [] : [page(plan)]),
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

/** That its memory is free when the person says so, whatever R's collector does. */
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
    `  code <- code[code != "library(${plan.nativeName})"]`,
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

/** `given`, made an external value of, sent through C++, and made what R has again. */
function backOf(plan: TypePlan): string {
  const name = rTypeName(plan);
  const { direction } = plan.answers;
  const travels = called(plan);
  return {
    both: `from_${name}(${travels}(as_${name}(given)))`,
    in: `${travels}(as_${name}(given))`,
    out: `from_${name}(${travels}(given))`,
  }[direction];
}

/** Until the person has written the conversion, the test is skipped, and says where. */
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
  if (plan.answers.kind === "external") {
    const { value, of } = convertedOf(plan);
    return [
      "library(torch)",
      `library(${nativeName})`,
      `given <- ${argument(of, value, shown)}`,
      `back <- ${backOf(plan)}`,
      ...asserted(nativeName, "back", of, value),
    ];
  }
  const { args, result } = travelOf(plan);
  return [
    "library(torch)",
    `library(${nativeName})`,
    `result <- ${callOf(called(plan), exported, args, shown)}`,
    ...asserted(nativeName, "result", exported.returns, result),
  ];
}

/** R/type-<name>.R: how R converts to an external type and from it, and how it shows one. */
export function typeRModule(plan: TypePlan): string {
  const { answers, nativeName } = plan;
  const name = rTypeName(plan);
  const s3 = plan.type.kind === "handle" ? s3Class(nativeName, plan.type.decl) : name;
  const { source } = typePaths(answers.name, nativeName);
  return `${[
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
    "",
    `#' @param x A ${name}.`,
    `#' @rdname as_${name}`,
    "#' @export",
    `from_${name} <- function(x) {`,
    "  x$to_host()",
    "}",
    "",
    "#' @noRd",
    "#' @export",
    `format.${s3} <- function(x, ...) {`,
    `  shown <- tryCatch(toString(from_${name}(x)), error = function(e) "no conversion yet")`,
    `  paste0("<${nativeName}::${name}: ", shown, ">")`,
    "}",
    "",
    "#' @noRd",
    "#' @export",
    `print.${s3} <- function(x, ...) {`,
    '  cat(format(x, ...), "\\n", sep = "")',
    "  invisible(x)",
    "}",
  ].join("\n")}\n`;
}

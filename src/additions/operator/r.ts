// tests/testthat/test-<name>.R, and the example of the operator's page in R.
import type { ExportedFunction, Type } from "../../model/module.js";
import { rClassName, rName, s3Class } from "../../targets/r/names.js";
import { parts, type Step } from "./paths.js";
import { backwardName, type FunctionPlan, kernelsOf, tensorsOf } from "./plan.js";
import { type Sample, shape, type TensorSample } from "./values.js";
import type { Worked } from "./worked.js";

const quote = (text: string): string => JSON.stringify(text);
const number = (value: number): string => String(Number(value.toPrecision(10)) || 0);
const vector = (values: readonly number[]): string =>
  values.length === 1 ? number(values[0] ?? 0) : `c(${values.map(number).join(", ")})`;
const backticked = (name: string): string => (/^[A-Za-z.][\w.]*$/u.test(name) ? name : `\`${name}\``);

const made = ({ values }: TensorSample): string => `tensor(${vector(values)})`;

/** An argument. @param tensor how the next tensor is written */
export function argument(type: Type, sample: Sample, tensor: (value: TensorSample) => string): string {
  const inside = parts(type, sample).map(([, part, value]) => argument(part, value, tensor));
  switch (sample.kind) {
    case "tensor":
      return tensor(sample);
    case "number":
      return String(sample.value);
    case "bool":
      return sample.value ? "TRUE" : "FALSE";
    case "text":
      return quote(sample.value);
    case "generator":
      return "torch::torch_generator()";
    case "none":
      return "NULL";
    case "list":
      return `${isVector(type) ? "c" : "list"}(${inside.join(", ")})`;
    case "dict":
      return `list(${sample.entries.map(([key], i) => `${backticked(String(key))} = ${inside[i]}`).join(", ")})`;
    case "record":
      return `list(${sample.fields.map(([name], i) => `${backticked(name)} = ${inside[i]}`).join(", ")})`;
    case "object":
      return `${nameOfClass(sample.make)}(${callArguments(sample.make, sample.args, tensor)})`;
  }
}

const nameOfClass = ({ returns, name }: ExportedFunction): string =>
  returns.kind === "handle" ? rClassName(returns.decl) : rName(name);

/** Whether R has such a list as a vector. */
function isVector(type: Type): boolean {
  const inner = type.kind === "optional" ? type.of : type;
  return (
    inner.kind === "list" &&
    inner.of.kind === "row" &&
    ["int64", "int32", "float", "double", "bool", "string"].includes(inner.of.id)
  );
}

/** In order; what has a default by its name. */
function callArguments(
  exported: ExportedFunction,
  samples: readonly Sample[],
  tensor: (value: TensorSample) => string,
  leaveOut = false,
): string {
  return exported.parameters
    .flatMap((parameter, i) => {
      const value = argument(parameter.type, samples[i] ?? { kind: "none" }, tensor);
      if (parameter.default === null) return [value];
      return leaveOut ? [] : [`${backticked(rName(parameter.name))} = ${value}`];
    })
    .join(", ");
}

/** What `plain` in the test makes of a result. */
export function expected(nativeName: string, type: Type, sample: Sample): string {
  const inside = parts(type, sample).map(([, part, value]) => expected(nativeName, part, value));
  switch (sample.kind) {
    case "tensor":
      return vector(sample.values);
    case "number":
      return number(sample.value);
    case "bool":
      return sample.value ? "TRUE" : "FALSE";
    case "text":
      return quote(sample.value);
    case "generator":
      return quote("torch_generator");
    case "none":
      return "NULL";
    case "list":
      if (isVector(type)) return inside.length === 1 ? (inside[0] ?? "NULL") : `c(${inside.join(", ")})`;
      return `list(${inside.join(", ")})`;
    case "dict":
      return `list(${sample.entries.map(([key], i) => `${backticked(String(key))} = ${inside[i]}`).join(", ")})`;
    case "record":
      return `list(${sample.fields.map(([name], i) => `${backticked(name)} = ${inside[i]}`).join(", ")})`;
    case "object":
      return quote(type.kind === "handle" ? s3Class(nativeName, type.decl) : "");
  }
}

function expectedResult({ exported, nativeName, results }: FunctionPlan, samples: readonly Sample[]): string {
  const each = samples.map((sample, i) => expected(nativeName, results[i]?.type ?? exported.returns, sample));
  if (results.length === 0) return "NULL";
  if (results.length === 1) return each[0] ?? "NULL";
  const names = exported.returnNames;
  return `list(${each.map((one, i) => `${names === null ? "" : `${backticked(names[i] ?? "")} = `}${one}`).join(", ")})`;
}

/** The whole test. */
export function rTest(plan: FunctionPlan, worked: Worked): string {
  const name = rName(plan.exported.name);
  const call = (samples: readonly Sample[], leaveOut: boolean): string =>
    `${name}(${callArguments(plan.exported, samples, made, leaveOut)})`;
  const check = (title: string, samples: readonly Sample[], results: readonly Sample[], leaveOut: boolean) => [
    `test_that("${name} ${title}", {`,
    "  skip_without_native()",
    `  result <- ${call(samples, leaveOut)}`,
    `  expect_equal(plain(result), ${expectedResult(plan, results)})`,
    "})",
    "",
  ];
  const lines = [
    ...(worked.tensors.length === 0
      ? []
      : [
          "# A tensor of float64.",
          "tensor <- function(values) {",
          `  torch::torch_tensor(values, dtype = torch::torch_double())$reshape(c(${shape.join(", ")}))`,
          "}",
          "",
        ]),
    ...plainHelper,
    "",
    ...check(worked.title, worked.samples, worked.results, false),
    ...(worked.byDefault === null
      ? []
      : check("takes its defaults where they are left out", worked.byDefault.samples, worked.byDefault.results, true)),
    ...(worked.shapesDiffer ? refusal(plan, worked, name) : []),
    ...(plan.differentiable ? gradcheck(plan, worked, name) : []),
    ...(plan.cuda ? onCuda(plan, worked, name) : []),
    `test_that("${name} does what its page shows", {`,
    "  skip_without_native()",
    `  page <- testthat::test_path("..", "..", "docs", "operators", "${plan.exported.name}.md")`,
    '  skip_if_not(file.exists(page), "the page is not part of what is installed")',
    '  lines <- readLines(page, encoding = "UTF-8")',
    '  from <- match("```r", lines)',
    '  to <- from + match("```", lines[-seq_len(from)])',
    "  code <- lines[seq(from + 1L, to - 1L)]",
    `  expect_match(code, "${name}(", fixed = TRUE, all = FALSE)`,
    "  # The functions are there already, whether the package is installed or loaded from its folder.",
    '  code <- code[!startsWith(code, "library(")]',
    "  expect_no_error(eval(parse(text = code), new.env(parent = environment())))",
    "})",
  ];
  return `${lines.join("\n")}\n`;
}

export const plainHelper = [
  "# A result as plain vectors and lists.",
  "plain <- function(x) {",
  '  if (inherits(x, "torch_tensor")) return(as.numeric(x$cpu()$reshape(-1)))',
  '  if (inherits(x, "torch_dtype")) return(if (x == torch::torch_double()) "float64" else "another dtype")',
  '  if (inherits(x, "torch_device")) return(x$type)',
  '  if (inherits(x, "torch_memory_format")) return("contiguous_format")',
  "  if (is.object(x)) return(class(x)[[1L]])",
  "  if (is.list(x)) lapply(x, plain) else x",
  "}",
];

function refusal(plan: FunctionPlan, worked: Worked, name: string): readonly string[] {
  let count = 0;
  const other = (value: TensorSample): string => {
    count += 1;
    return count === 2 ? "torch::torch_tensor(c(1, 2), dtype = torch::torch_double())" : made(value);
  };
  return [
    `test_that("${name} refuses tensors of different shapes", {`,
    "  skip_without_native()",
    "  expect_error(",
    `    ${name}(${callArguments(plan.exported, worked.samples, other)}),`,
    '    "all tensors must be .* like the first"',
    "  )",
    "})",
    "",
  ];
}

/** Autograd's gradients beside finite differences. */
function gradcheck(plan: FunctionPlan, worked: Worked, name: string): readonly string[] {
  // What an object holds is its own, and no gradient is asked of it.
  const asked = (value: TensorSample): string => {
    const at = worked.tensors.indexOf(value);
    return at < 0 ? made(value) : `tensors[[${at + 1}]]`;
  };
  const called = `${name}(${callArguments(plan.exported, worked.samples, asked)})`;
  return [
    `test_that("${name} has the gradients that finite differences have", {`,
    "  skip_without_native()",
    `  values <- list(${worked.tensors.map((one) => vector(one.values)).join(", ")})`,
    "  weights <- tensor(c(1, -2, 3, 0.5, 4, -1))",
    "  loss <- function(tensors) {",
    `    out <- ${called}${rPath(worked.tensorPath?.steps ?? [])}`,
    "    (out * weights)$sum()",
    "  }",
    "  asked <- lapply(values, function(one) tensor(one)$requires_grad_(TRUE))",
    "  gradients <- torch::autograd_grad(loss(asked), asked)",
    "  step <- 1e-6",
    "  for (k in seq_along(values)) {",
    "    expected <- vapply(seq_along(values[[k]]), function(i) {",
    "      moved <- function(by) {",
    "        changed <- values",
    "        changed[[k]][[i]] <- changed[[k]][[i]] + by",
    "        loss(lapply(changed, tensor))$item()",
    "      }",
    "      (moved(step) - moved(-step)) / (2 * step)",
    "    }, 0)",
    "    expect_equal(as.numeric(gradients[[k]]$reshape(-1)), expected, tolerance = 1e-5)",
    "  }",
    "})",
    "",
    ...backwardTest(plan, worked),
  ];
}

/** The exported function that takes gradients back, beside autograd. */
function backwardTest(plan: FunctionPlan, worked: Worked): readonly string[] {
  const back = rName(backwardName(plan));
  const isInner = kernelsOf(plan) === "inner";
  const own = plan.exported.parameters.map((parameter, i) => {
    const at = tensorsOf(plan.exported).indexOf(parameter);
    return at >= 0 ? `inputs[[${at + 1}]]` : argument(parameter.type, worked.samples[i] ?? { kind: "none" }, made);
  });
  const args = isInner ? ["weights", "inputs", String(worked.computed.factor)] : ["weights", ...own];
  const called = `${back}(${args.join(", ")})`;
  const gradients = isInner || tensorsOf(plan.exported).length > 1 ? called : `list(${called})`;
  return [
    `test_that("${back} gives the gradient of each tensor", {`,
    "  skip_without_native()",
    "  weights <- tensor(c(1, -2, 3, 0.5, 4, -1))",
    `  inputs <- list(${worked.tensors.map(made).join(", ")})`,
    `  gradients <- ${gradients}`,
    "  for (k in seq_along(inputs)) {",
    `    expected <- inputs[[k]] * weights * ${2 * worked.computed.factor}`,
    "    expect_equal(plain(gradients[[k]]), plain(expected))",
    "  }",
    "})",
    "",
  ];
}

/** The kernels of both backends, where there is a GPU. */
function onCuda(plan: FunctionPlan, worked: Worked, name: string): readonly string[] {
  const there = (value: TensorSample): string => `${made(value)}$cuda()`;
  return [
    `test_that("${name} computes on a GPU what it computes on the CPU", {`,
    "  skip_without_native()",
    '  skip_if_not(torch::cuda_is_available(), "there is no GPU")',
    `  result <- ${name}(${callArguments(plan.exported, worked.samples, there)})`,
    `  expect_equal(plain(result), plain(${name}(${callArguments(plan.exported, worked.samples, made)})))`,
    "})",
    "",
  ];
}

/** The example of the page, which its test runs. */
export function rExample(plan: FunctionPlan, worked: Worked): readonly string[] {
  const name = rName(plan.exported.name);
  const shown = ({ values }: TensorSample): string =>
    `torch::torch_tensor(matrix(${vector(values)}, ${shape[0]}, byrow = TRUE), dtype = torch::torch_double())`;
  const called = `${name}(${callArguments(plan.exported, worked.samples, shown)})`;
  return [
    `library(${plan.nativeName})`,
    "",
    plan.results.length === 0 ? called : `result <- ${called}`,
    ...plan.results.flatMap(({ type }, i) => {
      const sample = worked.results[i];
      const names = plan.exported.returnNames;
      const path =
        plan.results.length < 2
          ? "result"
          : names === null
            ? `result[[${i + 1}]]`
            : `result$${backticked(names[i] ?? "")}`;
      return sample === undefined ? [] : asserted(plan.nativeName, path, type, sample);
    }),
  ];
}

export function asserted(nativeName: string, path: string, type: Type, sample: Sample): readonly string[] {
  switch (sample.kind) {
    case "tensor":
      return [`stopifnot(all.equal(as.numeric(${path}$reshape(-1)), ${vector(sample.values)}))`];
    case "number":
      return [`stopifnot(all.equal(${path}, ${number(sample.value)}))`];
    case "bool":
      return [`stopifnot(${path} == ${sample.value ? "TRUE" : "FALSE"})`];
    case "text":
      return textAssertion(path, type, sample.value);
    case "generator":
      return [`stopifnot(inherits(${path}, "torch_generator"))`];
    case "none":
      return [`stopifnot(is.null(${path}))`];
    case "object":
      return [`stopifnot(inherits(${path}, ${quote(type.kind === "handle" ? s3Class(nativeName, type.decl) : "")}))`];
    default:
      return parts(type, sample).flatMap(([step, part, value]) =>
        asserted(nativeName, `${path}${rPath([step])}`, part, value),
      );
  }
}

function textAssertion(path: string, type: Type, value: string): readonly string[] {
  const inner = type.kind === "optional" ? type.of : type;
  const id = inner.kind === "row" ? inner.id : "string";
  if (id === "dtype") return [`stopifnot(${path} == torch::torch_double())`];
  if (id === "device") return [`stopifnot(${path} == torch::torch_device(${quote(value)}))`];
  if (id === "memoryFormat") return [`stopifnot(inherits(${path}, "torch_memory_format"))`];
  return [`stopifnot(${path} == ${quote(value)})`];
}

/** A way into a result. */
function rPath(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (step.kind === "index") return `[[${step.index + 1}]]`;
      return `[[${quote(step.kind === "key" ? String(step.key) : step.name)}]]`;
    })
    .join("");
}

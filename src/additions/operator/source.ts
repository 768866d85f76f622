// csrc/src/<name>.cpp: the annotated function and, where kernels are registered, that of the CPU.
import type { Parameter, Type } from "../../model/module.js";
import { partsOf, typeTitle } from "../../types/derive.js";
import { bodyOf, signatureOf, squares, times } from "./body.js";
import { fitted, localNamer, parameterType } from "./cpp.js";
import {
  backwardName,
  type FunctionPlan,
  holdsNumbers,
  holdsTensor,
  isTensor,
  kernelName,
  kernelsOf,
  numbersOf,
  tensorsOf,
} from "./plan.js";

const WIDTH = 120;

export function functionSource(plan: FunctionPlan): string {
  const kernels = kernelsOf(plan);
  const own = kernels === "own" ? null : bodyOf(plan);
  const { exported, nativeName } = plan;
  const includes = new Set([
    ...(own?.includes ?? []),
    ...typeIncludes([...exported.parameters.map(({ type }) => type), exported.returns]),
    ...(kernels === "here"
      ? []
      : [
          "<ATen/ops/empty_like.h>",
          "<ATen/core/LegacyTypeDispatch.h>",
          "<ATen/core/dispatch/Dispatcher.h>",
          "<torch/library.h>",
        ]),
  ]);
  const blocks: readonly (readonly string[])[] = [
    [`#include <torch_extension/tensor.h>`],
    sorted([...includes].filter((name) => !isStandard(name))),
    sorted([...includes].filter(isStandard)),
    [`namespace ${nativeName} {`],
    ...(kernels === "here" ? [] : kernelBlocks(plan)),
    [
      ...documented(plan, own?.unused ?? []),
      ...signatureOf(plan, true, " {"),
      ...(own === null ? dispatched(plan) : own.lines).map(indent),
      "}",
    ],
    [`}  // namespace ${nativeName}`],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const indent = (line: string): string => (line === "" ? "" : `  ${line}`);
const sorted = (names: readonly string[]): string[] => [...names].sort().map((name) => `#include ${name}`);
const isStandard = (name: string): boolean => /^<[a-z_]+>$/u.test(name);

/** Headers of types that <torch_extension/tensor.h> does not bring. */
export function typeIncludes(types: readonly Type[]): readonly string[] {
  return types.flatMap((type): readonly string[] => {
    const inner = typeIncludes(partsOf(type));
    switch (type.kind) {
      case "enum":
      case "record":
        return [`<${type.decl.header}>`, ...inner];
      case "dict":
        if (type.container === undefined) return ["<ATen/core/Dict.h>", "<ATen/core/ivalue.h>", ...inner];
        return [type.container === "map" ? "<map>" : "<unordered_map>", ...inner];
      case "handle":
        if (type.pointer === undefined) return [`<${type.decl.header}>`];
        return [`<${type.decl.header}>`, type.pointer === "intrusive" ? "<c10/util/intrusive_ptr.h>" : "<memory>"];
      case "list":
        if (type.container === "array") return ["<array>", ...inner];
        return type.container === "list" ? ["<ATen/core/List.h>", "<ATen/core/ivalue.h>", ...inner] : inner;
      case "tuple":
        return type.pair === true ? ["<utility>", ...inner] : inner;
      default:
        return inner;
    }
  });
}

/** The parameters of what kernels are registered for. */
export function kernelParameters(plan: FunctionPlan): readonly { readonly type: string; readonly name: string }[] {
  if (kernelsOf(plan) === "inner") {
    return [
      { type: "at::TensorList", name: "tensors" },
      { type: "double", name: "factor" },
    ];
  }
  return plan.exported.parameters.map(({ type, name }) => ({ type: parameterType(type, plan.nativeName), name }));
}

/** The call that the dispatcher sends to the kernel of the tensors' backend. */
function dispatched(plan: FunctionPlan): readonly string[] {
  const parameters = kernelParameters(plan);
  const op = localNamer(parameters.map(({ name }) => name))("op");
  const signature = `torch::Tensor(${parameters.map(({ type }) => type).join(", ")})`;
  return [
    "// To the kernel of the tensors' backend, by way of autograd where gradients are asked for.",
    `static const auto ${op} = c10::Dispatcher::singleton()`,
    `    .findSchemaOrThrow("${plan.nativeName}::${kernelName(plan)}", "")`,
    `    .typed<${signature}>();`,
    `return ${op}.call(${parameters.map(({ name }) => name).join(", ")});`,
  ];
}

function kernelBlocks(plan: FunctionPlan): readonly (readonly string[])[] {
  const { nativeName, differentiable } = plan;
  const name = kernelName(plan);
  const isInner = kernelsOf(plan) === "inner";
  const signature = fitted(
    `torch::Tensor ${name}_cpu`,
    kernelParameters(plan).map((one) => `${one.type} ${one.name}`),
    " {",
  );
  const below = localNamer(kernelParameters(plan).map((one) => one.name))("below");
  const guard = differentiable
    ? []
    : [
        "// Nothing that is computed here is recorded for gradients: the kernel of no backend has any.",
        `const at::AutoDispatchBelowADInplaceOrView ${below};`,
      ];
  const kernel: readonly string[] = [
    `/// The kernel of the CPU. Written in torch's own operations; a loop over data_ptr() may stand here as well.`,
    ...signature,
    ...[...guard, ...(isInner ? innerKernel(plan) : ownKernel(plan))].map(indent),
    "}",
  ];
  const register = [`TORCH_LIBRARY_IMPL(${nativeName}, CPU, m) {`, `  m.impl("${name}", &${name}_cpu);`, "}"];
  const blocks = [["namespace {"], checkAlike(name), kernel, register, ...metaBlocks(plan), ["}  // namespace"]];
  return isInner ? [...blocks, innerFunction(plan)] : blocks;
}

/** The kernel for tensors without data, which says what the others return. */
function metaBlocks(plan: FunctionPlan): readonly (readonly string[])[] {
  const { nativeName } = plan;
  const name = kernelName(plan);
  const isInner = kernelsOf(plan) === "inner";
  const first = isInner ? "tensors" : (tensorsOf(plan.exported)[0]?.name ?? "");
  const parameters = kernelParameters(plan).map((one) =>
    one.name === first ? `${one.type} ${one.name}` : `${one.type} /*${one.name}*/`,
  );
  return [
    [
      "/// Shape and dtype of the result alone, for tensors without data: what traces or compiles a model asks for these.",
      ...fitted(`torch::Tensor ${name}_meta`, parameters, " {"),
      ...[
        ...(isInner ? [`TORCH_CHECK(!tensors.empty(), "${name}: no tensor is given");`] : []),
        `return at::empty_like(${isInner ? "tensors[0]" : first});`,
      ].map(indent),
      "}",
    ],
    [`TORCH_LIBRARY_IMPL(${nativeName}, Meta, m) {`, `  m.impl("${name}", &${name}_meta);`, "}"],
  ];
}

/** What kernels may rely on. */
export function checkAlike(name: string): readonly string[] {
  return [
    "/// Throws c10::Error unless a tensor is floating point and has the sizes and the dtype of the first one.",
    "void check_alike(const torch::Tensor& tensor, const torch::Tensor& first) {",
    ...[
      `TORCH_CHECK(tensor.is_floating_point(), "${name}: tensors must be floating point, got ", tensor.scalar_type());`,
      "TORCH_CHECK(",
      "    tensor.sizes() == first.sizes() && tensor.scalar_type() == first.scalar_type(),",
      `    "${name}: all tensors must be ", first.scalar_type(), " of sizes ", first.sizes(), " like the first, got ",`,
      `    tensor.scalar_type(), " of sizes ", tensor.sizes());`,
    ].map(indent),
    "}",
  ];
}

function ownKernel(plan: FunctionPlan): readonly string[] {
  const tensors = tensorsOf(plan.exported).map(({ name }) => name);
  return [
    ...tensors.map((name) => `check_alike(${name}, ${tensors[0]});`),
    `return ${squares(tensors)}${times(numbersOf(plan.exported))};`,
  ];
}

function innerKernel(plan: FunctionPlan): readonly string[] {
  return [
    `TORCH_CHECK(!tensors.empty(), "${kernelName(plan)}: no tensor is given");`,
    "torch::Tensor sum;",
    "for (const torch::Tensor& tensor : tensors) {",
    "  check_alike(tensor, tensors[0]);",
    "  sum = sum.defined() ? sum + tensor * tensor : tensor * tensor;",
    "}",
    "return sum * factor;",
  ];
}

/** The operator of tensors and one factor: it has a C symbol and a schema, and no wrapper. */
function innerFunction(plan: FunctionPlan): readonly string[] {
  return [
    `/// What ${plan.exported.name} computes: factor times the sum of the squares of all tensors.`,
    "/// @param tensors one or more, of one shape, floating dtype and device",
    "/// @param factor  any number",
    "/// @returns the sum, in the shape of the tensors",
    "// [[torch::export(rcpp=FALSE)]]",
    `torch::Tensor ${kernelName(plan)}(at::TensorList tensors, double factor) {`,
    ...dispatched(plan).map(indent),
    "}",
  ];
}

/** The comment above the function, annotation included. */
function documented(plan: FunctionPlan, unused: readonly Parameter[]): readonly string[] {
  const { exported, results } = plan;
  const names = exported.parameters.map(({ name }) => name);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = [
    ...summaryOf(plan),
    ...exported.parameters.flatMap((parameter) =>
      prose(`@param ${parameter.name.padEnd(width)} ${parameterDoc(plan, parameter, unused)}`, "  "),
    ),
    ...(results.length === 0 ? [] : prose(`@returns ${returnsDoc(plan)}`, "  ")),
  ];
  const returned = exported.returnNames;
  const annotation =
    returned === null
      ? "// [[torch::export]]"
      : `// [[torch::export(returns=c(${returned.map((name) => `"${name}"`).join(", ")}))]]`;
  return [...lines.map((line) => `/// ${line}`.trimEnd()), annotation];
}

function summaryOf(plan: FunctionPlan): readonly string[] {
  const { exported, results, differentiable } = plan;
  const kernels = kernelsOf(plan);
  const tensors = tensorsOf(exported).length > 0;
  const numbers = numbersOf(exported).length > 0;
  const returns = results.some(({ type }) => holdsTensor(type) || holdsNumbers(type));
  const what = !returns
    ? results.length === 0
      ? "Checks its arguments."
      : "Tells of its arguments."
    : tensors
      ? `The sum of the squares of ${tensorsOf(exported).length > 1 ? "all tensors" : tensorNoun(exported.parameters)}${numbers ? ", times every number" : ""}.`
      : numbers
        ? "The product of all numbers."
        : "One.";
  const more: string[] = [];
  if (kernels === "here") {
    if (tensors && returns) {
      more.push(
        "Shapes broadcast, and dtypes are promoted, as torch does; gradients flow through it as through torch's own operations.",
      );
    }
  } else {
    more.push(
      `Runs the kernel of the tensors' backend: the CPU's${plan.cuda ? ", or CUDA's in csrc/src/cuda" : ""}. ${
        differentiable ? `Gradients are those of ${backwardName(plan)}.` : "It has no gradient."
      }`,
      "Throws c10::Error where tensors differ in shape or dtype, or are not floating point.",
    );
  }
  if (results.length === 0 && numbers) more.push("Throws c10::Error where the product of all numbers is not finite.");
  return [...prose(what, ""), ...(more.length === 0 ? [] : ["", ...more.flatMap((line) => prose(line, ""))])];
}

function tensorNoun(parameters: readonly Parameter[]): string {
  const one = parameters.find(({ type }) => holdsTensor(type));
  return one !== undefined && isTensor(one.type) ? one.name : `the tensors in ${one?.name ?? ""}`;
}

function parameterDoc(plan: FunctionPlan, { name, type }: Parameter, unused: readonly Parameter[]): string {
  const title = typeTitle(type);
  if (unused.some((one) => one.name === name)) return `${title}; the worked body does without`;
  if (isTensor(type)) {
    return kernelsOf(plan) === "here" ? "any shape and dtype" : "any shape, a floating dtype; like every other tensor";
  }
  if (holdsTensor(type)) return kernelsOf(plan) === "here" ? title : `${title}; all of one shape and floating dtype`;
  if (type.kind === "row" && type.id === "bool") return "turns the sign where it is false";
  if (holdsNumbers(type)) return `${title}; ${type.kind === "row" ? "a factor" : "each number is a factor"}`;
  return `${title}; returned as it is`;
}

function returnsDoc({ results }: FunctionPlan): string {
  return results
    .map(({ name, type }) => {
      const title = isTensor(type) ? "tensor, in the shape of the sum" : typeTitle(type);
      return name === null ? title : `${name}: ${title}`;
    })
    .join("; ");
}

/** Lines of a comment, so that none is too long. */
function prose(text: string, hang: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > WIDTH - 4) {
      lines.push(line);
      line = `${hang}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}

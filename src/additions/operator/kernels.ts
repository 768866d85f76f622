// Files beside the function's own: the kernel of CUDA, and the autograd function.
import type { Parameter } from "../../model/module.js";
import { pascalCase } from "../../naming/words.js";
import { times } from "./body.js";
import { asDouble, fitted, localNamer } from "./cpp.js";
import { backwardName, type FunctionPlan, isTensor, kernelName, kernelsOf, numbersOf, tensorsOf } from "./plan.js";
import { checkAlike, kernelParameters } from "./source.js";

const indent = (line: string): string => (line === "" ? "" : `  ${line}`);
const join = (blocks: readonly (readonly string[])[]): string =>
  `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;

/** csrc/src/cuda/<name>.cu */
export function cudaSource(plan: FunctionPlan): string {
  const { nativeName } = plan;
  const name = kernelName(plan);
  const isInner = kernelsOf(plan) === "inner";
  const taken = kernelParameters(plan).map((one) => one.name);
  const local = localNamer(taken);
  const [out, guard, factor] = [local("out"), local("guard"), isInner ? "factor" : local("factor")];
  const tensors = tensorsOf(plan.exported).map((one) => one.name);
  const first = isInner ? "tensors[0]" : (tensors[0] ?? "");
  const numbers = numbersOf(plan.exported);
  const product = numbers.map(({ type, name: own }) => bracketed(asDouble(type, own))).join(" * ") || "1";
  const body = [
    ...(isInner ? [`TORCH_CHECK(!tensors.empty(), "${name}: no tensor is given");`] : []),
    `const c10::cuda::CUDAGuard ${guard}(${first}.device());`,
    ...(isInner ? [] : [`const double ${factor} = ${product};`]),
    `torch::Tensor ${out} = at::zeros(${first}.sizes(), ${first}.options());`,
    ...(isInner
      ? [`for (const torch::Tensor& tensor : tensors) add_squares(tensor, factor, tensors[0], ${out});`]
      : tensors.map((tensor) => `add_squares(${tensor}, ${factor}, ${first}, ${out});`)),
    `return ${out};`,
  ];
  return join([
    [
      `// The kernel of CUDA for ${name}. Compiled where libtorch has CUDA and nvcc is there; without, this file is left out, and a`,
      "// call with tensors of a GPU says that there is no kernel for them.",
      "#include <torch_extension/tensor.h>",
    ],
    [
      "#include <ATen/Dispatch.h>",
      "#include <ATen/ops/zeros.h>",
      "#include <c10/cuda/CUDAException.h>",
      "#include <c10/cuda/CUDAGuard.h>",
      "#include <c10/cuda/CUDAStream.h>",
      "#include <torch/library.h>",
    ],
    ["#include <algorithm>"],
    [`namespace ${nativeName} {`, "namespace {"],
    checkAlike(name),
    [
      "/// out += factor * x * x, element by element. A thread takes every element that is a whole grid further.",
      "template <typename scalar_t>",
      "__global__ void add_squares_kernel(int64_t count, scalar_t factor, const scalar_t* x, scalar_t* out) {",
      "  const int64_t step = static_cast<int64_t>(gridDim.x) * blockDim.x;",
      "  for (int64_t i = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count; i += step) {",
      "    out[i] += factor * x[i] * x[i];",
      "  }",
      "}",
    ],
    [
      "/// Adds the squares of one tensor, times factor, to out, which is contiguous.",
      "void add_squares(const torch::Tensor& x, double factor, const torch::Tensor& first, const torch::Tensor& out) {",
      ...[
        "check_alike(x, first);",
        `TORCH_CHECK(x.device() == out.device(), "${name}: all tensors must be on ", out.device(), ", got ", x.device());`,
        "const int64_t count = out.numel();",
        "if (count == 0) return;",
        "const torch::Tensor dense = x.contiguous();",
        "const dim3 threads(256);",
        "const dim3 blocks(static_cast<unsigned int>(std::min<int64_t>((count + 255) / 256, 65535)));",
        `AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "${name}", [&] {`,
        "  add_squares_kernel<scalar_t><<<blocks, threads, 0, c10::cuda::getCurrentCUDAStream()>>>(",
        "      count, static_cast<scalar_t>(factor), dense.data_ptr<scalar_t>(), out.data_ptr<scalar_t>());",
        "});",
        "C10_CUDA_KERNEL_LAUNCH_CHECK();",
      ].map(indent),
      "}",
    ],
    [
      ...fitted(
        `torch::Tensor ${name}_cuda`,
        kernelParameters(plan).map((one) => `${one.type} ${one.name}`),
        " {",
      ),
      ...body.map(indent),
      "}",
    ],
    [`TORCH_LIBRARY_IMPL(${nativeName}, CUDA, m) {`, `  m.impl("${name}", &${name}_cuda);`, "}"],
    ["}  // namespace", `}  // namespace ${nativeName}`],
  ]);
}

const bracketed = (text: string): string => (text.includes("?") ? `(${text})` : text);

/** The parameters of the function that takes gradients back, but for the gradient that comes in. */
export function gradName(plan: FunctionPlan): string {
  return localNamer(kernelParameters(plan).map(({ name }) => name))("grad");
}

/** `grad_x`. */
export const gradOf = ({ name }: Parameter): string => `grad_${name}`;

/** csrc/src/<name>_autograd.cpp */
export function autogradSource(plan: FunctionPlan): string {
  const { nativeName, exported } = plan;
  const name = kernelName(plan);
  const parameters = kernelParameters(plan).map((one) => `${one.type} ${one.name}`);
  return join([
    [
      `// The gradients of ${exported.name}. A file of its own, since autograd's headers take seconds to compile.`,
      "#include <torch_extension/tensor.h>",
    ],
    [
      "#include <ATen/core/LegacyTypeDispatch.h>",
      "#include <torch/csrc/autograd/custom_function.h>",
      "#include <torch/library.h>",
    ],
    [`namespace ${nativeName} {`],
    [`// In ${exported.name}.cpp.`, ...fitted(`torch::Tensor ${name}`, parameters, ";")],
    backwardFunction(plan),
    ["namespace {"],
    autogradClass(plan),
    [
      ...fitted(`torch::Tensor ${name}_autograd`, parameters, " {"),
      `  return ${className(plan)}::apply(${kernelParameters(plan)
        .map((one) => one.name)
        .join(", ")});`,
      "}",
    ],
    [`TORCH_LIBRARY_IMPL(${nativeName}, Autograd, m) {`, `  m.impl("${name}", &${name}_autograd);`, "}"],
    ["}  // namespace", `}  // namespace ${nativeName}`],
  ]);
}

const className = (plan: FunctionPlan): string => `${pascalCase(plan.exported.name)}Function`;

function backwardFunction(plan: FunctionPlan): readonly string[] {
  const grad = gradName(plan);
  const parameters = kernelParameters(plan).map((one) => `${one.type} ${one.name}`);
  const head = (returns: string): readonly string[] =>
    fitted(`${returns} ${backwardName(plan)}`, [`const torch::Tensor& ${grad}`, ...parameters], " {");
  const title = `/// The gradients of ${plan.exported.name}, for the one of the loss with respect to the sum that it computes.`;
  if (kernelsOf(plan) === "inner") {
    return [
      title,
      `/// @param ${grad.padEnd(7)} that gradient, in the shape of the tensors`,
      `/// @param ${"tensors".padEnd(grad.length)} the tensors, in the order in which they were met`,
      `/// @param ${"factor".padEnd(Math.max(7, grad.length))} the factor, which has no gradient`,
      "/// @returns the gradients of the tensors, each in their shape",
      "// [[torch::export]]",
      ...head("std::vector<torch::Tensor>"),
      "  std::vector<torch::Tensor> gradients;",
      "  gradients.reserve(tensors.size());",
      `  for (const torch::Tensor& tensor : tensors) gradients.push_back(${grad} * tensor * 2 * factor);`,
      "  return gradients;",
      "}",
    ];
  }
  const tensors = tensorsOf(plan.exported);
  const gradients = tensors.map(({ name }) => `${grad} * ${name} * 2${times(numbersOf(plan.exported))}`);
  const width = Math.max(...[grad, ...plan.exported.parameters.map(({ name }) => name)].map(({ length }) => length));
  const doc = [
    title,
    `/// @param ${grad.padEnd(width)} that gradient, in the shape of the tensors`,
    ...plan.exported.parameters.map(
      ({ name, type }) =>
        `/// @param ${name.padEnd(width)} as ${plan.exported.name} took it${isTensor(type) ? "" : "; it has no gradient"}`,
    ),
  ];
  const [only] = gradients;
  if (gradients.length === 1 && only !== undefined) {
    return [
      ...doc,
      `/// @returns the gradient of ${tensors[0]?.name}, in its shape`,
      "// [[torch::export]]",
      ...head("torch::Tensor"),
      `  return ${only};`,
      "}",
    ];
  }
  return [
    ...doc,
    `/// @returns the gradients of ${tensors.map(({ name }) => name).join(", ")}, each in its shape`,
    `// [[torch::export(returns=c(${tensors.map((one) => `"${gradOf(one)}"`).join(", ")}))]]`,
    ...head(tupleOf(gradients.length)),
    ...fitted("return std::make_tuple", gradients, ";", "  "),
    "}",
  ];
}

const tupleOf = (count: number): string =>
  `std::tuple<${Array.from({ length: count }, () => "torch::Tensor").join(", ")}>`;

function autogradClass(plan: FunctionPlan): readonly string[] {
  // Calls are qualified: argument-dependent lookup finds functions of `at`, too.
  const { nativeName } = plan;
  const parameters = kernelParameters(plan);
  const local = localNamer(parameters.map(({ name }) => name));
  const [context, below] = [local("context"), local("below")];
  const isInner = kernelsOf(plan) === "inner";
  const tensors = tensorsOf(plan.exported);
  const others = isInner ? [] : plan.exported.parameters.filter(({ type }) => !isTensor(type));
  const kept = isInner ? "tensors.vec()" : `{${tensors.map(({ name }) => name).join(", ")}}`;
  const name = kernelName(plan);
  const forward = fitted(
    "static torch::Tensor forward",
    [`torch::autograd::AutogradContext* ${context}`, ...parameters.map((one) => `${one.type} ${one.name}`)],
    " {",
    "  ",
  );
  return [
    `class ${className(plan)} : public torch::autograd::Function<${className(plan)}> {`,
    " public:",
    ...forward,
    `    ${context}->save_for_backward(${kept});`,
    ...(isInner ? ["factor"] : others.map((one) => one.name)).map(
      (one) => `    ${context}->saved_data["${one}"] = ${one};`,
    ),
    `    const at::AutoDispatchBelowADInplaceOrView ${below};`,
    `    return ${nativeName}::${name}(${parameters.map((one) => one.name).join(", ")});`,
    "  }",
    "",
    "  static torch::autograd::variable_list backward(",
    "      torch::autograd::AutogradContext* context, torch::autograd::variable_list grads) {",
    "    const torch::autograd::variable_list saved = context->get_saved_variables();",
    ...(isInner ? innerBackward(plan) : ownBackward(plan, tensors, others)),
    "  }",
    "};",
  ];
}

function innerBackward(plan: FunctionPlan): readonly string[] {
  return [
    `    torch::autograd::variable_list gradients =`,
    `        ${plan.nativeName}::${backwardName(plan)}(grads[0], saved, context->saved_data["factor"].toDouble());`,
    "    gradients.emplace_back();  // factor",
    "    return gradients;",
  ];
}

const readers: Readonly<Record<string, string>> = { int64: "toInt", double: "toDouble", bool: "toBool" };

function ownBackward(
  plan: FunctionPlan,
  tensors: readonly Parameter[],
  others: readonly Parameter[],
): readonly string[] {
  const args = plan.exported.parameters.map((parameter) => {
    const at = tensors.indexOf(parameter);
    if (at >= 0) return `saved[${at}]`;
    const reader = parameter.type.kind === "row" ? (readers[parameter.type.id] ?? "") : "";
    return `context->saved_data["${parameter.name}"].${reader}()`;
  });
  const called = fitted(
    `const ${tensors.length === 1 ? "torch::Tensor" : tupleOf(tensors.length)} gradients = ${plan.nativeName}::${backwardName(plan)}`,
    ["grads[0]", ...args],
    ";",
    "    ",
  );
  const returned = plan.exported.parameters.map((parameter) => {
    const at = tensors.indexOf(parameter);
    if (at < 0) return "torch::Tensor()";
    return tensors.length === 1 ? "gradients" : `std::get<${at}>(gradients)`;
  });
  const comment = others.length === 0 ? [] : ["    // One for each argument of forward; what is no tensor has none."];
  return [...called, ...comment, `    return {${returned.join(", ")}};`];
}

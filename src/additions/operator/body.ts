// The annotated function: comment, signature, worked body.
import type { Parameter } from "../../model/module.js";
import { asDouble, asFactor, collect, fitted, type LocalNamer, localNamer, parameterType, spell } from "./cpp.js";
import {
  type FunctionPlan,
  holdsNumbers,
  holdsTensor,
  isPlain,
  kernelName,
  kernelsOf,
  mayLackTensors,
  needsSum,
  numbersOf,
  tensorsOf,
} from "./plan.js";
import { type BodyNames, buildResults, type Results } from "./results.js";

export interface Body {
  readonly lines: readonly string[];
  readonly includes: readonly string[];
  readonly results: Results;
  /** Parameters that the worked body has no use for. */
  readonly unused: readonly Parameter[];
}

/** `x * x`, `(x * x + y * y)`. */
export function squares(tensors: readonly string[]): string {
  const sum = tensors.map((name) => `${name} * ${name}`).join(" + ");
  return tensors.length > 1 ? `(${sum})` : sum;
}

/** ` * n * alpha`. */
export const times = (numbers: readonly Parameter[]): string =>
  numbers.map(({ type, name }) => ` * ${asFactor(type, name)}`).join("");

/** The statements of the function where its kernels are not its own. */
export function bodyOf(plan: FunctionPlan): Body {
  const { exported } = plan;
  const local = localNamer(exported.parameters.map(({ name }) => name));
  const names: BodyNames = {
    tensors: local("tensors"),
    factor: local("factor"),
    sum: local("sum"),
    total: local("total"),
  };
  const results = buildResults(plan, names, local);
  const isVoid = plan.results.length === 0;
  const wantsTensors = needsSum(plan) && tensorsOf(exported).length > 0;
  const wantsNumbers = (needsSum(plan) || isVoid) && numbersOf(exported).length > 0;
  const unused = exported.parameters.filter(
    ({ name, type }) =>
      !results.passed.has(name) && !(wantsTensors && holdsTensor(type)) && !(wantsNumbers && holdsNumbers(type)),
  );
  const includes = new Set(results.includes);
  const lines = [
    ...(unused.length === 0 ? [] : ["// Yours to use: the worked body does without."]),
    ...unused.map(({ name }) => `static_cast<void>(${name});`),
    ...(isVoid
      ? checkFinite(plan, names, wantsNumbers, local, includes)
      : sumLines(plan, names, results, { wantsTensors, wantsNumbers }, local, includes)),
    ...results.before,
    ...returnLines(results),
  ];
  const isDirect = plan.results.length === 1 && results.built[0]?.cpp === names.sum && !results.needsTotal;
  return { lines: isDirect ? inlined(lines, names.sum) : lines, includes: [...includes], results, unused };
}

/** `const torch::Tensor sum = a; return sum;` as `return a;`. */
function inlined(lines: readonly string[], name: string): readonly string[] {
  const head = `const torch::Tensor ${name} = `;
  const at = lines.length - 2;
  const line = lines[at];
  if (line === undefined || !line.startsWith(head)) return lines;
  return [...lines.slice(0, at), `return ${line.slice(head.length)}`];
}

function checkFinite(
  { exported, nativeName }: FunctionPlan,
  { factor }: BodyNames,
  wantsNumbers: boolean,
  local: LocalNamer,
  includes: Set<string>,
): readonly string[] {
  if (!wantsNumbers) return [];
  includes.add("<cmath>");
  return [
    `double ${factor} = 1;`,
    ...exported.parameters.flatMap(({ type, name }) =>
      collect(type, name, { tensors: null, factor, nativeName }, local),
    ),
    `TORCH_CHECK(std::isfinite(${factor}), "${exported.name}: the product of all numbers must be finite, got ", ${factor});`,
  ];
}

interface Wanted {
  readonly wantsTensors: boolean;
  readonly wantsNumbers: boolean;
}

function sumLines(
  plan: FunctionPlan,
  names: BodyNames,
  results: Results,
  { wantsTensors, wantsNumbers }: Wanted,
  local: LocalNamer,
  includes: Set<string>,
): readonly string[] {
  if (!results.needsSum && !results.needsTotal) return [];
  const { exported, nativeName } = plan;
  const { tensors, factor, sum, total } = names;
  const isInner = kernelsOf(plan) === "inner";
  const isShort = isPlain(exported) && !isInner;
  const numbers = numbersOf(exported);
  const lines: string[] = [];
  const point = `at::scalar_tensor(${wantsNumbers ? factor : "1"}, at::kDouble)`;
  if (isShort && wantsTensors) {
    const formula = squares(tensorsOf(exported).map(({ name }) => name));
    lines.push(`const torch::Tensor ${sum} = ${formula}${times(numbers)};`);
  } else {
    const into = { tensors: wantsTensors ? tensors : null, factor: wantsNumbers ? factor : null, nativeName };
    if (isShort && wantsNumbers) {
      const product = numbers.map(({ type, name }) => bracketed(asDouble(type, name)));
      lines.push(`const double ${factor} = ${product.join(" * ").replace(/^\((.*)\)$/u, "$1")};`);
    } else {
      if (wantsTensors) lines.push(`std::vector<torch::Tensor> ${tensors};`);
      if (wantsNumbers) lines.push(`double ${factor} = 1;`);
      for (const { type, name } of exported.parameters) lines.push(...collect(type, name, into, local));
    }
    if (wantsTensors) {
      lines.push(...combine(plan, names, wantsNumbers, isInner, point));
      if (mayLackTensors(exported)) includes.add("<ATen/ops/scalar_tensor.h>");
    } else if (results.needsSum) {
      includes.add("<ATen/ops/scalar_tensor.h>");
      lines.push(`const torch::Tensor ${sum} = ${point};`);
    }
  }
  if (results.needsTotal) {
    const alone = wantsNumbers ? factor : "1";
    lines.push(`const double ${total} = ${wantsTensors ? `${sum}.sum().item<double>()` : alone};`);
  }
  return lines;
}

const bracketed = (text: string): string => (text.includes("?") ? `(${text})` : text);

function combine(
  plan: FunctionPlan,
  { tensors, factor, sum }: BodyNames,
  wantsNumbers: boolean,
  isInner: boolean,
  point: string,
): readonly string[] {
  const lacks = mayLackTensors(plan.exported);
  if (isInner) {
    const called = `${plan.nativeName}::${kernelName(plan)}(${tensors}, ${wantsNumbers ? factor : "1"})`;
    return [`const torch::Tensor ${sum} = ${lacks ? `${tensors}.empty() ? ${point} : ` : ""}${called};`];
  }
  return [
    `torch::Tensor ${sum};`,
    `for (const torch::Tensor& tensor : ${tensors}) ${sum} = ${sum}.defined() ? ${sum} + tensor * tensor : tensor * tensor;`,
    ...(lacks
      ? [`${sum} = ${sum}.defined() ? ${wantsNumbers ? `${sum} * ${factor}` : sum} : ${point};`]
      : wantsNumbers
        ? [`${sum} = ${sum} * ${factor};`]
        : []),
  ];
}

function returnLines({ built }: Results): readonly string[] {
  if (built.length === 0) return [];
  const [only] = built;
  if (built.length === 1 && only !== undefined) return [`return ${only.cpp};`];
  const items = built.map(({ cpp }) => cpp);
  const line = `return {${items.join(", ")}};`;
  return line.length <= 116 ? [line] : ["return {", ...items.map((item) => `    ${item},`), "};"];
}

/** `torch::Tensor scale_add(const torch::Tensor& x, int64_t n = 2)` and `tail`. */
export function signatureOf(plan: FunctionPlan, withDefaults: boolean, tail: string): readonly string[] {
  const { exported, nativeName, defaults } = plan;
  return fitted(
    `${spell(exported.returns, nativeName)} ${exported.name}`,
    exported.parameters.map(({ type, name }, i) => {
      const value = defaults[i] ?? null;
      return `${parameterType(type, nativeName)} ${name}${withDefaults && value !== null ? ` = ${value}` : ""}`;
    }),
    tail,
  );
}

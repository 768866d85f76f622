// What a worked body returns: each result built of the sum of squares and its total, the C++ and the value side by side.
import type { Type } from "../../model/module.js";
import { type LocalNamer, spell } from "./cpp.js";
import { constructorOf, type FunctionPlan, isNumber } from "./plan.js";
import { type Computed, type Sample, usualNames } from "./values.js";

/** A result in C++, and what tests expect for samples of the arguments. */
export interface Built {
  readonly cpp: string;
  readonly expect: (samples: readonly Sample[], computed: Computed) => Sample;
}

/** What a body calls its locals. */
export interface BodyNames {
  readonly tensors: string;
  readonly factor: string;
  readonly sum: string;
  readonly total: string;
}

export interface Results {
  /** One for each result. */
  readonly built: readonly Built[];
  readonly needsSum: boolean;
  readonly needsTotal: boolean;
  readonly includes: readonly string[];
  /** Parameters that a result is, as they came. */
  readonly passed: ReadonlySet<string>;
  /** Statements that some of them need, before the return. */
  readonly before: readonly string[];
}

/**
 * The later of several tensors are multiples of the sum, and the later of several numbers multiples of its total, so that a
 * test tells them apart. Names and settings are those that came in, where one of the type did.
 */
export function buildResults(plan: FunctionPlan, names: BodyNames, local: LocalNamer): Results {
  const { exported, nativeName } = plan;
  const includes = new Set<string>();
  const passed = new Set<string>();
  const before: string[] = [];
  let tensors = 0;
  let numbers = 0;

  const number = (type: Extract<Type, { kind: "row" }>): Built => {
    numbers += 1;
    const times = numbers;
    const total = times === 1 ? names.total : `${names.total} * ${times}`;
    const of = (computed: Computed): number => computed.total * times;
    switch (type.id) {
      case "bool":
        return { cpp: `${total} > 0`, expect: (_, computed) => ({ kind: "bool", value: of(computed) > 0 }) };
      case "int64":
      case "int32":
        includes.add("<cmath>");
        return {
          cpp: type.id === "int64" ? `std::llround(${total})` : `static_cast<int32_t>(std::lround(${total}))`,
          expect: (_, computed) => ({ kind: "number", value: roundAway(of(computed)) }),
        };
      case "float":
        return {
          cpp: `static_cast<float>(${total})`,
          expect: (_, computed) => ({ kind: "number", value: Math.fround(of(computed)) }),
        };
      case "scalar":
        return { cpp: `torch::Scalar(${total})`, expect: (_, computed) => ({ kind: "number", value: of(computed) }) };
      default:
        return { cpp: total, expect: (_, computed) => ({ kind: "number", value: of(computed) }) };
    }
  };

  const build = (type: Type): Built => {
    if (type.kind === "row" && isNumber(type)) return number(type);
    switch (type.kind) {
      case "row":
        return type.id === "tensor" ? tensor() : setting(type);
      case "optional": {
        const inner = build(type.of);
        return { cpp: `${spell(type, nativeName)}(${inner.cpp})`, expect: inner.expect };
      }
      case "list": {
        if (type.container === "array") {
          const parts = Array.from({ length: type.length }, () => build(type.of));
          return {
            cpp: `${spell(type, nativeName)}{{${parts.map(({ cpp }) => cpp).join(", ")}}}`,
            expect: (...given) => ({ kind: "list", items: parts.map((part) => part.expect(...given)) }),
          };
        }
        const inner = build(type.of);
        return {
          cpp: `${spell(type, nativeName)}${type.container === "list" ? `({${inner.cpp}})` : `{${inner.cpp}}`}`,
          expect: (...given) => ({ kind: "list", items: [inner.expect(...given)] }),
        };
      }
      case "tuple": {
        const parts = type.of.map(build);
        return {
          cpp: `${spell(type, nativeName)}(${parts.map(({ cpp }) => cpp).join(", ")})`,
          expect: (...given) => ({ kind: "list", items: parts.map((part) => part.expect(...given)) }),
        };
      }
      case "dict":
        return dict(type);
      case "enum":
        return setting(type);
      case "record": {
        const parts = type.decl.fields.map((field) => build(field.type));
        return {
          cpp: `${spell(type, nativeName)}{${parts.map(({ cpp }) => cpp).join(", ")}}`,
          expect: (...given) => ({
            kind: "record",
            fields: type.decl.fields.map((field, i) => [field.name, parts[i]?.expect(...given) ?? { kind: "none" }]),
          }),
        };
      }
      case "handle": {
        const make = constructorOf(type, plan.classes);
        if (make === null) throw new Error(`no constructor of ${type.decl.name} is exported`);
        const parts = make.parameters.map((parameter) => build(parameter.type));
        return {
          cpp: made(type, parts.map(({ cpp }) => cpp).join(", ")),
          expect: (...given) => ({ kind: "object", make, args: parts.map((part) => part.expect(...given)) }),
        };
      }
      default:
        throw new Error(`a ${type.kind} cannot be made up`);
    }
  };

  const made = (type: Extract<Type, { kind: "handle" }>, args: string): string => {
    const object = spell({ kind: "handle", decl: type.decl }, nativeName);
    switch (type.pointer) {
      case "shared":
        return `std::make_shared<${object}>(${args})`;
      case "unique":
        return `std::unique_ptr<${object}>(new ${object}(${args}))`;
      case "intrusive":
        return `c10::make_intrusive<${object}>(${args})`;
      default:
        return `${object}(${args})`;
    }
  };

  const tensor = (): Built => {
    tensors += 1;
    const times = tensors;
    return {
      cpp: times === 1 ? names.sum : `${names.sum} * ${times}`,
      expect: (_, { sum }) => ({ ...sum, values: sum.values.map((value) => value * times) }),
    };
  };

  const setting = (type: Type): Built => {
    const at = exported.parameters.findIndex((parameter) => isSame(parameter.type, type));
    const parameter = exported.parameters[at];
    if (parameter !== undefined) {
      passed.add(parameter.name);
      return { cpp: parameter.name, expect: (samples) => samples[at] ?? { kind: "none" } };
    }
    const made = makeSetting(type, plan, includes);
    return { cpp: made.cpp, expect: () => made.sample };
  };

  const dict = (type: Extract<Type, { kind: "dict" }>): Built => {
    const inner = build(type.value);
    const isText = type.key.kind === "row" && type.key.id === "string";
    const key = isText ? '"a"' : "1";
    const expect: Built["expect"] = (...given) => ({
      kind: "dict",
      entries: [[isText ? "a" : 1, inner.expect(...given)]],
    });
    const spelling = spell(type, nativeName);
    if (type.container !== undefined) return { cpp: `${spelling}{{${key}, ${inner.cpp}}}`, expect };
    const name = local("dictionary");
    before.push(`${spelling} ${name};`, `${name}.insert(${key}, ${inner.cpp});`);
    return { cpp: name, expect };
  };

  const built = plan.results.map(({ type }) => build(type));
  return { built, needsSum: tensors > 0, needsTotal: numbers > 0, includes: [...includes], passed, before };
}

function makeSetting(type: Type, { exported, nativeName }: FunctionPlan, includes: Set<string>) {
  const text = (value: string): Sample => ({ kind: "text", value });
  if (type.kind === "enum") {
    const first = type.decl.entries[0]?.name ?? "";
    return { cpp: `${spell(type, nativeName)}::${first}`, sample: text(first) };
  }
  const id = type.kind === "row" ? type.id : "string";
  switch (id) {
    case "dtype":
      return { cpp: "at::kDouble", sample: text(usualNames.dtype ?? "") };
    case "device":
      return { cpp: "torch::Device(at::kCPU)", sample: text(usualNames.device ?? "") };
    case "layout":
      return { cpp: "at::kStrided", sample: text(usualNames.layout ?? "") };
    case "memoryFormat":
      return { cpp: "at::MemoryFormat::Contiguous", sample: text(usualNames.memoryFormat ?? "") };
    case "generator":
      includes.add("<ATen/CPUGeneratorImpl.h>");
      return { cpp: "at::detail::createCPUGenerator()", sample: { kind: "generator" } as const };
    default:
      return { cpp: `std::string("${exported.name}")`, sample: text(exported.name) };
  }
}

/** As std::llround: halves away from zero. */
function roundAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) || 0;
}

function isSame(a: Type, b: Type): boolean {
  if (a.kind === "row" && b.kind === "row") return a.id === b.id;
  if (a.kind === "enum" && b.kind === "enum") {
    return a.decl.name === b.decl.name && a.decl.namespace.join("::") === b.decl.namespace.join("::");
  }
  return false;
}

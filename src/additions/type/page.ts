// docs/types/<name>.md: what the type is at each layer, who owns its memory, and an example that the package's tests run.
import { typeTitle } from "../../types/derive.js";
import { pointee } from "./answers.js";
import { travellerOf, typeDeclaration, typePaths } from "./cpp.js";
import type { TypePlan } from "./plan.js";
import { typeRExample } from "./r.js";
import { typeTsExample } from "./ts.js";

export interface HostTypes {
  /** Rows of the page's table: a layer, and what the type is there, as Markdown. */
  readonly layers: readonly (readonly [layer: string, text: string])[];
}

const about = {
  tuple: "a tuple to C++, whose alias names its elements",
  record: "a struct, which crosses field by field",
  enum: "an enum, whose entries hosts have as text",
  opaque: "a class with state, whose objects stay in C++ behind a handle",
  external: "a type of another library, held by a class that hosts have behind a handle",
} as const;

const memory = {
  tuple:
    "What it holds is copied on each way; tensors in it are new handles of one storage, which each side frees by itself.",
  record:
    "What it holds is copied on each way; tensors in it are new handles of one storage, which each side frees by itself.",
  enum: "It crosses as a number, which nobody has to free.",
  opaque:
    "An argument is borrowed for the call. A result is a new object behind a new handle, which the host's garbage collector frees; `dispose()` frees it at once, in each host.",
  external:
    "A handle shares in owning the library's object: the last of them frees it. The host's garbage collector frees handles; `dispose()` frees one at once, in each host.",
} as const;

export function typePage(plan: TypePlan, types: HostTypes): string {
  const { answers, hosts, type, nativeName } = plan;
  const { name, kind } = answers;
  const paths = typePaths(name, nativeName);
  const isExternal = kind === "external";
  const todo = isExternal
    ? [
        `To do: the conversions of \`${pointee(answers.cpp)}\` in [${paths.source}](../../${paths.source}) are yours to write. Until then they throw an error that`,
        "names their place, and the tests that go through and back, and run these examples, are left open with it.",
        "",
      ]
    : [];
  const examples = hosts.flatMap((host) =>
    host === "ts" ? ["```js", ...typeTsExample(plan), "```", ""] : ["```r", ...typeRExample(plan), "```", ""],
  );
  const lines = [
    `# \`${name}\``,
    "",
    `\`${nativeName}::${name}\` is ${about[kind]}.${plan.switched ? "" : ` It is ${typeTitle(type)} in the [table of calls](../call-stack.md).`}`,
    "",
    ...declaredAs(plan),
    "| layer | what it is there |",
    "| --- | --- |",
    ...types.layers.map(([layer, text]) => `| ${layer} | ${text.replaceAll("|", "\\|")} |`),
    "",
    memory[kind],
    "",
    "## Example",
    "",
    `\`${travellerOf(answers)}\`, in [${paths.source}](../../${paths.source}), is a function that it travels through; functions of yours take and return it alike.`,
    "",
    ...todo,
    ...examples,
    "The tests of the package run these examples as they stand here.",
    "",
    `Declared in [${paths.header}](../../${paths.header}).`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The definition, where all that hosts see of it stands in few lines. */
function declaredAs({ answers, nativeName, switched, headers }: TypePlan): readonly string[] {
  if (answers.kind === "opaque" || answers.kind === "external") return [];
  return ["```cpp", ...typeDeclaration(answers, { nativeName, switched, headers }), "```", ""];
}

// Each exported function in TypeScript and in the Node-API glue, for the call stack.
import { formsOf, placesIn } from "../../c-abi/describe.js";
import { type Member, membersOf } from "../../c-abi/members.js";
import { ABSENT, type Description, type Layer, type ValueForms } from "../../model/description.js";
import type { ExportedFunction, Module, Type } from "../../model/module.js";
import type { PrintedFile } from "../../print/printer.js";
import type { TypescriptCallable } from "./lower/callable.js";
import type { TypescriptModule } from "./lower/module.js";
import { tsParameterType, tsResultType } from "./lower/type-names.js";
import { className } from "./names.js";
import { addonPath } from "./print/addon.js";
import { wrapperPath } from "./print/module.js";
import { typescriptProblem } from "./types.js";

const key = "typescript";

export function describe(
  module: Module,
  { functions, classes }: TypescriptModule,
  files: readonly PrintedFile[],
): Description {
  const members = classes.flatMap(({ make, methods }) => (make === null ? methods : [make, ...methods]));
  const wrappers = new Map([...functions, ...members].map((wrapper) => [wrapper.key, wrapper]));
  return {
    columns: [{ key, title: "TypeScript" }],
    functions: new Map(
      membersOf(module).map((member) => {
        const wrapper = wrappers.get(member.key) ?? null;
        return [
          member.key,
          { layers: layersOf(member, wrapper, files), forms: { [key]: valueForms(member, wrapper) } },
        ];
      }),
    ),
  };
}

function layersOf(member: Member, wrapper: TypescriptCallable | null, files: readonly PrintedFile[]): readonly Layer[] {
  const { exported, owner, isConstructor } = member;
  if (wrapper === null) {
    const why = exported.visibleToHosts ? unreachable(exported) : "`rcpp=FALSE`";
    return [{ name: "TypeScript", called: null, signature: ABSENT, places: [], note: `not there: ${why}` }];
  }
  const parameters = wrapper.parameters.map(
    (p) => `${p.name}: ${p.type}${p.default === null ? "" : ` = ${p.default}`}`,
  );
  const returns = wrapper.returns === null ? "" : `: ${wrapper.returns}`;
  const of = owner === null ? "" : className(owner);
  const called = isConstructor ? of : owner === null ? wrapper.name : `${of}.${wrapper.name}`;
  const { method } = wrapper;
  const placesAt = (path: string) =>
    placesIn(
      files.filter((file) => file.path === path),
      member.key,
    );
  return [
    {
      name: "TypeScript",
      called,
      signature: `${isConstructor ? "new " : ""}${called}(${parameters.join(", ")})${returns}`,
      places: placesAt(wrapperPath),
      note: null,
    },
    {
      name: "Node-API glue",
      called: method.name,
      signature: `${method.name}(${method.parameters.join(", ")}): ${method.returns}`,
      places: placesAt(addonPath),
      note: null,
    },
  ];
}

function unreachable({ parameters, returns }: ExportedFunction): string {
  const problems = [...parameters.map(({ type }) => type), returns].map(typescriptProblem);
  return problems.find((problem) => problem !== null) ?? "nothing calls it";
}

/** A result whose elements have names is shown by its interface, as the signature names it. */
function valueForms(member: Member, wrapper: TypescriptCallable | null): ValueForms {
  const forms = formsOf(member, (type) => formOf(type, tsParameterType));
  const named = member.exported.returnNames === null ? null : (wrapper?.returns ?? null);
  const isExpressible = typescriptProblem(member.exported.returns) === null;
  return { ...forms, result: isExpressible && named !== null ? named : formOf(member.exported.returns, tsResultType) };
}

function formOf(type: Type, name: (type: Type) => string): string {
  return typescriptProblem(type) === null ? name(type) : ABSENT;
}

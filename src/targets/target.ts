// What a target is: one language or tool for which a package gets files, in one folder beside this file.
import type { CAbi, CAbiNeeds } from "../c-abi/lower/c-abi.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Description } from "../model/description.js";
import type { Host } from "../model/host.js";
import type { Module, Type } from "../model/module.js";
import type { ModuleMode, PackageFacts } from "../model/package.js";
import type { PrintedFile } from "../print/printer.js";

export interface Target {
  /** Unique in a list of targets. */
  readonly id: string;
  /** The host language that the target serves; null for a target that every package gets. */
  readonly language: HostLanguage | null;
  /** The kinds of packages for which it generates. */
  readonly modes: readonly ModuleMode[];
  /** Files whose text `generate` needs beside the C++. */
  reads?(facts: PackageFacts): TargetReads;
  /** Reports what the target cannot express: clashes of names, types without a form. */
  check?(module: Module): readonly Diagnostic[];
  /** What the interface hash covers beside C symbols and types: names that generated code of the target loads. */
  interfaceLines?(module: Module): readonly string[];
  /** What it needs of the C ABI beside the exported functions. */
  cAbiNeeds?(module: Module): CAbiNeeds;
  /** Prints the files of the target, and describes every exported function as the target has it. */
  generate(input: TargetInput): TargetOutput;
  /** Columns of the manual's page of types. */
  readonly typeColumns?: readonly TypeColumn[];
}

/** A language from which packages are called. */
export interface HostLanguage {
  readonly host: Host;
  /** `TypeScript`, in messages and headings. */
  readonly title: string;
  /** The language and its platform, where a user chooses: `TypeScript (Node.js)`. */
  readonly label: string;
  /** The file that makes a folder a package of the language. */
  readonly packageFile: string;
  /** The package's name in the text of that file; null if it names none. */
  packageName(text: string): string | null;
  /** The C++ name of a package with that name. */
  nativeName(packageName: string): string;
  /** The edit that gives such a file a name, for messages. */
  readonly namingFix: string;
  /** Why a package with this C++ name cannot be one of the language, in a sentence without its full stop; null if it can. */
  nameProblem(nativeName: string): string | null;
  /** Whether packages that R's torchexport generated are packages of the language. */
  readonly isTorchexports: boolean;
}

export interface TargetReads {
  /** Paths in the package. */
  readonly inPackage: readonly string[];
  /** Paths in this generator, of vendored text that the target prints. */
  readonly inGenerator: readonly string[];
}

/** Texts by path; null for a file that does not exist. */
export type Texts = Readonly<Record<string, string | null>>;

export interface TargetInput {
  readonly module: Module;
  readonly facts: PackageFacts;
  /** What `reads` asked for. */
  readonly texts: { readonly inPackage: Texts; readonly inGenerator: Texts };
  /** The lowered C ABI, the same for every target. A target with its own C ABI, as torchexport has it, does not call it. */
  readonly cAbi: () => CAbi;
  /** The printed files of the C ABI. */
  readonly cAbiFiles: readonly PrintedFile[];
  /** The descriptions of the C ABI and of the targets before this one, in the order of their layers. */
  readonly described: readonly Description[];
}

export interface TargetOutput {
  readonly files: readonly PrintedFile[];
  /** Null for a target that adds no layer. */
  readonly description: Description | null;
}

/** One column of the manual's page of types. */
export interface TypeColumn {
  readonly title: string;
  /** Markdown. */
  cell(type: Type): string;
}

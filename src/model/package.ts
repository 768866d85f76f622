import type { Host } from "./host.js";

/** The two names of a package. */
export interface PackageNames {
  /** npm's name where the package has one, else R's: `my-ext`, `@acme/my-ext`. */
  readonly packageName: string;
  /** The C prefix, C++ namespace and dispatcher namespace: `myext`. */
  readonly nativeName: string;
}

/** Whether the package has our own layout, or keeps to the files that R's torchexport wrote for it. */
export type ModuleMode = "ours" | "switched";

/** What is known of a package before its C++ is read. */
export interface PackageFacts {
  readonly names: PackageNames;
  readonly hosts: readonly Host[];
  readonly mode: ModuleMode;
  /** The package's name in the file of each host, where it has that file. */
  readonly hostNames: Readonly<Partial<Record<Host, string>>>;
  /** Pages of the package's documentation about one type or operator, below docs/: `types/scored.md`. */
  readonly pages: readonly string[];
}

// What `output` is given, and what it found on the disk: plain data.
import type { PackageNames } from "../model/package.js";

/**
 * The owner of a file. User-owned files are written once, generated ones are printed from the C++ each time, and vendored
 * ones are copied as they are.
 */
export type Owner = "userOwned" | "generated" | "vendored";

export const OWNERS: readonly Owner[] = ["generated", "vendored", "userOwned"];

/** One file as it should be. */
export interface PlannedFile {
  /** Relative to the package's root, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly owner: Owner;
  /** The content holds all that lies there (keys of others in a JSON file): it is written without being asked about. */
  readonly merged?: boolean;
  /** What other tools find in it once it is written: signatures for Rcpp, names for roxygen2. */
  readonly exports?: readonly string[];
  /** Only its executable bits count (0o755), and only when the file is written; else 0o644 under the umask. */
  readonly mode?: number;
}

/** `torch-extension.json`: every file that a run wrote, by owner, then path, with the SHA-256 of what was written. */
export interface Manifest {
  readonly schema: 1;
  /** Version of the generator that wrote it. */
  readonly generator: string;
  readonly names: PackageNames;
  /** For `userOwned` the hash is that of the newest template output, whatever the user edited since. */
  readonly files: Readonly<Record<Owner, Readonly<Record<string, string>>>>;
  /** The texts behind the hashes of `userOwned`, packed, by hash: what a later version compares its own templates with. */
  readonly templates?: Readonly<Record<string, string>>;
  /** What was added after the package was started, by kind and name (`type:scored`): what `--remove` takes away again. */
  readonly additions?: Readonly<Record<string, AdditionRecord>>;
}

/** One type or function that a command added: its files, all of them user-owned, and the answers that it was made from. */
export interface AdditionRecord {
  readonly files: readonly string[];
  readonly answers: Readonly<Record<string, string | boolean | readonly string[]>>;
}

interface Place {
  readonly path: string;
  readonly owner: Owner;
}

interface Write extends Place {
  readonly after: Uint8Array;
  readonly executable: boolean;
}

interface Replace extends Write {
  readonly before: Uint8Array;
}

export type Change =
  /** Not on the disk. */
  | (Write & { readonly kind: "create" })
  /** On the disk as planned (line ends aside). */
  | (Write & { readonly kind: "unchanged" })
  /** Ours, untouched since it was written, and different now. */
  | (Replace & { readonly kind: "update" })
  /** Ours, but the user edited it. Needs a decision. */
  | (Replace & { readonly kind: "edited" })
  /** On the disk and in no manifest. Needs a decision. */
  | (Replace & { readonly kind: "collision" })
  /** User-owned: never written. `before` is null if it cannot be read as a file. */
  | (Write & { readonly kind: "kept"; readonly before: Uint8Array | null; readonly answerChanged: boolean })
  /** User-owned, and the user removed it: stays away unless the decision is `write`. */
  | (Write & { readonly kind: "deleted" })
  /** Ours, untouched, and no longer planned; with `backup`, touched, and to go by consent. */
  | (Place & { readonly kind: "remove"; readonly before: Uint8Array; readonly backup?: boolean })
  /** Ours once, no longer planned, edited (or no longer a plain file): left to the user. */
  | (Place & { readonly kind: "orphan-edited"; readonly before: Uint8Array | null });

/** What to do with a change of kind `edited`, `collision` or `deleted`. */
export type Decision = "write" | "keep";

export interface Plan {
  /** The package's root, absolute. */
  readonly root: string;
  readonly scope: readonly Owner[];
  readonly previous: Manifest | null;
  /** One per path, sorted by path. */
  readonly changes: readonly Change[];
}

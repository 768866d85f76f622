import type { Host } from "./host.js";

export type License = "MIT" | "Apache-2.0" | "BSD-3-Clause" | "none";
export type Start = "lltm" | "minimal";
export type Switch = "auto" | "on" | "off";

/** What the user answered about a new package: everything that its files depend on. */
export interface Answers {
  /** npm's name. */
  readonly name: string;
  /** C++ namespace, prefix of C symbols, dispatcher namespace. */
  readonly nativeName: string;
  /** Where it goes, from the folder that the command runs in: "." or the name without its scope. */
  readonly folder: string;
  /** One line; may be empty. */
  readonly description: string;
  /** `Name <mail>`; may be empty. */
  readonly author: string;
  readonly license: License;
  readonly wrappers: readonly Host[];
  readonly start: Start;
  /** "auto", or an absolute folder. */
  readonly libtorch: string;
  readonly cuda: Switch;
  readonly git: boolean;
  readonly build: boolean;
  /** Whether missing tools may be installed; "ask": by a prompt, when something is missing. */
  readonly install: boolean | "ask";
  /** Year of the licence: of the first run, so that a later one changes nothing. */
  readonly year: number;
  /** `https://github.com/<owner>/<name>`, where the folder is a clone of that or pushes to it. */
  readonly repository: string | null;
}

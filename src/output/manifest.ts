import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageNames } from "../model/package.js";
import { hashContent } from "./content.js";
import { errorCode, OutputError, wrap } from "./errors.js";
import { badPath, MANIFEST_FILE } from "./paths.js";
import { packText } from "./template-text.js";
import type { Change, Decision, Manifest, Owner, Plan } from "./types.js";
import { OWNERS } from "./types.js";

const SCHEMA = 1;

/** What the manifest says about one path. */
export interface ManifestEntry {
  readonly owner: Owner;
  readonly hash: string;
}

/** The manifest by path; empty for null. */
export function manifestEntries(manifest: Manifest | null): Map<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>();
  if (manifest === null) return entries;
  for (const owner of OWNERS) {
    for (const [path, hash] of Object.entries(manifest.files[owner])) entries.set(path, { owner, hash });
  }
  return entries;
}

/** Sorted by code unit, so that no locale changes the file. */
function filesOf(entries: Iterable<readonly [string, ManifestEntry]>, owner: Owner): Record<string, string> {
  const own = [...entries]
    .filter(([, entry]) => entry.owner === owner)
    .map(([path, { hash }]) => [path, hash] as const);
  return Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A manifest of these entries. */
export function makeManifest(
  generator: string,
  names: PackageNames,
  entries: ReadonlyMap<string, ManifestEntry>,
  templates: Manifest["templates"] = {},
  additions: Manifest["additions"] = {},
): Manifest {
  const [generated, vendored, userOwned] = OWNERS.map((owner) => filesOf(entries, owner));
  const files = { generated, vendored, userOwned } as Manifest["files"];
  return {
    schema: SCHEMA,
    generator,
    names,
    files,
    ...(Object.keys(templates).length === 0 ? {} : { templates }),
    ...(Object.keys(additions).length === 0 ? {} : { additions }),
  };
}

/** The text of `torch-extension.json`: always the same for the same manifest. */
export function renderManifest({ generator, names, files, templates, additions }: Manifest): string {
  const { packageName, nativeName } = names;
  const sorted = OWNERS.map((owner) => {
    const entries = Object.entries(files[owner]).map(([path, hash]) => [path, { owner, hash }] as const);
    return [owner, filesOf(entries, owner)];
  });
  const body = {
    schema: SCHEMA,
    generator,
    names: { packageName, nativeName },
    files: Object.fromEntries(sorted),
    ...(additions === undefined ? {} : { additions: sortedByKey(additions) }),
    ...(templates === undefined ? {} : { templates: sortedByKey(templates) }),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

const sortedByKey = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isString = (value: unknown): value is string => typeof value === "string";

const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString);

/** What is wrong with `additions`; null when nothing is. */
function additionsFault(additions: unknown): string | null {
  if (additions === undefined) return null;
  if (!isRecord(additions)) return "«additions» is not an object";
  for (const [id, addition] of Object.entries(additions)) {
    if (!isRecord(addition) || !isStrings(addition.files)) return `«additions.${id}» names no files`;
    const bad = addition.files.find((path) => badPath(path) !== null);
    if (bad !== undefined) return `the path «${bad}» of «additions.${id}» ${badPath(bad)}`;
    const isAnswer = (value: unknown): boolean => isString(value) || typeof value === "boolean" || isStrings(value);
    if (!isRecord(addition.answers) || !Object.values(addition.answers).every(isAnswer)) {
      return `«additions.${id}» holds no answers`;
    }
  }
  return null;
}

/** What is wrong with the value as a manifest; null when nothing is. */
function findFault(value: unknown): string | null {
  if (!isRecord(value)) return "it is not an object";
  if (typeof value.generator !== "string") return "«generator» is not a string";
  const { names, files, templates, additions } = value;
  if (!isRecord(names) || typeof names.packageName !== "string" || typeof names.nativeName !== "string") {
    return "«names» does not hold packageName and nativeName";
  }
  if (!isRecord(files)) return "«files» is not an object";
  if (templates !== undefined && !(isRecord(templates) && Object.values(templates).every(isString))) {
    return "«templates» does not hold texts";
  }
  const seen = new Set<string>();
  for (const owner of OWNERS) {
    const own = files[owner];
    if (!isRecord(own)) return `«files.${owner}» is not an object`;
    for (const [path, hash] of Object.entries(own)) {
      const bad = badPath(path);
      if (bad !== null) return `the path «${path}» ${bad}`;
      if (seen.has(path)) return `«${path}» has two owners`;
      if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return `the hash of «${path}» is no SHA-256`;
      seen.add(path);
    }
  }
  return additionsFault(additions);
}

/**
 * Reads the text of a manifest; `file` is what an error calls it.
 * @throws {OutputError} broken JSON, another schema, or a path that leaves the package
 */
export function parseManifest(text: string, file: string): Manifest {
  const restore = `Restore the file (git checkout -- ${MANIFEST_FILE}), or delete it and run again: files that exist are then asked about.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const conflict = /^(<{7}|={7}|>{7})( |$)/m.test(text) ? " It holds the marks of a merge conflict." : "";
    throw new OutputError(`${file} is not valid JSON.${conflict}`, restore, { cause });
  }
  const schema = isRecord(value) ? value.schema : undefined;
  if (typeof schema === "number" && schema > SCHEMA) {
    throw new OutputError(
      `${file} was written by a newer version of the generator (schema ${schema}; this one knows ${SCHEMA}).`,
      "Update the generator: npm install -g generator-torch-extension@latest.",
    );
  }
  if (schema !== SCHEMA)
    throw new OutputError(`${file} has no schema that is known here («schema»: ${SCHEMA}).`, restore);
  const fault = findFault(value);
  if (fault !== null) throw new OutputError(`${file} is not a manifest: ${fault}.`, restore);
  return value as Manifest;
}

/**
 * The manifest of the package in `root`; null when it has none.
 * @throws {OutputError} as parseManifest, or when the file cannot be read
 */
export function readManifest(root: string): Manifest | null {
  const file = join(root, MANIFEST_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
    throw wrap(error, "Cannot read", file, "");
  }
  return parseManifest(text.replace(/^\uFEFF/, ""), file);
}

/** The entry that a change leaves behind; null when the path is no longer listed. */
function entryAfter(change: Change, decision: Decision | undefined, before: ManifestEntry | undefined) {
  switch (change.kind) {
    case "remove":
    case "orphan-edited":
      return null;
    case "edited":
      if (decision !== "write") return before ?? null;
      break;
    case "collision":
      // An existing file that a template would write is user-owned from now on. A generated one is prompted for again.
      if (decision !== "write" && change.owner !== "userOwned") return null;
      break;
  }
  return { owner: change.owner, hash: hashContent(change.after) };
}

/**
 * The manifest after the plan was carried out. Entries of owners outside the plan's scope, and the person's files that
 * are no longer planned, are carried over; so are the additions, where none are given.
 */
export function nextManifest(
  plan: Plan,
  decisions: ReadonlyMap<string, Decision>,
  generator: string,
  names: PackageNames,
  additions = plan.previous?.additions,
): Manifest {
  const previous = manifestEntries(plan.previous);
  const entries = new Map<string, ManifestEntry>();
  for (const [path, entry] of previous) {
    if (entry.owner === "userOwned" || !plan.scope.includes(entry.owner)) entries.set(path, entry);
  }
  for (const change of plan.changes) {
    const entry = entryAfter(change, decisions.get(change.path), previous.get(change.path));
    if (entry === null) entries.delete(change.path);
    else entries.set(change.path, entry);
  }
  return makeManifest(generator, names, entries, nextTemplates(plan, entries), additions);
}

/** Texts for the hashes of the person's files: those that are known stay as they are, whatever packs them today. */
function nextTemplates(plan: Plan, entries: ReadonlyMap<string, ManifestEntry>): Record<string, string> {
  const known = plan.previous?.templates ?? {};
  const written = new Map(plan.changes.flatMap((change) => ("after" in change ? [[change.path, change.after]] : [])));
  const templates: Record<string, string> = {};
  for (const [path, { owner, hash }] of entries) {
    if (owner !== "userOwned") continue;
    const after = written.get(path);
    const text = known[hash] ?? (after !== undefined && hashContent(after) === hash ? packText(after) : undefined);
    if (text !== undefined) templates[hash] = text;
  }
  return templates;
}

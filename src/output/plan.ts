import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { matchesHash, sameContent, toBytes } from "./content.js";
import { errorCode, OutputError } from "./errors.js";
import { type ManifestEntry, manifestEntries } from "./manifest.js";
import { checkPaths, locate, MANIFEST_FILE, realRoot } from "./paths.js";
import type { Change, Manifest, Owner, Plan, PlannedFile } from "./types.js";

export interface PlanRequest {
  /** The package's root; it need not exist. */
  readonly root: string;
  readonly files: readonly PlannedFile[];
  readonly manifest: Manifest | null;
  /** The owners that this run speaks for. Files of others are left out; their entries in the manifest stay. */
  readonly scope: readonly Owner[];
  /** Whether a file that no manifest lists is ours all the same: torchexport's first line, say. */
  readonly adopt?: (path: string, text: string) => boolean;
  /** User-owned files that this run removes if the user did not edit them. */
  readonly dropped?: ReadonlySet<string>;
}

type Found =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "obstacle"; readonly why: string };

/** Looks first and opens plain files only: a pipe would block, a link may lead away. */
function find(root: string, path: string): Found {
  const location = locate(root, path);
  if (location.kind === "absent") return { kind: "absent" };
  if (location.kind === "obstacle") return location;
  try {
    return { kind: "file", bytes: readFileSync(location.real) };
  } catch (error) {
    return { kind: "obstacle", why: `${path} cannot be read (${errorCode(error)})` };
  }
}

/** A change of a planned path, or the reason why it cannot be planned. */
function planFile(
  root: string,
  file: PlannedFile,
  entry: ManifestEntry | undefined,
  adopt: PlanRequest["adopt"],
): Change | string {
  const after = toBytes(file.content);
  const write = { path: file.path, owner: file.owner, after, executable: ((file.mode ?? 0) & 0o111) !== 0 };
  const found = find(root, file.path);
  if (file.merged === true && found.kind !== "obstacle") {
    if (found.kind === "absent") return { kind: "create", ...write };
    const same = sameContent(found.bytes, after);
    return same ? { kind: "unchanged", ...write } : { kind: "update", ...write, before: found.bytes };
  }
  const answerChanged = entry !== undefined && !matchesHash(after, entry.hash);
  if (file.owner === "userOwned" && entry !== undefined) {
    if (found.kind === "absent") return { kind: "deleted", ...write };
    if (found.kind === "obstacle") return { kind: "kept", ...write, before: null, answerChanged };
    const same = sameContent(found.bytes, after);
    return { kind: "kept", ...write, before: found.bytes, answerChanged: answerChanged && !same };
  }
  if (found.kind === "absent") return { kind: "create", ...write };
  if (found.kind === "obstacle") return found.why;
  const before = found.bytes;
  if (sameContent(before, after)) return { kind: "unchanged", ...write };
  if (entry === undefined) {
    const adopted = adopt?.(file.path, Buffer.from(before).toString("utf8")) ?? false;
    return { kind: adopted ? "update" : "collision", ...write, before };
  }
  return { kind: matchesHash(before, entry.hash) ? "update" : "edited", ...write, before };
}

/** What becomes of a file that a run before this one wrote and that is planned no more; null when it is gone already. */
function planOrphan(root: string, path: string, { owner, hash }: ManifestEntry): Change | null {
  const found = find(root, path);
  if (found.kind === "absent") return null;
  if (found.kind === "obstacle") return { kind: "orphan-edited", path, owner, before: null };
  const kind = matchesHash(found.bytes, hash) ? "remove" : "orphan-edited";
  return { kind, path, owner, before: found.bytes };
}

/**
 * Compares what is planned with what is on the disk and in the manifest. Reads only.
 * @throws {OutputError} paths that cannot lie in one package, or places where no file can be written: all of them at once
 */
export function planChanges(request: PlanRequest): Plan {
  const { manifest, scope, adopt, dropped } = request;
  const files = request.files.filter((file) => scope.includes(file.owner));
  checkPaths([MANIFEST_FILE, ...files.map((file) => file.path)]);
  const absolute = resolve(request.root);
  const root = realRoot(absolute).path;
  const entries = manifestEntries(manifest);
  const changes: Change[] = [];
  const obstacles: string[] = [];
  for (const file of files) {
    const change = planFile(root, file, entries.get(file.path), adopt);
    if (typeof change === "string") obstacles.push(change);
    else changes.push(change);
  }
  if (obstacles.length > 0) {
    throw new OutputError(
      `${files.length === 1 ? "The file" : "The files"} cannot be written into ${absolute}: ${[...new Set(obstacles)].join("; ")}.`,
      "Move away what is named, or choose another folder, then run again.",
    );
  }
  const planned = new Set(files.map((file) => file.path));
  for (const [path, entry] of entries) {
    const stays = entry.owner === "userOwned" && dropped?.has(path) !== true;
    if (planned.has(path) || stays || !scope.includes(entry.owner)) continue;
    const change = planOrphan(root, path, entry);
    if (change !== null) changes.push(change);
  }
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { root: absolute, scope, previous: manifest, changes };
}

/** Whether carrying the plan out would leave every file as it is: what `--check` asks. */
export function isFresh(plan: Plan): boolean {
  return plan.changes.every(({ kind }) => kind === "unchanged" || kind === "kept" || kind === "deleted");
}

/** Returns the changes that need the user's consent. */
export function needsConsent(plan: Plan): readonly (Change & { kind: "edited" | "collision" })[] {
  return plan.changes.filter((change) => change.kind === "edited" || change.kind === "collision");
}

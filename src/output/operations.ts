import { readFileSync, statSync } from "node:fs";
import { sep } from "node:path";
import { hashContent, toBytes } from "./content.js";
import { OutputError } from "./errors.js";
import type { JournalEntry } from "./journal.js";
import { parseManifest, renderManifest } from "./manifest.js";
import { locate, MANIFEST_FILE } from "./paths.js";
import { needsConsent } from "./plan.js";
import type { Decision, Manifest, Plan } from "./types.js";

/** One file to write or remove, as decided. */
export interface Operation {
  readonly path: string;
  /** What the plan saw; null for nothing. */
  readonly before: Uint8Array | null;
  /** Null for a removal. */
  readonly after: Uint8Array | null;
  readonly executable: boolean;
  readonly keepsOriginal: boolean;
}

const CHANGED_MEANWHILE = "Run again: the plan is made anew from what is there.";

/**
 * What the decisions make of the plan; the manifest not among it.
 * @throws {OutputError} when a collision or an edited file has no decision: all of them at once
 */
export function decideOperations(plan: Plan, decisions: ReadonlyMap<string, Decision>): readonly Operation[] {
  const open = needsConsent(plan).filter((change) => !decisions.has(change.path));
  if (open.length > 0) {
    const list = open
      .map(({ path, kind }) => `${path} (${kind === "edited" ? "edited since" : "not ours"})`)
      .join(", ");
    throw new OutputError(
      `Nothing was written into ${plan.root}: these files would be overwritten: ${list}.`,
      "Move them away, or run again with --force: it overwrites them and keeps each as <file>.orig.",
    );
  }
  const operations: Operation[] = [];
  for (const change of plan.changes) {
    const { path } = change;
    const consented = decisions.get(path) === "write";
    switch (change.kind) {
      case "create":
        operations.push({ ...change, before: null, keepsOriginal: false });
        break;
      case "deleted":
        if (consented) operations.push({ ...change, before: null, keepsOriginal: false });
        break;
      case "update":
        operations.push({ ...change, keepsOriginal: false });
        break;
      case "edited":
      case "collision":
        if (consented) operations.push({ ...change, keepsOriginal: true });
        break;
      case "remove":
        operations.push({
          path,
          before: change.before,
          after: null,
          executable: false,
          keepsOriginal: change.backup === true,
        });
        break;
    }
  }
  return operations;
}

/**
 * The write of the manifest; null when the file says so already.
 * @throws {OutputError} when another run has written the manifest since it was read
 */
export function manifestOperation(root: string, previous: Manifest | null, next: Manifest): Operation | null {
  const location = locate(root, MANIFEST_FILE);
  if (location.kind === "obstacle") throw new OutputError(`${location.why}.`, "Move it away, then run again.");
  const base = { path: MANIFEST_FILE, executable: false, keepsOriginal: false };
  const text = renderManifest(next);
  if (location.kind === "absent" && previous === null) return { ...base, before: null, after: toBytes(text) };
  const before = location.kind === "file" ? readFileSync(location.real) : Buffer.from("");
  const onDisk = before.toString("utf8").replace(/^\uFEFF/, "");
  const read = location.kind === "file" ? renderManifest(parseManifest(onDisk, location.real)) : "";
  if (previous === null || read !== renderManifest(previous)) {
    throw new OutputError(`${location.real} was changed by another run meanwhile.`, CHANGED_MEANWHILE);
  }
  return read === text ? null : { ...base, before, after: toBytes(text) };
}

/** An operation and where it takes place. */
export interface Placed {
  readonly operation: Operation;
  /** Absolute, links resolved. */
  readonly real: string;
  readonly entry: JournalEntry;
}

/**
 * Looks every place up again, right before it is written.
 * @throws {OutputError} when a file is not what the plan saw
 */
export function placeOperations(root: string, operations: readonly Operation[]): readonly Placed[] {
  return operations.map((operation) => {
    const { path, before, after, keepsOriginal } = operation;
    const location = locate(root, path);
    const asPlanned =
      before === null
        ? location.kind === "absent"
        : location.kind === "file" && Buffer.compare(readFileSync(location.real), before) === 0;
    if (!asPlanned || location.kind === "obstacle") {
      throw new OutputError(`${path} in ${root} was changed while this ran. Nothing was written.`, CHANGED_MEANWHILE);
    }
    const { real } = location;
    const entry: JournalEntry = {
      path: real
        .slice(root.length)
        .split(sep)
        .filter((segment) => segment !== "")
        .join("/"),
      staged: after === null ? null : hashContent(after),
      replaces: before !== null,
      keepsOriginal,
    };
    return { operation, real, entry };
  });
}

/** Mode and owner of the file that an operation replaces. */
export function likeOf({ operation, real }: Placed): { mode: number; uid: number; gid: number } | null {
  return operation.before === null ? null : statSync(real);
}

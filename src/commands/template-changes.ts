import type { Io } from "../io.js";
import { matchesHash } from "../output/content.js";
import { renderDiff } from "../output/diff.js";
import { templateText } from "../output/template-text.js";
import type { Manifest, Plan } from "../output/types.js";

/** What changed in the template of a user-owned file. */
export interface TemplateChange {
  readonly path: string;
  /** From the old template to the new one; where the old one is not known, from what lies there. */
  readonly diff: string;
  readonly oldIsKnown: boolean;
  /** Whether the user changed the file since it was written. */
  readonly edited: boolean;
}

/** Returns the user-owned files whose template this version changed. */
export function templateChanges(plan: Plan, manifest: Manifest): readonly TemplateChange[] {
  return plan.changes.flatMap((change) => {
    if (change.kind !== "kept" || !change.answerChanged) return [];
    const { path, before, after } = change;
    const hash = manifest.files.userOwned[path] ?? "";
    const edited = before === null || !matchesHash(before, hash);
    const old = templateText(manifest, hash) ?? (edited ? null : before);
    return [{ path, diff: renderDiff({ path, before: old ?? before, after }), oldIsKnown: old !== null, edited }];
  });
}

/** The changes whose old template is known, as `patch -p1` and `git apply` read them. */
export function patchOf(changes: readonly TemplateChange[]): string {
  return changes.flatMap(({ oldIsKnown, diff }) => (oldIsKnown ? [diff] : [])).join("");
}

/** Shows each change. @param patch the file that they were written into, or null */
export function showTemplates(changes: readonly TemplateChange[], patch: string | null, io: Io): void {
  const known = changes.filter(({ oldIsKnown }) => oldIsKnown);
  for (const { path, diff, edited } of known) {
    io.out(
      `${path} is yours and stays as it is${edited ? "" : ", though you have not edited it"}. Its template changed:`,
    );
    io.out(diff.trimEnd());
  }
  for (const { path, diff } of changes.filter(({ oldIsKnown }) => !oldIsKnown)) {
    io.out(`${path} is yours and stays as it is. Its old template is not known; against what would be written today:`);
    io.out(diff.trimEnd());
  }
  if (patch !== null) io.out(`What changed in templates is in ${patch}. To take it over: patch -p1 < ${patch}`);
  else if (known.length > 0) {
    io.out(
      "What changed in templates is shown by one upgrade alone; --patch <file> also writes it where `patch -p1` can apply it.",
    );
  }
}

import type { Io } from "../io.js";
import { renderDiff } from "../output/diff.js";
import type { Change, Owner, Plan } from "../output/types.js";

const verbs: Readonly<Record<Change["kind"], string>> = {
  create: "create",
  unchanged: "as it is",
  update: "update",
  edited: "ask: edited",
  collision: "ask: in the way",
  kept: "keep",
  deleted: "stays deleted",
  remove: "remove",
  "orphan-edited": "leave: edited",
};

const owners: Readonly<Record<Owner, string>> = {
  generated: "generated",
  vendored: "vendored",
  userOwned: "user-owned",
};

/** Every file of a plan, with what a run would do to it. */
export function listPlan(plan: Plan, io: Io): void {
  const width = Math.max(...plan.changes.map((change) => verbs[change.kind].length));
  for (const change of plan.changes) {
    io.out(`${verbs[change.kind].padEnd(width)}  ${change.path}  (${owners[change.owner]})`);
  }
}

/** Reports what a new answer would change in user-owned files. It never writes them. */
export function showAnswerChanges(plan: Plan, io: Io): void {
  for (const change of plan.changes) {
    if (change.kind !== "kept" || !change.answerChanged) continue;
    io.out(`${change.path} is yours and stays as it is. What would be written today:`);
    io.out(renderDiff({ path: change.path, before: change.before, after: change.after, color: io.color }).trimEnd());
  }
}

/** Reports files that are no longer generated or vendored and that the user edited. */
export function showOrphans(plan: Plan, io: Io): void {
  for (const change of plan.changes) {
    if (change.kind !== "orphan-edited") continue;
    const what = change.owner === "vendored" ? "is no longer part of lib/" : "is no longer generated";
    io.out(`${change.path} ${what}; you edited it, so it stays. Delete it when you need it no more.`);
  }
}

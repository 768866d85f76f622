import type { Io } from "../io.js";
import { forceDecisions } from "../output/commit.js";
import { renderDiff } from "../output/diff.js";
import { OutputError } from "../output/errors.js";
import { needsConsent } from "../output/plan.js";
import type { Decision, Plan } from "../output/types.js";

type Asked = ReturnType<typeof needsConsent>[number];

function why({ kind, owner }: Asked): string {
  if (kind !== "edited") return "already there, and in no manifest";
  return owner === "userOwned"
    ? "yours, and not what would be written now"
    : `${owner}, edited by you since it was written`;
}

/** What a run would ask about, for one that only tells. */
export function showAsked(plan: Plan, io: Io): void {
  for (const change of needsConsent(plan)) io.out(`would be asked about: ${change.path} (${why(change)})`);
}

/**
 * What becomes of files that are in the way: all are listed first, then each is asked about. Nothing is written here.
 * @returns null if the user stops
 * @throws {OutputError} where nobody can be asked
 */
export async function askConsent(
  plan: Plan,
  io: Io,
  options: { readonly force: boolean; readonly ask: boolean; readonly diffs?: boolean },
): Promise<ReadonlyMap<string, Decision> | null> {
  const asked = needsConsent(plan);
  if (asked.length === 0) return new Map();
  if (options.diffs === true) {
    for (const { path, before, after } of asked) io.out(renderDiff({ path, before, after, color: io.color }).trimEnd());
  }
  if (options.force) return forceDecisions(plan);
  const list = asked.map((change) => `  ${change.path} (${why(change)})`);
  const heading = asked.length === 1 ? "One file is in the way:" : `${asked.length} files are in the way:`;
  if (!options.ask || !io.interactive) {
    throw new OutputError(
      [heading, ...list, "Nothing was written."].join("\n"),
      "Move them away, or give --force: it overwrites them and keeps a backup of each.",
    );
  }
  for (const line of [heading, ...list]) io.out(line);

  const decisions = new Map<string, Decision>();
  for (const change of asked) {
    const decision = await askOne(change, io);
    if (decision === null) return null;
    decisions.set(change.path, decision);
  }
  return decisions;
}

async function askOne(change: Asked, io: Io): Promise<Decision | null> {
  for (;;) {
    const { decision } = await io.prompt([
      {
        type: "select",
        name: "decision",
        message: change.path,
        choices: [
          { name: "keep mine", value: "keep" },
          { name: "overwrite, and keep a backup", value: "write" },
          { name: "show the difference", value: "diff" },
          { name: "stop, and write nothing", value: "stop" },
        ],
      },
    ]);
    if (decision === "write" || decision === "keep") return decision;
    if (decision !== "diff") return null;
    io.out(renderDiff({ path: change.path, before: change.before, after: change.after, color: io.color }).trimEnd());
  }
}

import type { Io } from "../../io.js";
import { renderDiff } from "../../output/diff.js";
import type { Change } from "../../output/types.js";

/** Shows what a package.json that the user kept lacks of what the package's build, tests and users need. */
export function showKeptNpm(change: Change, io: Io): void {
  if (change.kind !== "collision") return;
  const lacked = lackedBy(change.before, change.after);
  if (lacked === null) {
    io.out("package.json is yours. A build needs of this what it lacks:");
    io.out(renderDiff({ ...change, color: io.color }).trimEnd());
  } else if (lacked !== "{}") io.out(`package.json is yours. To build, it needs this as well:\n${lacked}`);
}

/** The parts of package.json by which a package is built, tested and imported; the others are its owner's taste. */
const BUILDS_BY = ["type", "exports", "files", "scripts", "dependencies", "devDependencies"];

/** Returns, as JSON, what those parts of `after` have and `before` does not, or null if `before` is not a JSON object. */
export function lackedBy(before: Uint8Array, after: Uint8Array): string | null {
  const [has, wants] = [parsed(before), parsed(after)];
  if (has === null || wants === null) return null;
  const lacked: { [key: string]: unknown } = {};
  for (const part of BUILDS_BY) {
    const [mine, theirs] = [wants[part], has[part]];
    if (Array.isArray(mine)) {
      // Without a list, npm publishes everything.
      const more = Array.isArray(theirs) ? mine.filter((one) => !theirs.includes(one)) : [];
      if (more.length > 0) lacked[part] = more;
    } else if (isObject(mine)) {
      const more = Object.entries(mine).filter(([key]) => !(isObject(theirs) && key in theirs));
      if (more.length > 0) lacked[part] = Object.fromEntries(more);
    } else if (mine !== undefined && mine !== theirs) lacked[part] = mine;
  }
  return JSON.stringify(lacked, null, 2);
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(content: Uint8Array): { [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(content));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

import { createRequire } from "node:module";
import { isBinary, sameContent, withoutCarriageReturns } from "./content.js";

const locate = createRequire(import.meta.url);

export interface DiffRequest {
  readonly path: string;
  /** Null where there is no file. */
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly color?: boolean;
}

/** Enough for any file that a person reads; beyond that a diff says only that there is one. */
const LIMITS = { context: 3, maxEditLength: 20_000, timeout: 2_000 } as const;

const RED = "\u001b[31m";
const GREEN = "\u001b[32m";
const CYAN = "\u001b[36m";
const BOLD = "\u001b[1m";
const RESET = "\u001b[0m";

function paint(line: string, index: number): string {
  const color = index < 2 ? BOLD : line.startsWith("@@") ? CYAN : line.startsWith("-") ? RED : GREEN;
  return index < 2 || /^(@@|[-+])/.test(line) ? `${color}${line}${RESET}` : line;
}

/**
 * A unified diff from `before` to `after`, line ends aside, with `/dev/null` for a side that is null.
 * @returns "" when both say the same; each line ends in a line feed
 */
export function renderDiff({ path, before, after, color = false }: DiffRequest): string {
  if (before !== null && after !== null && sameContent(before, after)) return "";
  const from = before === null ? "/dev/null" : `a/${path}`;
  const to = after === null ? "/dev/null" : `b/${path}`;
  if ((before !== null && isBinary(before)) || (after !== null && isBinary(after))) {
    return `Binary files ${from} and ${to} differ\n`;
  }
  const text = (bytes: Uint8Array | null) =>
    bytes === null ? "" : Buffer.from(withoutCarriageReturns(bytes)).toString("utf8");
  // Loaded where there is a difference to show, which is seldom.
  const { createTwoFilesPatch } = locate("diff") as typeof import("diff");
  const patch = createTwoFilesPatch(from, to, text(before), text(after), undefined, undefined, LIMITS);
  if (patch === undefined) return `Files ${from} and ${to} differ too much to be shown\n`;
  const lines = patch.replace(/\n$/, "").split("\n").slice(1);
  return `${(color ? lines.map(paint) : lines).join("\n")}\n`;
}

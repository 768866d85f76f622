import { type FSWatcher, statSync, watch } from "node:fs";
import { join, relative } from "node:path";
import { type Listed, listSources } from "../../vendor/lib/build/source-tree.js";
import { MANIFEST_FILE } from "../output/paths.js";
import { languages } from "../targets/list.js";

/** Time and size of each file, by its path from the root. */
export type Stamps = ReadonlyMap<string, string>;

export interface Changes {
  /**
   * Watches every folder that is there now, and says what lies in them. To be called before the files are read, so that
   * no save falls in between.
   */
  look(): Stamps;
  /** Waits until something was saved, then for `settle`; false once ended. */
  next(): Promise<boolean>;
  /** Waits until nothing has been saved for a moment: a file may be empty while it is saved. False once ended. */
  settle(): Promise<boolean>;
  /** Whether there is no folder to watch. */
  isEmpty(): boolean;
  ended(): boolean;
  end(): void;
}

/** Long enough for an editor that saves in several steps, or a checkout that touches many files. */
const SETTLED = 100;
/** Files beside csrc/ that say what the package is. */
const FACTS: readonly string[] = [...languages.map(({ packageFile }) => packageFile), MANIFEST_FILE];

/** Watches csrc/ with one watcher for each folder: on some systems a recursive one misses files in new folders. */
export function watchTree(root: string): Changes {
  const watchers = new Map<string, FSWatcher>();
  let changed = false;
  let ended = false;
  let wake = (): void => {};
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const add = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => {
        if (folder === root && name !== null && name !== "csrc" && !FACTS.includes(name)) return;
        changed = true;
        wake();
      });
      // A folder that goes away: the one around it tells.
      watcher.on("error", () => drop(folder));
      watchers.set(folder, watcher);
    } catch {
      // Gone since it was listed.
    }
  };
  const sleep = (milliseconds: number | null): Promise<void> =>
    new Promise((done) => {
      const timer = milliseconds === null ? null : setTimeout(done, milliseconds);
      wake = () => {
        if (timer !== null) clearTimeout(timer);
        done();
      };
    });
  const settle = async (): Promise<boolean> => {
    do {
      changed = false;
      await sleep(SETTLED);
    } while (changed && !ended);
    return !ended;
  };
  return {
    look: () => {
      const there = new Set([root, ...foldersBelow(join(root, "csrc"))]);
      for (const folder of [...watchers.keys()]) if (!there.has(folder)) drop(folder);
      for (const folder of there) add(folder);
      return stampsOf(root);
    },
    next: async () => {
      while (!changed && !ended) await sleep(null);
      return ended ? false : settle();
    },
    settle,
    isEmpty: () => watchers.size < 2,
    ended: () => ended,
    end: () => {
      ended = true;
      for (const folder of [...watchers.keys()]) drop(folder);
      wake();
    },
  };
}

/** Everything that a bind may read. */
export function stampsOf(root: string): Stamps {
  const inFolders = foldersBelow(join(root, "csrc")).flatMap((folder) => listed(folder)?.files ?? []);
  const stamps = new Map<string, string>();
  for (const file of [...FACTS.map((name) => join(root, name)), ...inFolders]) {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat !== undefined) stamps.set(relative(root, file).replaceAll("\\", "/"), `${stat.mtimeMs} ${stat.size}`);
  }
  return stamps;
}

/** The folder and all below it that may hold sources. */
function foldersBelow(folder: string): string[] {
  const here = listed(folder);
  return here === null ? [] : [folder, ...here.folders.flatMap(foldersBelow)];
}

function listed(folder: string): Listed | null {
  try {
    return listSources(folder);
  } catch {
    return null;
  }
}

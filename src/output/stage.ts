import { closeSync, constants, fsyncSync, openSync } from "node:fs";
import { chown, open } from "node:fs/promises";

/** A file to be written into a staging folder, in full and on the disk before it is moved anywhere. */
export interface Staged {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
  /** Mode and owner of the file that it replaces. */
  readonly like: { readonly mode: number; readonly uid: number; readonly gid: number } | null;
}

async function writeStaged({ file, bytes, executable, like }: Staged): Promise<void> {
  const handle = await open(file, "wx", executable ? 0o777 : 0o666);
  try {
    await handle.writeFile(bytes);
    if (like !== null) {
      // Root writes for somebody: the file stays theirs. Before chmod, since chown clears bits.
      if (process.getuid?.() === 0) await chown(file, like.uid, like.gid);
      await handle.chmod((like.mode & 0o777) | (executable ? 0o111 : 0));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Few at a time: enough for the disk to gather the syncs into one. */
const WRITERS = 8;

/**
 * Writes all files; their folders exist. Ends early when `stopped` says so. Nothing is being written any more when
 * this returns or throws.
 * @throws the first system error
 */
export async function stageAll(files: readonly Staged[], stopped: () => boolean): Promise<void> {
  const queue = [...files];
  let failed = false;
  const writer = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (failed || stopped()) return;
      try {
        await writeStaged(next);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: WRITERS }, writer));
  const refused = results.find((result) => result.status === "rejected");
  if (refused !== undefined) throw refused.reason;
}

/** Makes renames in a folder last through a power cut. Some systems cannot sync a folder: then they need not. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows, and some network file systems.
  }
}

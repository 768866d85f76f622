import { chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";

const uid = 12321;

/** Somebody who is not root, with a home and a folder of their own. Where the tests do not run as root, that is who runs them. */
export interface Person {
  readonly home: string;
  /** Makes an empty folder below the home, which the person owns. */
  makeFolder(name: string): string;
  /** Gives everything below a folder to the person. */
  own(folder: string): void;
  /** Removes the home and all in it. */
  remove(): void;
  readonly env: NodeJS.ProcessEnv;
  /** The command that runs `command` as the person. */
  as(command: readonly string[]): readonly string[];
}

export function makePerson(): Person {
  const { name: home, removeCallback } = tmp.dirSync({ unsafeCleanup: true, mode: 0o755 });
  const root = process.getuid?.() === 0;
  const own = (folder: string) => {
    if (!root) return;
    chownSync(folder, uid, uid);
    for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      chownSync(join(folder, entry), uid, uid);
  };
  own(home);
  return {
    home,
    own,
    makeFolder: (name) => {
      const folder = join(home, name);
      mkdirSync(folder);
      own(folder);
      return folder;
    },
    remove: removeCallback,
    env: {
      HOME: home,
      XDG_CACHE_HOME: join(home, ".cache"),
      XDG_CONFIG_HOME: join(home, ".config"),
      GIT_AUTHOR_NAME: "Ada Lovelace",
      npm_config_cache: join(home, ".npm"),
      npm_config_update_notifier: "false",
      NO_UPDATE_NOTIFIER: "1",
    },
    as: (command) => (root ? ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", ...command] : command),
  };
}

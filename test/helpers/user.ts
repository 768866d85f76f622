import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";

const uid = 12321;

/** Somebody who is not root, with a home and a folder of their own. Where the tests do not run as root, that is who runs them. */
export interface Person {
  readonly home: string;
  /** An empty folder that the person owns. */
  readonly work: string;
  readonly env: NodeJS.ProcessEnv;
  /** The command that runs `command` as the person. */
  as(command: readonly string[]): readonly string[];
}

export function makePerson(): Person {
  const home = tmp.dirSync({ unsafeCleanup: true, mode: 0o755 }).name;
  const work = join(home, "work");
  mkdirSync(work);
  const root = process.getuid?.() === 0;
  if (root) for (const folder of [home, work]) chownSync(folder, uid, uid);
  return {
    home,
    work,
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

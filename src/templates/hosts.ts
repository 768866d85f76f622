// What each host language adds to a package beside its folder of templates.
import type { Answers } from "../model/answers.js";
import { HOSTS, type Host } from "../model/host.js";
import type { PlannedFile } from "../output/types.js";
import { description, licenceStub } from "./description.js";
import { packageJson } from "./package-json.js";

interface HostFiles {
  /** The files that the host's own tools read first, built from data, so that no answer can break them. */
  readonly files: (answers: Answers) => readonly PlannedFile[];
  /** Folders below lib/ that only this host uses, each with its final slash. */
  readonly vendored: readonly string[];
}

const hosts: Readonly<Record<Host, HostFiles>> = {
  ts: {
    files: (answers) => [userOwned("package.json", packageJson(answers, answers.wrappers.includes("r")))],
    vendored: ["build/", "cpp/runtime/", "node/"],
  },
  r: {
    files: (answers) => {
      const stub = licenceStub(answers);
      return [userOwned("DESCRIPTION", description(answers)), ...(stub === null ? [] : [userOwned("LICENCE", stub)])];
    },
    vendored: ["r/"],
  },
};

export function hostFiles(answers: Answers): readonly PlannedFile[] {
  return answers.wrappers.flatMap((host) => hosts[host].files(answers));
}

/** The folders below `templates/package` that a package with these hosts gets. Its README is the first host's. */
export function packageTrees(wrappers: readonly Host[]): readonly string[] {
  return ["common", ...wrappers, ...(wrappers.includes("ts") ? [] : ["r-alone"])];
}

/** Reports whether a package with these hosts gets the vendored file at `path` below `lib/`. */
export function isVendoredFor(path: string, wrappers: readonly Host[]): boolean {
  const users = HOSTS.filter((host) => hosts[host].vendored.some((folder) => path.startsWith(folder)));
  return users.length === 0 || users.some((host) => wrappers.includes(host));
}

function userOwned(path: string, content: string): PlannedFile {
  return { path, content, owner: "userOwned" };
}

// What each host language needs of the machine: the one entry per language outside its target.
import type { Machine } from "../../vendor/lib/build/missing.js";
import type { Host as BuildHost } from "../../vendor/lib/build/places.js";
import type { Io } from "../io.js";
import { HOSTS, type Host } from "../model/host.js";
import type { PackageFacts } from "../model/package.js";
import type { Change, Decision, Plan, PlannedFile } from "../output/types.js";
import type { BuildRequest } from "./build/build-all.js";
import { showKeptNpm } from "./build/kept-npm.js";
import type { HostTools, PendingWork, ToolRun } from "./host-tools.js";
import { rTools } from "./r/tools.js";

interface HostSupport {
  /** What the vendored build driver calls the host. */
  readonly buildHost: BuildHost;
  /** Builds what the host loads. Returns the exit code. */
  build(request: BuildRequest): Promise<number>;
  /** In the package's folder: the command that continues a build that stopped. */
  readonly resume: string;
  /** The command that a user types first. */
  readonly next: { readonly beforeBuild: string; readonly afterBuild: string };
  /** The host's own tools that read generated files; null if it has none. */
  readonly tools: HostTools | null;
  /** A file without which the package does not build, and what shows what a user's own one lacks; null if there is none. */
  readonly required: { readonly path: string; show(change: Change, io: Io): void } | null;
}

const support: Readonly<Record<Host, HostSupport>> = {
  ts: {
    buildHost: "node",
    build: async (request) => (await import("./build/build-all.js")).buildAll(request),
    resume: "npm install && npm run build",
    next: { beforeBuild: "npm install && npm test", afterBuild: "npm test, and npm run example" },
    tools: null,
    required: { path: "package.json", show: showKeptNpm },
  },
  r: {
    buildHost: "r",
    build: async (request) => (await import("./build/build-r.js")).buildForR(request),
    resume: "Rscript lib/r/build.R",
    next: { beforeBuild: "Rscript -e 'devtools::test()'", afterBuild: "Rscript -e 'devtools::test()'" },
    tools: rTools,
    required: null,
  },
};

/** The host whose native part is built first, as the build driver calls it; Node's in a folder that is not a package. */
export function firstBuildHost(hosts: readonly Host[]): BuildHost {
  return support[hosts[0] ?? HOSTS[0]].buildHost;
}

/** The command that continues a build of a package with these hosts. */
export function resumeCommand(hosts: readonly Host[]): string {
  return support[hosts[0] ?? HOSTS[0]].resume;
}

/** For each host, the command that a user types first. */
export function nextCommands(hosts: readonly Host[], isBuilt: boolean): readonly string[] {
  return hosts.map((host) => support[host].next[isBuilt ? "afterBuild" : "beforeBuild"]);
}

/**
 * Builds a package for each of its hosts, one after the other; `machine` and `early` are the first one's. Returns the exit
 * code of the first that failed, or 0.
 * @throws {PromptAborted} on Ctrl-C at the question whether to install
 */
export async function buildHosts(request: BuildRequest, hosts: readonly Host[]): Promise<number> {
  const { machine: _, early: __, ...rest } = request;
  let code = 0;
  for (const [i, host] of hosts.entries()) {
    const built = await support[host].build(i === 0 ? request : rest);
    if (code === 0) code = built;
  }
  return code;
}

/** Examines what a build for the first host would use. The build reports a failure. */
export function lookEarly(
  root: string,
  hosts: readonly Host[],
  choices: Pick<BuildRequest, "libtorch" | "cuda">,
): Promise<Machine> {
  const host = firstBuildHost(hosts);
  const machine = import("./build/native.js").then(({ probe }) =>
    probe({ ...choices, host, root, debug: false, env: process.env }),
  );
  machine.catch(() => undefined);
  return machine;
}

/**
 * Shows what a file of the user, kept in the place of one that a build needs, lacks.
 * @returns the path of that file, or null if no such file was kept
 */
export function showKept(
  hosts: readonly Host[],
  { changes }: Plan,
  decisions: ReadonlyMap<string, Decision>,
  io: Io,
): string | null {
  for (const { required } of hosts.map((host) => support[host])) {
    const change = changes.find(({ path }) => path === required?.path);
    if (required === null || change === undefined || decisions.get(required.path) !== "keep") continue;
    required.show(change, io);
    return required.path;
  }
  return null;
}

/** What tools of the hosts have to make again once these files are written. */
export async function pendingWork(
  root: string,
  hosts: readonly Host[],
  files: readonly PlannedFile[],
): Promise<readonly PendingWork[]> {
  const all = await Promise.all(toolsOf(hosts).map((tools) => tools.pending(root, files)));
  return all.flat();
}

/** Runs the tools of the hosts over what was written. */
export async function runHostTools(request: ToolRun): Promise<void> {
  for (const tools of toolsOf(request.facts.hosts)) await tools.run(request);
}

/** Prints what a package that was not started by this generator lacks for its hosts. */
export async function adviseHosts(
  root: string,
  facts: PackageFacts,
  run: { readonly pending: readonly PendingWork[]; readonly first: boolean },
  io: Io,
): Promise<void> {
  for (const tools of toolsOf(facts.hosts)) await tools.advise(root, facts, run, io);
}

function toolsOf(hosts: readonly Host[]): readonly HostTools[] {
  return hosts.flatMap((host) => support[host].tools ?? []);
}

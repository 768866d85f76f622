import { execa } from "execa";

/** What `installPackages` needs to know about the machine and the user. */
export interface AptRequest {
  readonly packages: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Whether apt-get has to be started by sudo. */
  readonly sudo: boolean;
  /** Each line that apt prints. */
  readonly onLine: (line: string) => void;
}

export type AptResult = { readonly ok: true } | { readonly ok: false; readonly lines: readonly string[] };

/** Whether apt-get can be run here without a password. */
export async function aptAccess(env: NodeJS.ProcessEnv, isRoot: boolean): Promise<"root" | "sudo" | null> {
  if (isRoot) return "root";
  const { failed } = await execa("sudo", ["-n", "true"], { env, extendEnv: false, reject: false, stdin: "ignore" });
  return failed ? null : "sudo";
}

/** One `apt-get update` and one install. What apt itself complains of comes back in `lines`. */
export async function installPackages(request: AptRequest): Promise<AptResult> {
  const update = await apt(request, ["update"]);
  // One unreachable source fails the update; the install may work all the same.
  const install = await apt(request, ["install", "-y", "--no-install-recommends", ...request.packages]);
  if (install.ok) return install;
  return update.ok ? install : { ok: false, lines: [...new Set([...update.lines, ...install.lines])] };
}

async function apt({ env, sudo, onLine }: AptRequest, args: readonly string[]): Promise<AptResult> {
  // Waits for another apt instead of failing at its lock; asks nothing.
  const words = [
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "LC_ALL=C",
    "apt-get",
    "-o",
    "DPkg::Lock::Timeout=120",
    ...args,
  ];
  const [command = "env", ...rest] = sudo ? ["sudo", "-n", ...words] : words;
  const child = execa(command, rest, { env, extendEnv: false, all: true, reject: false, stdin: "ignore" });
  const lines: string[] = [];
  for await (const line of child.iterable({ from: "all" })) {
    lines.push(line);
    onLine(line);
  }
  const { failed, exitCode, shortMessage } = await child;
  if (!failed) return { ok: true };
  const own = lines.filter((line) => /^[EW]: /.test(line));
  const last = own.length > 0 ? own : lines.filter((line) => line.trim() !== "");
  return { ok: false, lines: last.length > 0 ? last.slice(-5) : [shortMessage ?? `apt-get ended with ${exitCode}`] };
}

/** What a line of apt's says for a live status; null for the others. */
export function aptStatus(line: string): string | null {
  const match = /^(Get|Hit|Fetched|Unpacking|Setting up|Processing triggers for)(?::\d+)?\s+(.*)$/.exec(line);
  if (match === null) return null;
  const [, verb = "", rest = ""] = match;
  const name = /^(\S+)/.exec(rest)?.[1] ?? "";
  if (verb === "Get") return `downloading ${/ (\S+) \S+ \[[^\]]*\]$/.exec(rest)?.[1] ?? "package lists"}`;
  if (verb === "Unpacking" || verb === "Setting up") return `${verb.toLowerCase()} ${name}`;
  return verb === "Hit" ? "reading package lists" : null;
}

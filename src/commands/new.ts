import { relative, resolve } from "node:path";
import type { DoorRequest } from "../additions/engine/run.js";
import { askConsent } from "../console/consent.js";
import { EXIT } from "../console/exit-codes.js";
import { showDiagnostics } from "../console/findings.js";
import { guarded } from "../console/guard.js";
import { listPlan, showAnswerChanges, showOrphans } from "../console/report.js";
import { generate } from "../generate/generate.js";
import type { Io } from "../io.js";
import { lookEarly, pendingWork, runHostTools, showKept } from "../machine/hosts.js";
import type { Answers } from "../model/answers.js";
import type { SourceFile } from "../model/file.js";
import type { PackageFacts } from "../model/package.js";
import { commitPlan } from "../output/commit.js";
import { readManifest } from "../output/manifest.js";
import { planChanges } from "../output/plan.js";
import { type Manifest, OWNERS, type Plan, type PlannedFile } from "../output/types.js";
import { docPages, hostNamesIn } from "../package/facts.js";
import { recoverPackage, showBackups } from "../package/recovery.js";
import { isSource, readSources } from "../package/sources.js";
import type { Stored } from "../questions/answers.js";
import { askNew } from "../questions/ask-new.js";
import type { NewRequest } from "../questions/new-request.js";
import { readYoRcText } from "../questions/setting.js";
import { answersOf } from "../questions/stored-answers.js";
import { writeYoRc } from "../questions/yo-rc.js";
import { readTemplateFiles } from "../templates/template-files.js";
import { scaffold } from "../templates/templates.js";
import { finish } from "./finish.js";

/** Starts a package, or runs again in one: asks, plans every file, writes all or nothing, then builds. */
export function newPackage({ argv, io, command }: DoorRequest): Promise<number> {
  return guarded(io, async () => {
    const lookInto = (folder: string, dryRun: boolean): Stored | null => {
      const root = resolve(io.cwd, folder);
      recoverPackage(root, io, dryRun);
      return answersOf(readManifest(root));
    };
    const asked = await askNew(argv, io, lookInto, command);
    return asked.kind === "printed" ? EXIT.done : write(asked.request, asked.answers, io);
  });
}

interface Planned {
  readonly plan: Plan;
  /** The generated files among those of the plan. */
  readonly generated: readonly PlannedFile[];
}

async function write(request: NewRequest, answers: Answers, io: Io): Promise<number> {
  const root = resolve(io.cwd, answers.folder);
  const names = { packageName: answers.name, nativeName: answers.nativeName };
  const [hostNames, pages] = await Promise.all([hostNamesIn(root), docPages(root)]);
  const facts: PackageFacts = { names, hosts: answers.wrappers, mode: "ours", hostNames, pages };
  const builds = answers.build && !request.dryRun && !request.json;
  const machine = builds ? lookEarly(root, answers.wrappers, answers) : null;
  const manifest = readManifest(root);
  const [templates, yoRc] = await Promise.all([readTemplateFiles(), readYoRcText(root)]);
  const written = scaffold(answers, { files: templates.files, yoRc: writeYoRc(answers, yoRc) });

  /** What is planned if those user-owned files are overwritten; null if the C++ is rejected. */
  const planFor = async (overwritten: ReadonlySet<string>): Promise<Planned | null> => {
    const sources = await sourcesAfter(root, manifest, written, overwritten);
    const generated = await generate(root, sources, facts);
    showDiagnostics(generated.diagnostics, sources, io);
    if (generated.refused) return null;
    const { files } = generated;
    return { plan: planChanges({ root, files: [...written, ...files], manifest, scope: OWNERS }), generated: files };
  };

  let planned = await planFor(new Set());
  if (planned === null) return EXIT.refused;
  if (request.dryRun) {
    const { changes } = planned.plan;
    if (request.json)
      io.out(JSON.stringify({ root, files: changes.map(({ kind, path, owner }) => ({ kind, path, owner })) }));
    else {
      io.out(`In ${root}:`);
      listPlan(planned.plan, io);
    }
    return EXIT.done;
  }
  const decisions = await askConsent(planned.plan, io, { force: request.force, ask: !request.yes });
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return EXIT.failed;
  }
  const overwritten = [...decisions].filter(([path, decision]) => decision === "write" && isSource(path));
  if (overwritten.length > 0) planned = await planFor(new Set(overwritten.map(([path]) => path)));
  if (planned === null) return EXIT.refused;

  const { plan, generated } = planned;
  const result = await commitPlan({ plan, decisions, generator: templates.version, names });
  const count = result.created.length + result.updated.length + result.removed.length;
  const place = relative(io.cwd, root) || ".";
  if (request.json) {
    const { created, updated, removed, backups } = result;
    io.out(JSON.stringify({ root, created, updated, removed, backups }, null, 2));
    return EXIT.done;
  }
  showBackups(result, io);
  showOrphans(plan, io);
  showAnswerChanges(plan, io);
  io.out(
    count === 0 ? `Nothing changed in ${place}` : `Written: ${place} (${count} ${count === 1 ? "file" : "files"})`,
  );
  await runHostTools({
    root,
    facts,
    files: generated,
    pending: await pendingWork(root, facts.hosts, generated),
    changed: [...result.created, ...result.updated],
    quiet: true,
    io,
  });
  const kept = showKept(answers.wrappers, plan, decisions, io);
  return finish({
    root,
    place,
    answers: kept === null ? answers : { ...answers, build: false },
    isNew: manifest === null,
    machine,
    before: kept === null ? null : `add that to ${kept}, then `,
    io,
  });
}

/** Returns the user's C++ as it will be on disk. An existing file wins over a template, unless the user agreed to overwrite it. */
async function sourcesAfter(
  root: string,
  manifest: Manifest | null,
  written: readonly PlannedFile[],
  overwritten: ReadonlySet<string>,
): Promise<SourceFile[]> {
  const there = (await readSources(root, manifest)).filter(({ path }) => !overwritten.has(path));
  const taken = new Set([...there.map(({ path }) => path), ...Object.keys(manifest?.files.userOwned ?? {})]);
  const fresh = written
    .filter(({ path, owner }) => owner === "userOwned" && isSource(path) && !taken.has(path))
    .map(({ path, content }) => ({
      path,
      text: typeof content === "string" ? content : new TextDecoder().decode(content),
    }));
  return [...there, ...fresh].sort((a, b) => (a.path < b.path ? -1 : 1));
}

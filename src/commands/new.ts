import { relative, resolve } from "node:path";
import type { Io } from "../io.js";
import type { SourceFile } from "../ir/file.js";
import { commitPlan } from "../output/commit.js";
import { readManifest } from "../output/manifest.js";
import { planChanges } from "../output/plan.js";
import { recover } from "../output/recover.js";
import { type Manifest, OWNERS, type Plan, type PlannedFile } from "../output/types.js";
import { type Answers, answer, type Setting } from "../scaffold/answers.js";
import { newHelp } from "../scaffold/help.js";
import { type NewRequest, parseNew } from "../scaffold/new-request.js";
import { readYoRcText, settingOf } from "../scaffold/setting.js";
import { generatorVersion, readTemplateFiles } from "../scaffold/template-files.js";
import { scaffold } from "../scaffold/templates.js";
import { askConsent } from "./consent.js";
import { EXIT } from "./exit-codes.js";
import { finish } from "./finish.js";
import { generate, showDiagnostics } from "./generate.js";
import { guarded } from "./guard.js";
import { listPlan, showAnswerChanges, showBackups, showOrphans } from "./report.js";
import { isSource, readSources } from "./sources.js";

/** Starts a package, or runs again in one: asks, plans every file, writes all or nothing, then builds. */
export function newPackage({ argv, io }: { readonly argv: readonly string[]; readonly io: Io }): Promise<number> {
  return guarded(io, async () => {
    const request = parseNew(argv);
    if (request.help) {
      io.out(newHelp());
      return EXIT.done;
    }
    if (request.version) {
      io.out(await generatorVersion());
      return EXIT.done;
    }
    const answers = await answer(request, recovering(settingOf(io.cwd), io.cwd, request.dryRun), io);
    return write(request, answers, io);
  });
}

/** What a run that was killed left in a folder is ended before its stored answers are read. */
const recovering = (setting: Setting, cwd: string, dryRun: boolean): Setting => ({
  ...setting,
  stored: (folder) => {
    recover(resolve(cwd, folder), { dryRun });
    return setting.stored(folder);
  },
});

async function write(request: NewRequest, answers: Answers, io: Io): Promise<number> {
  const root = resolve(io.cwd, answers.folder);
  const names = { packageName: answers.name, nativeName: answers.nativeName };
  const manifest = readManifest(root);
  const [templates, yoRc] = await Promise.all([readTemplateFiles(), readYoRcText(root)]);
  const written = scaffold(answers, { ...templates, yoRc });

  /** The plan, when those of the person's files are overwritten; null when the C++ is refused. */
  const planFor = async (overwritten: ReadonlySet<string>): Promise<Plan | null> => {
    const sources = await sourcesAfter(root, manifest, written, overwritten);
    const generated = await generate(root, sources, names);
    showDiagnostics(generated.diagnostics, sources, io);
    if (generated.refused) return null;
    return planChanges({ root, files: [...written, ...generated.files], manifest, scope: OWNERS });
  };

  let plan = await planFor(new Set());
  if (plan === null) return EXIT.refused;
  if (request.dryRun) {
    if (request.json)
      io.out(JSON.stringify({ root, files: plan.changes.map(({ kind, path, owner }) => ({ kind, path, owner })) }));
    else listPlan(plan, io);
    return EXIT.done;
  }
  const decisions = await askConsent(plan, io, { force: request.force, ask: !request.yes });
  if (decisions === null) {
    io.err("Stopped: nothing was written.");
    return EXIT.failed;
  }
  const overwritten = [...decisions].filter(([path, decision]) => decision === "write" && isSource(path));
  if (overwritten.length > 0) plan = await planFor(new Set(overwritten.map(([path]) => path)));
  if (plan === null) return EXIT.refused;

  const result = await commitPlan({ plan, decisions, generator: templates.version, names });
  const count = result.created.length + result.updated.length + result.removed.length;
  const place = relative(io.cwd, root) || ".";
  if (!request.json) {
    showBackups(result, io);
    showOrphans(plan, io);
    showAnswerChanges(plan, io);
    io.out(count === 0 ? `Nothing changed in ${place}` : `Written: ${place} (${count} files)`);
  }
  return finish({ root, place, answers, isNew: manifest === null, result, json: request.json, io });
}

/** The person's C++ as it will lie there: what is on the disk wins over a template, unless it is overwritten by consent. */
async function sourcesAfter(
  root: string,
  manifest: Manifest | null,
  written: readonly PlannedFile[],
  overwritten: ReadonlySet<string>,
): Promise<SourceFile[]> {
  const there = (await readSources(root, manifest)).filter(({ path }) => !overwritten.has(path));
  const taken = new Set([...there.map(({ path }) => path), ...Object.keys(manifest?.files.yours ?? {})]);
  const fresh = written
    .filter(({ path, owner }) => owner === "yours" && isSource(path) && !taken.has(path))
    .map(({ path, content }) => ({
      path,
      text: typeof content === "string" ? content : new TextDecoder().decode(content),
    }));
  return [...there, ...fresh].sort((a, b) => (a.path < b.path ? -1 : 1));
}

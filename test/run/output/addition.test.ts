// `type` and `function` where things go wrong: Ctrl-C at each question, a disk that fills up, a kill at any moment, edits in a
// repository. The package is then what it was, or what was asked for; nothing between the two.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addFunction, addType, bindPackage, newPackage } from "../../../src/api.js";
import { type Io, PromptAborted } from "../../../src/io.js";
import { recordingIo } from "../../helpers/io.js";
import { snapshot } from "../../unit/output/support.js";
import { hasTool, makeTemporary, removeTemporary, start } from "./support.js";

const folder = makeTemporary();
const fresh = join(folder, "fresh", "demo");
const root = join(folder, "demo");
const disk = join(folder, "disk");
const cli = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

const ROOT = process.getuid?.() === 0;
const MOUNT = ROOT && hasTool("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], "full disks");

const commands = {
  type: {
    run: addType,
    name: "Grid",
    argv: ["Grid", "--kind", "opaque", "--fields", "weight: torch::Tensor, size: int64_t"],
  },
  function: {
    run: addFunction,
    name: "scale_up",
    argv: ["scale_up", "--param", "x: torch::Tensor", "--backend", "cpu,cuda", "--differentiable"],
  },
} as const;
const names = Object.keys(commands) as readonly (keyof typeof commands)[];

beforeAll(async () => {
  const argv = ["demo", "--start", "minimal", "--yes", "--no-build", "--no-git"];
  mkdirSync(join(folder, "fresh"));
  mkdirSync(disk);
  expect(await newPackage({ argv, io: recordingIo(join(folder, "fresh")).io })).toBe(0);
  if (MOUNT) execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", disk]);
});
afterAll(() => {
  if (MOUNT) execFileSync("umount", [disk]);
  removeTemporary(folder);
});
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  cpSync(fresh, root, { recursive: true });
});

async function add(command: keyof typeof commands, cwd: string, ...more: readonly string[]) {
  const { io, out, err } = recordingIo(cwd);
  const { run, argv } = commands[command];
  const code = await run({ argv: more.includes("--remove") ? more : [...argv, ...more, "--no-build"], io });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Answers that were asked for in a dialogue, by the name of the question. */
const answers: Readonly<Record<keyof typeof commands, Record<string, string | boolean | string[]>>> = {
  type: {
    ...{ type: "Grid", kind: "opaque", name: "Grid", field: ["x: torch::Tensor", ""], direction: "both" },
    ...{ tsName: "Grid", build: false, write: true },
  },
  function: {
    ...{ name: "scale_up", backend: "cpu", differentiable: false, build: false, write: true },
  },
};

describe.each(names)("%s", (command) => {
  it("leaves the package as it was on Ctrl-C at each question", async () => {
    const before = snapshot(root);
    let asked = 0;
    for (let stop = 0; stop < 40; stop++) {
      asked = 0;
      const given = structuredClone(answers[command]);
      const { io: quiet } = recordingIo(root);
      const prompt: Io["prompt"] = async (questions) => {
        if (asked === stop) throw new PromptAborted();
        asked++;
        return Object.fromEntries(
          questions.map(({ name, default: usual }) => {
            const answer = given[name];
            return [name, Array.isArray(answer) ? answer.shift() : (answer ?? usual)];
          }),
        );
      };
      const io: Io = { ...quiet, interactive: true, prompt };
      const first = command === "function" ? ["--param", "x: torch::Tensor", "--returns", "y: torch::Tensor"] : [];
      const ended = await commands[command].run({ argv: first, io }).catch((error: unknown) => error);
      if (!(ended instanceof PromptAborted)) {
        expect(ended).toBe(0);
        expect(snapshot(root)).not.toEqual(before);
        expect(stop).toBeGreaterThan(3);
        return;
      }
      expect(snapshot(root)).toEqual(before);
    }
    expect.unreachable("no dialogue came to its end");
  });

  it.skipIf(!MOUNT)("leaves the package as it was on a full disk, and says so", async () => {
    const package_ = join(disk, "demo");
    cpSync(fresh, package_, { recursive: true });
    let failed = 0;
    for (let free = 0; ; free += 16_384) {
      rmSync(join(disk, "filler"), { force: true });
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - free)));
      const before = snapshot(package_);
      const { code, err } = await add(command, package_, "--yes");
      if (code === 0) break;
      failed++;
      expect(err).toContain("the disk is full");
      expect(err).toContain("Free some space");
      expect(snapshot(package_)).toEqual(before);
    }
    expect(failed).toBeGreaterThan(2);
    rmSync(join(disk, "filler"));
    rmSync(package_, { recursive: true });
  });

  it("is done or undone after a kill at any moment", async () => {
    const before = snapshot(root);
    await add(command, root, "--yes");
    const after = snapshot(root);
    rmSync(root, { recursive: true });
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round++) {
      cpSync(fresh, root, { recursive: true });
      const { argv } = commands[command];
      const { child, ended } = start(process.execPath, [
        cli,
        command,
        ...argv,
        "--package",
        root,
        "--yes",
        "--no-build",
      ]);
      await sleep(150 + round * 60);
      child.kill("SIGKILL");
      await ended;
      // The next run puts in order what was left half-done.
      const { io } = recordingIo(root);
      const choices = { folder: ".", check: false, dryRun: false, force: false, json: true };
      expect(await bindPackage({ ...choices, io })).toBe(0);
      const found = snapshot(root);
      outcomes.add(JSON.stringify(found) === JSON.stringify(before) ? "undone" : "done");
      if (outcomes.has("done") && JSON.stringify(found) !== JSON.stringify(before)) expect(found).toEqual(after);
      rmSync(root, { recursive: true });
    }
    expect(outcomes.has("undone")).toBe(true);
  });

  it("keeps what is not committed, edited, moved or added by hand, and goes again byte by byte", async () => {
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: root, encoding: "utf8" });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "first");
    writeFileSync(join(root, "README.md"), "mine\n");
    writeFileSync(join(root, "notes.txt"), "mine\n");
    git("mv", "csrc/src/demo.cpp", "csrc/src/renamed.cpp");
    const { io } = recordingIo(root);
    expect(await bindPackage({ folder: ".", check: false, dryRun: false, force: false, json: false, io })).toBe(0);
    const before = snapshot(root);
    expect((await add(command, root, "--yes")).code).toBe(0);
    expect(readFileSync(join(root, "README.md"), "utf8")).toBe("mine\n");
    expect(existsSync(join(root, "csrc/src/renamed.cpp"))).toBe(true);
    expect((await add(command, root, "--remove", commands[command].name, "--yes")).code).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  it("asks before it overwrites a generated file that was edited", async () => {
    const path = join(root, "csrc/src/exports.cpp");
    writeFileSync(path, `${readFileSync(path, "utf8")}// mine\n`);
    const before = snapshot(root);
    const { code, err } = await add(command, root, "--yes");
    expect(code).toBe(1);
    expect(err).toContain("csrc/src/exports.cpp");
    expect(snapshot(root)).toEqual(before);
    expect((await add(command, root, "--yes", "--force")).code).toBe(0);
    expect(readFileSync(`${path}.orig`, "utf8")).toContain("// mine");
  });
});

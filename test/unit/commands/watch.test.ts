import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { watchPackage } from "../../../src/commands/watch.js";
import { annotated, makeFolder, npmPackage, writeFiles } from "../../helpers/folder.js";
import { recordingIo } from "../../helpers/io.js";

let folder: ReturnType<typeof makeFolder> | null = null;
afterEach(() => folder?.remove());

/** Waits for a line that holds the text, after those that were waited for before. */
function listenTo(lines: readonly string[]) {
  let seen = 0;
  return async (text: string): Promise<string> => {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const at = lines.findIndex((line, index) => index >= seen && line.includes(text));
      if (at >= 0) {
        seen = at + 1;
        return lines[at] ?? "";
      }
      await setTimeout(20);
    }
    throw new Error(`«${text}» did not come:\n${lines.join("\n")}`);
  };
}

function startWatch(files: Readonly<Record<string, string>>) {
  folder = makeFolder(files);
  const { root } = folder;
  const lines: string[] = [];
  const io = {
    ...recordingIo(root).io,
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
  };
  const ended = watchPackage({ folder: ".", force: false, io });
  return { root, lines, says: listenTo(lines), ended, stop: () => process.emit("SIGINT") };
}

const one = annotated("torch::Tensor one(const torch::Tensor& x)");

describe("bind --watch", () => {
  test("binds on save, survives what is refused, follows new folders, and ends with 130", async () => {
    const watched = startWatch({ ...npmPackage, "csrc/src/a.cpp": one });
    const { root, says, lines } = watched;
    const generated = (): string => readFileSync(join(root, "ts/generated.ts"), "utf8");
    await says("Bound: ");
    await says("Watching csrc/");
    expect(generated()).toContain("function one(");

    writeFiles(root, { "csrc/src/a.cpp": one.replace("Tensor& x", "Tensr& x") });
    await says("error[TX12");
    await says("1 error: nothing was written.");
    writeFiles(root, { "csrc/src/a.cpp": one.replace("one(", "two(") });
    await says("Bound: ");
    expect(generated()).toContain("function two(");

    mkdirSync(join(root, "csrc/src/cuda"));
    await setTimeout(300);
    writeFiles(root, { "csrc/src/cuda/kernel.cu": annotated("torch::Tensor three(const torch::Tensor& x)") });
    await says("Bound: ");
    expect(generated()).toContain("function three(");
    rmSync(join(root, "csrc/src/cuda"), { recursive: true });
    await says("Bound: ");
    expect(generated()).not.toContain("function three(");

    watched.stop();
    expect(await watched.ended).toBe(130);
    expect(lines.at(-1)).toBe("Stopped watching.");
    expect(process.listenerCount("SIGINT")).toBe(0);
  });

  test("takes several saves in a row as one, and its own writing as none", async () => {
    const { root, says, lines, stop, ended } = startWatch({ ...npmPackage, "csrc/src/a.cpp": one });
    await says("Watching csrc/");
    const begun = lines.length;
    await setTimeout(400);
    expect(lines).toHaveLength(begun);
    for (const name of ["two", "three", "four"]) {
      writeFiles(root, { "csrc/src/a.cpp": one.replace("one(", `${name}(`) });
      await setTimeout(20);
    }
    await says("Bound: ");
    await setTimeout(400);
    expect(lines).toHaveLength(begun + 1);
    expect(readFileSync(join(root, "ts/generated.ts"), "utf8")).toContain("function four(");
    stop();
    expect(await ended).toBe(130);
  });

  test("names a generated file that was edited, leaves it, and goes on", async () => {
    const { root, says, stop, ended } = startWatch({ ...npmPackage, "csrc/src/a.cpp": one });
    await says("Watching csrc/");
    writeFiles(root, { "csrc/src/exports.cpp": "// mine\n", "csrc/src/a.cpp": one.replace("one(", "two(") });
    expect(await says("csrc/src/exports.cpp")).toContain("edited by you");
    expect(readFileSync(join(root, "csrc/src/exports.cpp"), "utf8")).toBe("// mine\n");
    rmSync(join(root, "csrc/src/exports.cpp"));
    await says("Bound: ");
    expect(existsSync(join(root, "csrc/src/exports.cpp"))).toBe(true);
    stop();
    expect(await ended).toBe(130);
  });

  test("ends at once where there is no package", async () => {
    const { ended, lines } = startWatch({});
    expect(await ended).toBe(1);
    expect(lines.join("\n")).toContain("holds no package");
  });
});

import { existsSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildNative, type NativeRequest, type NativeResult } from "../../../vendor/lib/build/native.js";
import { makePch } from "../../../vendor/lib/build/pch.js";
import type { BuildEvent } from "../../../vendor/lib/build/progress.js";
import { freshFolder, madeUpLibtorch, tinyPackage, toolsAreThere, write } from "./tiny-package.js";

if (!toolsAreThere) console.warn("SKIPPED: building needs CMake and a C++ compiler.");

let folder = "";
let root = "";
let env: NodeJS.ProcessEnv = {};
beforeEach(() => {
  folder = freshFolder();
  root = tinyPackage(folder);
  env = { ...process.env, TORCH_EXTENSION_LIBTORCH: madeUpLibtorch(folder), CXX: "", CCACHE_DISABLE: "1" };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function build(
  change: Partial<NativeRequest> = {},
): Promise<{ result: NativeResult; events: BuildEvent[]; kinds: string }> {
  const events: BuildEvent[] = [];
  const onEvent = (event: BuildEvent) => void events.push(event);
  const result = await buildNative({ root, named: null, cuda: null, debug: false, env, onEvent, ...change });
  return { result, events, kinds: events.map(({ kind }) => kind).join(" ") };
}

const cold = "libtorch configuring configured compiling compiling linked built";

describe.skipIf(!toolsAreThere)("a build", () => {
  it("configures once, compiles what changed, and does nothing when nothing did", async () => {
    const first = await build();
    expect(first.kinds).toBe(cold);
    expect(first.result).toMatchObject({ ok: true, configured: true, compiled: 2, out: join(root, "build/node/out") });
    expect((await build()).kinds).toBe("libtorch built");
    writeFileSync(join(root, "csrc/src/two.cpp"), "int two() { return 22; }\n");
    const third = await build();
    expect(third.kinds).toBe("libtorch compiling linked built");
    expect(third.events).toContainEqual(expect.objectContaining({ kind: "compiling", file: "csrc/src/two.cpp" }));
    expect(third.result).toMatchObject({ ok: true, configured: false, compiled: 1 });
    expect(readFileSync(join(root, "build/node/build.log"), "utf8")).toContain("two.cpp");
  });

  it("shows the first error at the person's own file, and goes on once it is mended", async () => {
    await build();
    writeFileSync(join(root, "csrc/src/one.cpp"), "int one() {\n  return nothing;\n}\n");
    const { result } = await build();
    expect(result).toMatchObject({ ok: false, exitCode: 6, log: join(root, "build/node/build.log") });
    expect(result.ok || result.lines[1]).toMatch(/^csrc\/src\/one\.cpp:2:10: error: .*nothing/);
    writeFileSync(join(root, "csrc/src/one.cpp"), "int one() {\n  return 1;\n}\n");
    expect((await build()).result.ok).toBe(true);
  });

  it("tells of warnings in the person's own code, by their place", async () => {
    writeFileSync(join(root, "csrc/src/two.cpp"), "int two(int unused) { return 2; }\n");
    const warnings = (await build()).events.filter(({ kind }) => kind === "warning");
    expect(warnings).toEqual([
      {
        kind: "warning",
        lines: expect.arrayContaining([expect.stringMatching(/^csrc\/src\/two\.cpp:1:13: warning: /)]),
      },
    ]);
  });

  it("starts from scratch where the package was moved to", async () => {
    await build();
    const moved = join(folder, "elsewhere ü");
    renameSync(root, moved);
    root = moved;
    const { result, kinds } = await build();
    expect(result.ok).toBe(true);
    expect(kinds).toBe(cold.replace("configuring", "restarted configuring"));
  });

  it("starts from scratch for another libtorch, and keeps the one that was named until the environment names one", async () => {
    await build();
    const other = madeUpLibtorch(folder, "2.7.1");
    env = { ...env, TORCH_EXTENSION_LIBTORCH: "" };
    const { events, kinds } = await build({ named: other });
    expect(kinds).toContain("restarted");
    expect(events[0]).toMatchObject({ kind: "libtorch", libtorch: { version: "2.7.1" } });
    const again = await build();
    expect(again.kinds).toBe("libtorch built");
    expect(again.events[0]).toMatchObject({ libtorch: { version: "2.7.1" } });
    env = { ...env, TORCH_EXTENSION_LIBTORCH: madeUpLibtorch(folder, "2.8.0") };
    expect((await build()).events[0]).toMatchObject({ libtorch: { version: "2.8.0" } });
  });

  it("configures again where out/, which CMake put a file into, was emptied", async () => {
    const lists = join(root, "csrc/CMakeLists.txt");
    const line = `file(WRITE "\${CMAKE_BINARY_DIR}/out/from-the-cache" "")\n`;
    writeFileSync(lists, readFileSync(lists, "utf8") + line);
    await build();
    expect((await build()).kinds).toBe("libtorch built");
    rmSync(join(root, "build/node/out"), { recursive: true });
    expect((await build()).kinds).toBe("libtorch configuring configured linked built");
    expect(existsSync(join(root, "build/node/out/from-the-cache"))).toBe(true);
  });

  it("configures again, no more, for a debug build", async () => {
    await build();
    expect((await build({ debug: true })).kinds).toBe(cold);
  });

  it("says what CMake stopped at, and in which file", async () => {
    write(
      join(root, "csrc/CMakeLists.txt"),
      'cmake_minimum_required(VERSION 3.18)\nproject(tiny CXX)\nmessage(FATAL_ERROR "No sources.")\n',
    );
    const { result } = await build();
    expect(result).toMatchObject({ ok: false, exitCode: 6 });
    expect(result.ok || result.lines).toEqual([
      "CMake could not configure the build at csrc/CMakeLists.txt:3.",
      "  No sources.",
    ]);
  });

  it("says so when a changed CMakeLists.txt is refused during a build", async () => {
    await build();
    const file = join(root, "csrc/CMakeLists.txt");
    writeFileSync(file, `${readFileSync(file, "utf8")}unknown_command()\n`);
    const { result } = await build();
    expect(result.ok || result.lines.join("\n")).toContain('Unknown CMake command "unknown_command".');
  });

  it("starts from scratch when a file that it used is gone", async () => {
    const file = join(root, "csrc/CMakeLists.txt");
    const lines = `file(GLOB used *.used)\nset_property(TARGET tiny PROPERTY LINK_DEPENDS \${used})\n`;
    writeFileSync(file, readFileSync(file, "utf8") + lines);
    write(join(root, "csrc/a.used"), "");
    expect((await build()).kinds).toBe(cold);
    rmSync(join(root, "csrc/a.used"));
    const { result, kinds } = await build();
    expect(result).toMatchObject({ ok: true, configured: true });
    expect(kinds).toBe(cold.replace("configuring", "restarted configuring"));
  });

  it("is not begun without libtorch: what is missing is said", async () => {
    const { result, kinds } = await build({ named: join(folder, "nowhere") });
    expect(kinds).toBe("");
    expect(result).toMatchObject({
      ok: false,
      exitCode: 5,
      log: null,
      missing: [{ what: "libtorch", installable: false }],
    });
  });
});

describe.skipIf(!toolsAreThere)("the precompiled header", () => {
  const prefix = () => join(root, "build/node/prefix");
  const header = () => ["gch", "pch"].map((end) => join(prefix(), `torch_extension_prefix.h.${end}`)).find(existsSync);

  it("is made once, used by the next build, and dropped with what it compiled when a header changes", async () => {
    await build();
    expect((await makePch(root, env)).outcome).toBe("made");
    expect((await makePch(root, env)).outcome).toBe("ready");
    writeFileSync(join(root, "csrc/src/two.cpp"), "int two() { return static_cast<int>(numbers(2).size()); }\n");
    expect((await build()).result).toMatchObject({ ok: true, compiled: 1 });
    expect(header()).toBeDefined();

    const vendored = join(root, "lib/cpp/include/tensor.h");
    writeFileSync(vendored, "#pragma once\n#include <vector>\ntypedef std::vector<double> numbers;\n");
    utimesSync(vendored, new Date("2020-01-01"), new Date("2020-01-01"));
    expect((await build()).result).toMatchObject({ ok: true, compiled: 2 });
    expect(header()).toBeUndefined();
  });

  it("is not made before there is a build", async () => {
    expect(await makePch(root, env)).toMatchObject({
      outcome: "impossible",
      why: expect.stringContaining("build first"),
    });
  });
});

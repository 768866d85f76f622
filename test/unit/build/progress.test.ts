import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { liveLine } from "../../../vendor/lib/build/live.js";
import { englishMessages, lineSplitter } from "../../../vendor/lib/build/process.js";
import { eventLine, eventStatus, parseStep } from "../../../vendor/lib/build/progress.js";

const places = { root: "/home/ada/my-ext", source: "/home/ada/my-ext/csrc" };

function steps(log: string) {
  const lines = readFileSync(new URL(`logs/${log}.log`, import.meta.url), "utf8").split("\n");
  return lines.flatMap((line) => parseStep(line, places) ?? []);
}

describe("steps of a build", () => {
  it("are read from Ninja's lines", () => {
    expect(steps("gxx-undefined-ninja")).toEqual([
      { kind: "compiling", done: 1, total: 4, file: "lib/shim.cpp" },
      { kind: "compiling", done: 2, total: 4, file: "csrc/src/good.cpp" },
      { kind: "compiling", done: 3, total: 4, file: "csrc/src/undefined.cpp" },
      { kind: "linked", done: 4, total: 4, file: "out/libsmall.so" },
    ]);
  });

  it("are read from make's lines, in per cent", () => {
    expect(steps("clang-plain-make")).toContainEqual({ kind: "compiling", done: 75, total: 100, file: "lib/shim.cpp" });
  });

  it("name files above the source folder and beside a space, and what is generated", () => {
    const file = (object: string, at = places) =>
      parseStep(`[1/2] Building CXX object CMakeFiles/a.dir/${object}.o`, at) as { file: string };
    expect(file("__/lib/cpp/runtime/tensor.cpp").file).toBe("lib/cpp/runtime/tensor.cpp");
    const spaced = { root: "/home/ada/my ext ü", source: "/home/ada/my ext ü/csrc" };
    expect(file("home/ada/my_ext_ü/lib/cpp/runtime/tensor.cpp", spaced).file).toBe("lib/cpp/runtime/tensor.cpp");
    expect(file("torch_extension/lltm/generated.cpp").file).toBe("the generated C++");
  });

  it("leave out what is no work", () => {
    for (const line of [
      "[0/2] Re-checking globbed directories...",
      "[100%] Built target small",
      "ninja: no work to do.",
    ]) {
      expect(parseStep(line, places)).toBeNull();
    }
  });

  it("become plain lines, and one live line", () => {
    const step = { kind: "compiling", done: 2, total: 7, file: "csrc/src/lltm.cpp" } as const;
    expect(eventLine(step)).toBe("[2/7] compiling csrc/src/lltm.cpp");
    expect(eventStatus(step)).toBe("compiling, 2 of 7 done");
    expect(eventLine({ kind: "built", seconds: 1, steps: 0 })).toMatch(/Nothing to do/);
    expect(eventLine({ kind: "libtorch", libtorch: { version: "2.8.0", cuda: "12.8", why: "Python's, in /x" } })).toBe(
      "libtorch 2.8.0 with CUDA 12.8: Python's, in /x",
    );
  });
});

describe("the live line", () => {
  const terminal = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, stream: { isTTY, columns: 24, write: (text: string) => written.push(text) } };
  };

  it("writes over itself, keeps to the width, and makes room for lasting lines", () => {
    const { written, stream } = terminal(true);
    const line = liveLine(stream, true);
    line.status("compiling, 2 of 7 done and then some");
    expect(written.at(-1)).toBe("\r\u001b[K  compiling, 2 of 7 don");
    line.print(() => stream.write("lasting\n"));
    line.stop();
    expect(written.slice(1)).toEqual(["\r\u001b[K", "lasting\n", "\r\u001b[K  compiling, 2 of 7 don", "\r\u001b[K"]);
  });

  it("takes a terminal that does not know its width for a usual one", () => {
    const { written, stream } = terminal(true);
    const line = liveLine({ ...stream, columns: 0 }, true);
    line.status("configuring");
    line.stop();
    expect(written[0]).toContain("configuring (0 s)");
  });

  it("writes nothing where there is no terminal", () => {
    const { written, stream } = terminal(false);
    const line = liveLine(stream, true);
    line.status("compiling");
    line.print(() => {});
    line.stop();
    expect(written).toEqual([]);
  });
});

describe("output of tools", () => {
  it("is cut into lines across pieces, colours and Windows' line ends taken off", () => {
    const lines: string[] = [];
    const split = lineSplitter((line) => lines.push(line));
    for (const text of ["\u001b[1ma.cpp:1", ":2:\u001b[0m error\r\nsec", "ond\n\nlast"]) split(text);
    split(null);
    expect(lines).toEqual(["a.cpp:1:2: error", "second", "", "last"]);
  });

  it("is asked for in English, file names in the person's own encoding", () => {
    const env = englishMessages({ LC_ALL: "de_DE.UTF-8", LANGUAGE: "de", PATH: "/bin" });
    expect(env).toMatchObject({ LC_MESSAGES: "C", LC_CTYPE: "de_DE.UTF-8", PATH: "/bin" });
    expect(env).not.toHaveProperty("LC_ALL");
    expect(env).not.toHaveProperty("LANGUAGE");
  });
});

import { describe, expect, it } from "vitest";
import { renderReport, report } from "../../../src/machine/tools/doctor.js";
import {
  type Machine,
  type Missing,
  missingFrom,
  remedies,
  systemPackages,
  thisSystem,
} from "../../../vendor/lib/build/missing.js";
import { compilerFrom, olderThan } from "../../../vendor/lib/build/tools.js";

const tool = (path: string, version: string) => ({ path, version });
const complete: Machine = {
  libtorch: {
    found: {
      cmakeDir: "/usr/lib/cmake/Torch",
      libDir: "/usr/lib",
      includeDir: "/usr/include",
      version: "1.13.0",
      cuda: null,
      source: "system",
      why: "the system's, in /usr",
    },
    refused: [{ place: "/p/torch", source: "python", why: "no CMake files" }],
  },
  tools: {
    cmake: tool("/usr/bin/cmake", "3.25.1"),
    ninja: tool("/usr/bin/ninja", "1.11.1"),
    make: null,
    compiler: { ...tool("/usr/bin/c++", "12.2.0"), family: "gcc" },
    nodeHeaders: { ...tool("/usr/include/node", "20.20.2"), from: "node" },
    compilerCache: null,
    nvcc: null,
  },
};
const none: Machine = {
  libtorch: { found: null, refused: [] },
  tools: { cmake: null, ninja: null, make: null, compiler: null, nodeHeaders: null, compilerCache: null, nvcc: null },
};
const tools = (change: Partial<Machine["tools"]>): Machine => ({
  ...complete,
  tools: { ...complete.tools, ...change },
});
const what = (missing: readonly Missing[]) => missing.map((one) => one.what);

describe("what is missing", () => {
  it("is nothing on a complete machine, and all on a bare one", () => {
    expect(missingFrom(complete, "auto", {})).toEqual([]);
    expect(what(missingFrom(none, "auto", {}))).toEqual(["libtorch", "cmake", "generator", "compiler", "node-headers"]);
  });

  it("is not Ninja where there is make", () => {
    expect(missingFrom(tools({ ninja: null, make: tool("/usr/bin/make", "4.3") }), "auto", {})).toEqual([]);
  });

  it("is what is too old, with the version that is there", () => {
    const old = tools({
      cmake: tool("/usr/bin/cmake", "3.13.4"),
      compiler: { ...tool("/usr/bin/c++", "8.3.0"), family: "gcc" },
    });
    const messages = missingFrom(old, "auto", {}).map(({ message }) => message);
    expect(messages).toEqual([
      "CMake is too old: /usr/bin/cmake is 3.13.4, 3.18 is needed.",
      "The C++ compiler is too old: /usr/bin/c++ is 8.3.0, 9 is needed.",
    ]);
  });

  it("is CUDA where it was asked for and libtorch has none", () => {
    expect(what(missingFrom(complete, "on", {}))).toEqual(["cuda"]);
    expect(missingFrom(complete, "off", {})).toEqual([]);
  });

  it("is the compiler that CXX names, and then nothing is installed in its place", () => {
    const [lack] = missingFrom(tools({ compiler: null }), "auto", { CXX: "g++-99" });
    expect(lack).toMatchObject({
      message: "The C++ compiler that CXX names, g++-99, does not run.",
      installable: false,
    });
  });

  it("is the libtorch that was named, with why", () => {
    const refused = [{ place: "/x", source: "named", why: "there is no such folder" }] as const;
    const [lack] = missingFrom({ ...complete, libtorch: { found: null, refused } }, "auto", {});
    expect(lack?.message).toBe("The libtorch that you named, /x, cannot be used: there is no such folder.");
    expect(remedies([lack as Missing], "debian", true)).toEqual([expect.stringContaining("share/cmake/Torch")]);
  });
});

describe("what to type", () => {
  const missing = missingFrom(none, "auto", {});

  it("is one apt command on Debian, with sudo where it is needed", () => {
    expect(systemPackages(missing, "debian")).toEqual(["libtorch-dev", "cmake", "ninja-build", "g++"]);
    const torch = missing.filter((one) => one.what === "libtorch");
    expect(remedies(torch, "debian", false)).toEqual(["sudo apt-get install -y libtorch-dev"]);
    expect(remedies(torch, "debian", true)).toEqual(["apt-get install -y libtorch-dev"]);
  });

  it.each([
    ["fedora", "sudo dnf install -y cmake ninja-build gcc-c++"],
    ["macos", "brew install pytorch cmake ninja"],
    ["windows", "--libtorch <folder>"],
    ["other", "--libtorch <folder>"],
  ] as const)("fits %s", (system, text) => {
    expect(remedies(missing, system, false).join("\n")).toContain(text);
  });

  it.runIf(process.platform === "linux")("follows /etc/os-release, families too", () => {
    expect(thisSystem(() => 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')).toBe("debian");
    expect(thisSystem(() => 'ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe("fedora");
    expect(thisSystem(() => "ID=arch\n")).toBe("other");
  });
});

describe("compilers", () => {
  it.each([
    ["g++ (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n", "12.2.0", "gcc"],
    [
      "g++ (GCC) 11.5.0 20240719 (Red Hat 11.5.0-5)\nCopyright (C) 2021 Free Software Foundation, Inc.\n",
      "11.5.0",
      "gcc",
    ],
    ["Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu\n", "14.0.6", "clang"],
    ["Apple clang version 15.0.0 (clang-1500.3.9.4)\n", "15.0.0", "clang"],
  ])("%s", (answer, version, family) => {
    expect(compilerFrom("/usr/bin/c++", answer)).toEqual({ path: "/usr/bin/c++", version, family });
  });

  it("compares versions by number", () => {
    expect(olderThan("3.9.1", "3.18")).toBe(true);
    expect(olderThan("3.18.0", "3.18")).toBe(false);
    expect(olderThan("10.2.1", "9")).toBe(false);
  });
});

describe("the doctor's report", () => {
  const others = {
    npm: tool("/usr/bin/npm", "11.19.1"),
    git: null,
    r: null,
    cache: { path: "/home/ada/.cache/torch-extension", note: null },
  };

  it("is ok when a build can run, and lists what was refused", () => {
    const result = report(complete, others, {});
    expect(result.ok).toBe(true);
    const text = renderReport(result).join("\n");
    expect(text).toContain("not used: /p/torch: no CMake files");
    expect(text).toMatch(/^absent {3}git/m);
    expect(text).toContain("A build can run.");
  });

  it("keeps the shape that programs read", () => {
    const { checks } = report(complete, others, {});
    expect(checks.map(({ id }) => id)).toEqual([
      "libtorch",
      "cmake",
      "ninja",
      "compiler",
      "node",
      "node-headers",
      "npm",
      "git",
      "cuda",
      "compiler-cache",
      "cache-folder",
      "r",
      "r-torch",
    ]);
    for (const check of checks) {
      expect(Object.keys(check).sort()).toEqual([
        "fix",
        "id",
        "label",
        "note",
        "path",
        "required",
        "status",
        "version",
      ]);
    }
  });

  it("for R asks for R's torch and for the libtorch that it loads, and for nothing of Node's", () => {
    const { libtorch, tools } = complete;
    const without = { ...complete, tools: { ...tools, nodeHeaders: null }, libtorch: { ...libtorch, found: null } };
    const torch = { folder: "/r/torch", version: "0.11.0", home: "/r/torch" };
    const cases = [
      [{ torch: null, why: "r" }, "r", /install\.packages/],
      [{ torch: null, why: "r-torch" }, "r-torch", /install\.packages/],
      [{ torch, why: null }, "libtorch", /install_torch/],
    ] as const;
    for (const [r, id, fix] of cases) {
      const result = report({ ...without, r }, { ...others, npm: null, rSearch: r }, {});
      const bad = result.checks.filter(({ status, required }) => required && status !== "ok");
      expect(bad.map((check) => check.id)).toEqual([id]);
      expect(bad[0]?.fix.join("\n")).toMatch(fix);
    }
    expect(report({ ...complete, r: { torch, why: null } }, { ...others, npm: null }, {}).ok).toBe(true);
  });

  it("says what is missing and what mends it", () => {
    const result = report(none, others, {});
    expect(result.ok).toBe(false);
    const torch = result.checks.find(({ id }) => id === "libtorch");
    expect(torch).toMatchObject({ status: "missing", required: true, version: null });
    expect(torch?.fix.length).toBeGreaterThan(0);
    expect(result.checks.find(({ id }) => id === "ninja")).toMatchObject({ status: "missing", required: true });
  });
});

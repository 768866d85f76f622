import { describe, expect, it } from "vitest";
import { textOf, written } from "./package.js";

describe.each(["lltm", "minimal"] as const)("README.md of %s", (start) => {
  it("runs no script that package.json does not have, and neither does the workflow", async () => {
    const files = await written({ start });
    const { scripts } = JSON.parse(textOf(files, "package.json"));
    for (const path of ["README.md", "docs/tutorial.md", ".github/workflows/ci.yml"]) {
      const named = [...textOf(files, path).matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]);
      expect(named.length, path).toBeGreaterThan(0);
      for (const script of named) expect(scripts, path).toHaveProperty([String(script)]);
    }
  });

  it("names no file of the person's that is not written", async () => {
    const files = await written({ start });
    const readme = textOf(files, "README.md");
    const named = [...readme.matchAll(/`((?:csrc|ts|test|examples|docs)\/[\w./-]+\.\w+)`/g)].map((match) =>
      String(match[1]),
    );
    const generated = ["csrc/include/myext/exports.h", "csrc/src/myext.def", "csrc/node/addon.cpp", "ts/generated.ts"];
    expect(named).toContain("csrc/CMakeLists.txt");
    for (const path of named) {
      expect([...files.keys(), ...generated, "docs/call-stack.md"], path).toContain(path);
    }
  });

  it("leads only to files that are there", async () => {
    const files = await written({ start });
    for (const path of ["README.md", "docs/tutorial.md"]) {
      const links = [...textOf(files, path).matchAll(/\]\((?!https:)([^)]+)\)/g)].map((match) => String(match[1]));
      for (const link of links) expect([...files.keys(), "call-stack.md"], `${path}: ${link}`).toContain(link);
    }
  });
});

describe("README.md", () => {
  it("says nothing about a licence where there is none", async () => {
    expect(textOf(await written({ license: "none" }), "README.md")).not.toContain("Licence");
    expect(textOf(await written({ license: "Apache-2.0" }), "README.md")).toContain(
      "Apache-2.0, see [LICENSE](LICENSE)",
    );
  });

  it("holds what a person typed as text, and no gap where they typed nothing", async () => {
    expect(textOf(await written({ description: "" }), "README.md")).toMatch(/^# my-ext\n\nNative torch operators/);
    const typed = textOf(await written({ description: "Fast <b>cells</b> & more" }), "README.md");
    expect(typed).not.toContain("<b>");
    expect(typed).toMatch(/^# my-ext\n\nFast .*\n\nNative torch operators/);
  });
});

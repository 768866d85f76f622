import { describe, expect, test } from "vitest";
import type { Answers } from "../../../src/model/answers.js";
import { readYoRc, writeYoRc } from "../../../src/questions/yo-rc.js";
import { json, markdown, oneLine } from "../../../src/templates/escape.js";
import { readTemplateFiles } from "../../../src/templates/template-files.js";
import { scaffold } from "../../../src/templates/templates.js";

const answers: Answers = {
  name: "@acme/my-ext",
  nativeName: "myext",
  folder: "my-ext",
  description: "Fast",
  author: "Ada <ada@x.org> (https://x.org)",
  license: "MIT",
  wrappers: ["ts"],
  start: "lltm",
  libtorch: "/opt/libtorch",
  cuda: "off",
  git: true,
  build: true,
  install: true,
  year: 2031,
  repository: null,
};

const encoder = new TextEncoder();
const set = (files: Record<string, string>) =>
  new Map(
    Object.entries({ "templates/package/licenses/MIT.txt.ejs": "(c) <%= year %> <%= holder %>", ...files }).map(
      ([path, text]) => [path, encoder.encode(text)],
    ),
  );
const text = (content: string | Uint8Array): string =>
  typeof content === "string" ? content : new TextDecoder().decode(content);

function written(files: Record<string, string>, changes: Partial<Answers> = {}): Record<string, string> {
  const planned = scaffold({ ...answers, ...changes }, { files: set(files), yoRc: "{}\n" });
  return Object.fromEntries(planned.map((file) => [file.path, text(file.content)]));
}

describe("paths", () => {
  test.each([
    ["templates/package/common/_gitignore", ".gitignore"],
    ["templates/package/common/_github/workflows/ci.yml.ejs", ".github/workflows/ci.yml"],
    ["templates/starts/lltm/common/csrc/include/__native__/__native__.h.ejs", "csrc/include/myext/myext.h"],
    ["templates/starts/lltm/ts/test/lltm.test.ts", "test/lltm.test.ts"],
    ["vendor/lib/node/torch/__native__.ts", "lib/node/torch/__native__.ts"],
    ["vendor/lib/x.ejs", "lib/x.ejs"],
  ])("%s → %s", (source, path) => {
    expect(Object.keys(written({ [source]: "" }))).toEqual([".yo-rc.json", "LICENSE", "package.json", path].sort());
  });

  test("the other start's tree stays away", () => {
    const files = {
      "templates/starts/minimal/common/a": "",
      "templates/starts/minimal/ts/b": "",
      "templates/package/r/c": "",
    };
    expect(Object.keys(written(files))).toEqual([".yo-rc.json", "LICENSE", "package.json"]);
  });

  test("two trees that write one path are an error", () => {
    const files = { "templates/package/common/a": "", "templates/package/ts/a.ejs": "" };
    expect(() => written(files)).toThrow("two templates write a");
  });
});

test("only .ejs goes through EJS, values are not escaped as HTML, an unknown variable is an error", () => {
  const files = {
    "templates/package/ts/a.ejs": "<%= name %> <%- native %> <%= CUDA %> <%= json(description) %>",
  };
  expect(written(files, { description: '<b> & "q"' }).a).toBe('@acme/my-ext myext OFF "<b> & \\"q\\""');
  expect(written({ "templates/package/ts/a": "<%= name %>" }).a).toBe("<%= name %>");
  expect(() => written({ "templates/package/ts/a.ejs": "<%= nothing %>" })).toThrow(
    /template templates\/package\/ts\/a\.ejs: .*nothing/s,
  );
});

test("who owns what", () => {
  const files = set({ "templates/package/ts/a": "", "vendor/lib/b": "" });
  const planned = scaffold(answers, { files, yoRc: "{}\n" });
  expect(Object.fromEntries(planned.map((file) => [file.path, file.owner]))).toEqual({
    ".yo-rc.json": "userOwned",
    LICENSE: "userOwned",
    a: "userOwned",
    "lib/b": "vendored",
    "package.json": "userOwned",
  });
});

describe("licence", () => {
  test("names the author without the address, or the package's authors", () => {
    expect(written({}).LICENSE).toBe("(c) 2031 Ada");
    expect(written({}, { author: "" }).LICENSE).toBe("(c) 2031 the authors of my-ext");
  });

  test("none: no file, and npm is told", () => {
    const files = written({}, { license: "none" });
    expect(files.LICENSE).toBeUndefined();
    expect(JSON.parse(files["package.json"] ?? "").license).toBe("UNLICENSED");
  });
});

test(".yo-rc.json keeps what is about the package, and other generators' keys", () => {
  const text = writeYoRc(answers, '\ufeff{ "generator-node": { "a": 1 } }');
  expect(JSON.parse(text)).toEqual({
    "generator-node": { a: 1 },
    "generator-torch-extension": {
      name: "@acme/my-ext",
      description: "Fast",
      author: "Ada <ada@x.org> (https://x.org)",
      license: "MIT",
      wrapper: "ts",
      start: "lltm",
      cuda: "off",
      year: 2031,
    },
  });
  expect(readYoRc(text)?.answers.start).toBe("lltm");
  expect(readYoRc(text)?.year).toBe(2031);
  expect(readYoRc('{"generator-node": {}}')).toBeNull();
  expect(readYoRc(null)).toBeNull();
  expect(() => readYoRc("{")).toThrow(/^\.yo-rc\.json is not valid JSON/);
  expect(() => readYoRc("[]")).toThrow(/^\.yo-rc\.json holds no JSON object/);
});

const hostile = "*/ /* \" ' ` \u0024{x} <% y %> <!-- & \\ ??/ | # [a](b) $<c> \u202e\n\r\u2028end \\";

describe("hostile answers", () => {
  test("package.json says them again", () => {
    const parsed = JSON.parse(written({}, { description: hostile, author: hostile })["package.json"] ?? "");
    expect(parsed.description).toBe(hostile);
    expect(parsed.author).toBe(hostile);
  });

  test("json is read back as it was", () => {
    expect(JSON.parse(json(hostile))).toBe(hostile);
    expect(new Function(`return ${json(hostile)}`)()).toBe(hostile);
    expect(json(hostile)).not.toMatch(/[\n\r\u2028]/);
  });

  test("Markdown shows what was typed", () => {
    expect(markdown("# a *b* <c> [d](e) `f`")).toBe("\\# a \\*b\\* \\<c\\> \\[d\\](e) \\`f\\`");
    expect(markdown("- a")).toBe("\\- a");
    expect(markdown("1. a")).toBe("1\\. a");
    expect(oneLine(" a\n\tb ")).toBe("a b");
  });
});

describe("this repository's own templates", async () => {
  const { files } = await readTemplateFiles();

  test.each(["MIT", "Apache-2.0", "BSD-3-Clause"] as const)("the text of %s", (license) => {
    const planned = scaffold({ ...answers, license }, { files, yoRc: "{}\n" });
    const content = text(planned.find((file) => file.path === "LICENSE")?.content ?? "");
    expect(content).toMatch(/Copyright (\(c\) )?2031,? Ada\n/);
    expect(content).not.toContain("<%");
    const mark = { MIT: "NONINFRINGEMENT", "Apache-2.0": "END OF TERMS AND CONDITIONS", "BSD-3-Clause": "3. Neither" };
    expect(content).toContain(mark[license]);
  });

  test.each(["lltm", "minimal"] as const)("%s: every file that package.json names is written", (start) => {
    const planned = scaffold({ ...answers, start }, { files, yoRc: "{}\n" });
    const paths = new Set(planned.map((file) => file.path));
    const { scripts } = JSON.parse(text(planned.find((file) => file.path === "package.json")?.content ?? "{}"));
    expect(paths).toContain(String(scripts.example).replace("node ", ""));
    expect(paths).toContain("tsconfig.json");
    expect(paths).toContain("test/tsconfig.json");
    expect(paths).toContain("ts/index.ts");
  });

  test.each(["lltm", "minimal"] as const)("%s renders with hostile answers, and leaves no tag behind", (start) => {
    const changes = { start, description: oneLine(hostile).replace(/<%.*%>/, ""), author: "A */ B <a@b>" };
    const planned = scaffold({ ...answers, ...changes }, { files, yoRc: "{}\n" });
    for (const file of planned.filter((each) => each.owner === "userOwned")) {
      expect(text(file.content), file.path).not.toMatch(/<%|%>|__native__/);
      expect(file.path, file.path).not.toMatch(/\.ejs$|__|(^|\/)_/);
    }
  });
});

import { expect, it } from "vitest";
import { lackedBy } from "../../../src/machine/build/kept-npm.js";

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

const wanted = {
  name: "my-ext",
  license: "MIT",
  type: "module",
  exports: { ".": "./dist/ts/index.js", "./torch": "./dist/lib/node/torch/index.js" },
  files: ["dist", "csrc"],
  scripts: { build: "npm run build:ts", test: "vitest run" },
  devDependencies: { vitest: "^4" },
};

it("names what a package.json lacks for the build, and nothing that is its owner's taste", () => {
  const own = {
    name: "other",
    exports: { ".": "./index.js" },
    files: ["dist"],
    scripts: { test: "jest" },
    devDependencies: { vitest: "^3" },
  };
  expect(JSON.parse(lackedBy(bytes(own), bytes(wanted)) ?? "")).toEqual({
    type: "module",
    exports: { "./torch": "./dist/lib/node/torch/index.js" },
    files: ["csrc"],
    scripts: { build: "npm run build:ts" },
  });
});

it("lacks nothing where all is there, and asks for no list of files where npm would take all", () => {
  expect(lackedBy(bytes(wanted), bytes(wanted))).toBe("{}");
  expect(lackedBy(bytes({ ...wanted, files: undefined }), bytes(wanted))).toBe("{}");
});

it.each(["not JSON", "[]", "null"])("leaves %s to the whole difference", (text) => {
  expect(lackedBy(bytes(text), bytes(wanted))).toBeNull();
});

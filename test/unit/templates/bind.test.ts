import { describe, expect, it } from "vitest";
import { generateFiles } from "../../helpers/pipeline.js";
import { textOf, written } from "./package.js";

async function bound(start: "lltm" | "minimal") {
  const files = await written({ start });
  const sources = [...files]
    .filter(([path]) => /^csrc\/.*\.(cpp|h)$/.test(path))
    .map(([path, text]) => ({ path, text }));
  return { files, result: generateFiles({ sources }) };
}

describe("the C++ that is written", () => {
  it.each([
    ["lltm" as const, ["lltm_forward", "lltm_backward"]],
    ["minimal" as const, ["scale_add"]],
  ])("binds without a finding: %s", async (start, names) => {
    const { result } = await bound(start);
    expect(result.diagnostics).toEqual([]);
    expect(result.module.functions.map((one) => one.name)).toEqual(names);
    for (const { name, doc, parameters } of result.module.functions) {
      expect(doc?.summary, name).toBeTruthy();
      expect(doc?.returns, name).toBeTruthy();
      expect(Object.keys(doc?.params ?? {}), name).toEqual(parameters.map((parameter) => parameter.name));
    }
  });

  it("hands lltm_backward what lltm_forward returns, by the same names", async () => {
    const { result } = await bound("lltm");
    const [forward, backward] = result.module.functions;
    const taken = new Set(backward?.parameters.map((parameter) => parameter.name));
    expect(forward?.returnNames?.filter((name) => !taken.has(name))).toEqual(["new_h"]);
    expect(backward?.returnNames).toEqual(forward?.parameters.map((parameter) => `d_${parameter.name}`));
  });

  it("leaves no generated file to a template", async () => {
    for (const start of ["lltm", "minimal"] as const) {
      const { files, result } = await bound(start);
      for (const { path } of result.files) expect(files.has(path), path).toBe(false);
    }
  });

  it("declares in its header what it defines, parameter by parameter", async () => {
    for (const start of ["lltm", "minimal"] as const) {
      const { files, result } = await bound(start);
      const header = textOf(files, "csrc/include/myext/myext.h").replace(/\s+/g, " ");
      for (const { name, parameters } of result.module.functions) {
        const list = parameters.map((parameter) => `${parameter.spelling} ${parameter.name}`).join(", ");
        expect(header).toMatch(new RegExp(`${name}\\( ?${list.replace(/[&*]/g, "\\$&")}\\);`));
      }
    }
  });
});

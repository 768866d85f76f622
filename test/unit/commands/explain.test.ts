import { readdirSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { dumpIr, explainFunction } from "../../../src/commands/explain.js";
import { stableJson } from "../../../src/commands/json.js";
import { recordingIo } from "../../helpers/io.js";
import { annotated, makeFolder, npmPackage } from "./support.js";

let folder: ReturnType<typeof makeFolder> | null = null;
afterEach(() => folder?.remove());

function packageOf(source: string) {
  folder = makeFolder({ ...npmPackage, "csrc/src/a.cpp": source });
  return { ...recordingIo(folder.root), root: folder.root };
}

const scaled = annotated("torch::Tensor scaled_by(const torch::Tensor& x, torch::optional<torch::Tensor> by)");

describe("bind --explain", () => {
  test.each(["myext::scaled_by", "scaled_by", "_scaled_by", "scaledBy"])("%s is found", async (name) => {
    const { io, out, root } = packageOf(scaled);
    expect(await explainFunction({ folder: ".", name, json: false, io })).toBe(0);
    const text = out.join("\n");
    const places = [
      /C\+\+: csrc\/src\/a\.cpp:7:15\n/,
      /C ABI: csrc\/include\/myext\/exports\.h:\d+, csrc\/src\/exports\.cpp:\d+\n {2}void\* _scaled_by\(void\* x, void\* by\)/,
      /Node-API glue: csrc\/node\/addon\.cpp:\d+/,
      /TypeScript: ts\/generated\.ts:\d+\n {2}scaledBy\(x: Tensor, by: Tensor \| null\): Tensor/,
      /dispatcher: csrc\/src\/operators\.cpp:\d+\n {2}myext::scaled_by\(Tensor x, Tensor\? by\) -> Tensor/,
    ];
    for (const [index, place] of places.entries()) {
      expect(text).toMatch(place);
      // From the C++ outwards.
      const before = places[index - 1];
      if (before !== undefined) expect(text.search(place)).toBeGreaterThan(text.search(before));
    }
    expect(text).toContain("by: optional tensor");
    expect(text).toContain("memory: the caller's, borrowed for the call");
    expect(text).toContain("memory: a new handle, the caller's to free");
    expect(readdirSync(root).sort()).toEqual(["csrc", "package.json"]);
  });

  test("the places are where the function is defined", async () => {
    const { io, out } = packageOf(`${scaled}${annotated("torch::Tensor scaled(const torch::Tensor& x)")}`);
    await explainFunction({ folder: ".", name: "scaled", json: true, io });
    const { layers } = JSON.parse(out.join("\n"));
    expect(layers.map(({ places }: { places: string[] }) => places.length)).toEqual([1, 1, 2, 1, 1]);
    expect(layers.at(3).places).toEqual(["csrc/src/a.cpp:15:15"]);
  });

  test("a name that is not there names the nearest", async () => {
    const { io } = packageOf(scaled);
    const asked = explainFunction({ folder: ".", name: "scaleBy", json: false, io });
    await expect(asked).rejects.toThrow("No exported function is called scaleBy. Did you mean scaledBy?");
    const other = explainFunction({ folder: ".", name: "quux", json: false, io });
    await expect(other).rejects.toThrow("There are: myext::scaled_by.");
  });

  test("C++ that is refused is shown", async () => {
    const { io, err } = packageOf(annotated("torch::Tensor scaled(const torch::Tensr& x)"));
    expect(await explainFunction({ folder: ".", name: "scaled", json: false, io })).toBe(4);
    expect(err.join("\n")).toMatch(/csrc\/src\/a\.cpp:7:\d+: error\[TX12/);
  });
});

describe("bind --dump-ir", () => {
  test("is JSON, the same each time, and writes nothing", async () => {
    const { io, out, root } = packageOf(scaled);
    expect(await dumpIr({ folder: ".", io })).toBe(0);
    expect(await dumpIr({ folder: ".", io })).toBe(0);
    expect(out[0]).toBe(out[1]);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({
      schema: 1,
      diagnostics: [],
      module: { nativeName: "myext", functions: [{ name: "scaled_by", parameters: [{ name: "x" }, { name: "by" }] }] },
    });
    expect(readdirSync(root).sort()).toEqual(["csrc", "package.json"]);
  });

  test("has the findings of C++ that is refused", async () => {
    const { io, out } = packageOf(annotated("torch::Tensor scaled(const torch::Tensr& x)"));
    expect(await dumpIr({ folder: ".", io })).toBe(4);
    expect(JSON.parse(out.join("\n")).diagnostics).toMatchObject([
      { severity: "error", file: "csrc/src/a.cpp", line: 7 },
    ]);
  });

  test("sorts keys, and spells what JSON has no number for", () => {
    expect(
      stableJson({ b: [1, -0, Number.NaN], a: { d: Number.NEGATIVE_INFINITY, c: null } }).replace(/\s+/g, ""),
    ).toBe('{"a":{"c":null,"d":"-Infinity"},"b":[1,"-0","NaN"]}');
  });
});

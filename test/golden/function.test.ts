// What `torch-extension function` writes, whole: test/golden/function/<name>/. BLESS=1 accepts what comes out.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Asked, functionWriter, kinds } from "../helpers/function.js";

const folder = fileURLToPath(new URL("function", import.meta.url));

const cases: readonly Asked[] = [
  // Kernels of its own.
  {
    name: "scale_add",
    param: ["x: torch::Tensor", "n: int64_t = 2"],
    returns: ["out: torch::Tensor"],
    backend: "cpu,cuda",
    differentiable: true,
  },
  // Kernels of a second operator.
  {
    name: "mixed",
    param: [
      "x: torch::Tensor",
      "others: std::vector<torch::Tensor>",
      "range: Range",
      "mask: torch::optional<torch::Tensor> = torch::nullopt",
      "mode: Mode = Mode::linear",
    ],
    returns: ["out: torch::Tensor", "total: double", "mode: Mode"],
    backend: "cpu,cuda",
    differentiable: true,
  },
  // torch's own operations.
  { name: "plain", param: ["x: torch::Tensor", "y: torch::Tensor", "flag: bool = true"], returns: ["torch::Tensor"] },
  { name: "nothing", param: ["label: std::string"], returns: ["void"] },
];

const write = await functionWriter([kinds]);

describe.each(cases)("$name", (asked) => {
  const { files } = write(asked);
  const own = join(folder, asked.name);

  it.each(files)("$path", ({ path, text }) => {
    const expected = join(own, `${path.replaceAll("/", "__")}.txt`);
    if (process.env.BLESS === "1") {
      mkdirSync(dirname(expected), { recursive: true });
      writeFileSync(expected, text);
    }
    expect(text).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "");
  });

  it("and no other file", () => {
    expect(readdirSync(own).sort()).toEqual(files.map(({ path }) => `${path.replaceAll("/", "__")}.txt`).sort());
  });
});

import { describe, expect, it } from "vitest";
import { examine, renderReport } from "../../../src/machine/tools/doctor.js";
import { findLibtorch } from "../../../vendor/lib/build/libtorch.js";

const here = new URL("../../..", import.meta.url).pathname;
const { found } = await findLibtorch({ named: null, env: process.env });
if (found === null) console.warn("SKIPPED: libtorch is not on this machine: sudo apt-get install -y libtorch-dev");

describe("this machine", () => {
  it("is looked at as a whole", async () => {
    const report = await examine({ folder: here, env: process.env });
    const of = (id: string) => report.checks.find((check) => check.id === id);
    expect(of("node")).toMatchObject({ status: "ok", version: process.versions.node, path: process.execPath });
    expect(of("npm")?.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(report.ok).toBe(report.checks.every(({ status, required }) => !required || status === "ok"));
    expect(renderReport(report).at(-1)).toMatch(report.ok ? /can run/ : /cannot run yet/);
  });

  it("holds no libtorch where the person named a folder without one", async () => {
    const report = await examine({ folder: here, env: { ...process.env, TORCH_EXTENSION_LIBTORCH: "/nowhere" } });
    expect(report).toMatchObject({ ok: false, libtorch: null });
    expect(report.checks[0]).toMatchObject({
      id: "libtorch",
      status: "missing",
      note: expect.stringContaining("/nowhere"),
    });
  });

  it.skipIf(found === null)("has a libtorch whose version, libraries and headers are known", () => {
    expect(found?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(found?.why).not.toBe("");
  });
});

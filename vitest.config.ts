import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Unit tests leave nothing in the person's cache. */
const env = { TORCH_EXTENSION_CACHE: join(tmpdir(), "torch-extension-unit-cache") };

/** What compiles against libtorch or drives real terminals. */
const native = {
  globalSetup: ["test/helpers/native-setup.ts"],
  testTimeout: 600_000,
  hookTimeout: 600_000,
};
/** Tests that interrupt, kill, fill a disk or type into a terminal: each has the machine for itself. */
const alone = ["test/generators/**/*.test.ts", "test/run/{output,machine}/**/*.test.ts", "test/run/{yo,cli}.test.ts"];

// `unit` needs Node alone; what compiles runs two files at a time, since much of it is one unit on one core.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts", "test/golden/**/*.test.ts"],
          testTimeout: 30_000,
          env,
        },
      },
      {
        test: {
          name: "native",
          include: ["test/{compile,run}/**/*.test.ts"],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...native,
        },
      },
      {
        test: {
          name: "alone",
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...native,
        },
      },
    ],
  },
});

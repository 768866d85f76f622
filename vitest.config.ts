import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Unit tests leave nothing in the person's cache. */
const env = { TORCH_EXTENSION_CACHE: join(tmpdir(), "torch-extension-unit-cache") };

// `unit` needs Node alone; `native` compiles against libtorch and drives real terminals, one file at a time.
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
          globalSetup: ["test/helpers/native-setup.ts"],
          include: ["test/{generators,compile,run}/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});

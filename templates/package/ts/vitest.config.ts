import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The first call loads libtorch, which takes a moment on a cold disk.
    testTimeout: 30_000,
  },
});

import { expect, test } from "vitest";
import { isNewer } from "../../../src/commands/version.js";

test.each([
  ["0.2.0", "0.1.9", true],
  ["0.10.0", "0.9.0", true],
  ["1.0.0", "0.99.99", true],
  ["0.1.0", "0.1.0", false],
  ["0.1.0", "0.2.0", false],
  ["0.2.0-rc.1", "0.2.0", false],
  ["0.2.0", "0.2.0-rc.1", false],
  ["0.3.0-rc.1+build.7", "0.2.0", true],
])("%s after %s: %s", (a, b, expected) => {
  expect(isNewer(a, b)).toBe(expected);
});

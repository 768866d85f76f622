import { expect, it } from "vitest";
import { shapeOf } from "../../../vendor/lib/node/torch/nested.js";

it("an array that holds itself, or is nested deeper than a tensor has dimensions, is a TypeError", () => {
  const itself: unknown[] = [];
  itself.push(itself);
  expect(() => shapeOf(itself)).toThrow(/nested more than 64 deep/);
  let deep: unknown = 1;
  for (let depth = 0; depth < 64; depth++) deep = [deep];
  expect(shapeOf(deep).shape).toHaveLength(64);
  expect(() => shapeOf([deep])).toThrow(TypeError);
});

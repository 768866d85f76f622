import process from "node:process";
import { expect, test } from "vitest";
import { stream } from "../../../vendor/lib/build/process.js";

test("a program that still runs is ended when this process ends, and nobody waits for one that has ended", async () => {
  const before = process.listeners("exit");
  const running = stream(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
    env: process.env,
    onText: () => {},
  });
  const added = process.listeners("exit").filter((listener) => !before.includes(listener));
  for (const listener of added) listener(0);
  expect(await running).toMatchObject({ code: null, signal: "SIGTERM" });
  expect(process.listeners("exit")).toEqual(before);
});

test("a program that cannot be started leaves nothing behind", async () => {
  const before = process.listeners("exit");
  const done = await stream("/nowhere/at/all", [], { env: process.env, onText: () => {} });
  expect(done).toMatchObject({ code: null, signal: null });
  expect(process.listeners("exit")).toEqual(before);
});

test("many programs at a time share one listener, so that Node warns of none", async () => {
  const before = process.listeners("exit").length;
  const running = Array.from({ length: 12 }, () =>
    stream(process.execPath, ["-e", ""], { env: process.env, onText: () => {} }),
  );
  expect(process.listeners("exit")).toHaveLength(before + 1);
  await Promise.all(running);
  expect(process.listeners("exit")).toHaveLength(before);
});

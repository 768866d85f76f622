// One C++ for both hosts, the second added later; and two packages whose functions have one name.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run, torchExtension } from "../../helpers/published.js";
import { librariesWith, needNativeRTorch } from "../../helpers/r.js";
import { snapshot } from "../../helpers/tree.js";

const scratch = tmp.dirSync({ unsafeCleanup: true });
afterAll(() => scratch.removeCallback());
const library = join(scratch.name, "library");
const twin = join(scratch.name, "twin");
const env = { R_LIBS: librariesWith(library) };
const author = ["--author", "Ada Lovelace <ada@example.org>"];

let skipped: string | null = null;
beforeAll(async () => {
  skipped = await needNativeRTorch();
});

const test = (name: string, body: () => Promise<void>) =>
  it(name, async (context) => {
    if (skipped !== null) context.skip(skipped);
    await body();
  });

const newPackage = async (...args: string[]) => {
  const made = await torchExtension(["new", ...args, "--start", "minimal", "--yes", "--no-git", ...author], {
    cwd: scratch.name,
  });
  expect(made.code, made.stdout + made.stderr).toBe(0);
  return made;
};

test("R is added to a TypeScript package: no file moves, both are built in one go and pass their tests", async () => {
  await newPackage("twin", "--no-build");
  const before = snapshot(twin);
  await newPackage("twin", "--wrapper", "r");
  const after = snapshot(twin);
  const { files } = JSON.parse(readFileSync(join(twin, "torch-extension.json"), "utf8"));
  for (const [path, content] of Object.entries(before)) {
    expect(Object.keys(after), path).toContain(path);
    // What is generated knows of the new host; no other file changes.
    const changes = path in files.generated || [".yo-rc.json", "torch-extension.json"].includes(path);
    if (!changes) expect(after[path], path).toBe(content);
  }
  for (const path of ["DESCRIPTION", "build/r/out/twin.json", "build/node/out/twin.json", "dist/ts/index.js"]) {
    expect(Object.keys(after), path).toContain(path);
  }

  const again = await run([process.execPath, "lib/build/start.mjs", "--host", "r"], { cwd: twin });
  expect(again.code, again.stdout + again.stderr).toBe(0);

  const tested = await run(["npm", "test"], { cwd: twin });
  expect(tested.code, tested.stdout + tested.stderr).toBe(0);
  const inR = await run(["Rscript", "-e", "testthat::set_max_fails(Inf); devtools::test(stop_on_failure = TRUE)"], {
    cwd: twin,
    env,
  });
  expect(inR.code, inR.stdout + inR.stderr).toBe(0);
  expect(inR.stdout).toMatch(/FAIL 0 \| WARN 0 \| SKIP 0 \| PASS [1-9]/);

  const fresh = await torchExtension(["bind", "twin", "--check"], { cwd: scratch.name });
  expect(fresh.code, fresh.stdout + fresh.stderr).toBe(0);
});

test("two packages with functions of one name do not meet in one R; one has capitals in its name", async () => {
  await newPackage("other", "--wrapper", "r", "--no-build");
  for (const file of ["DESCRIPTION", "NAMESPACE", "R/package.R"]) {
    const path = join(scratch.name, "other", file);
    const named = readFileSync(path, "utf8").replace(/(^Package: |useDynLib[( ]|dynam\.unload\(")other/gm, "$1Other");
    writeFileSync(path, named);
  }
  const bound = await torchExtension(["bind", "other"], { cwd: scratch.name });
  expect(bound.stdout, bound.stderr).toContain("Bound by Rcpp");
  const source = join(scratch.name, "other/csrc/src/other.cpp");
  const text = readFileSync(source, "utf8");
  expect(text).toContain("a * alpha + b");
  writeFileSync(source, text.replace("return a * alpha + b", "return a * alpha - b"));
  const { code, stdout, stderr } = await run(
    [
      "Rscript",
      "-e",
      `for (folder in c("twin", "other")) pkgload::load_all(folder, attach = FALSE, quiet = TRUE)
       a <- torch::torch_tensor(3); b <- torch::torch_tensor(1)
       cat(as.numeric(twin::scale_add(a, b)), as.numeric(Other::scale_add(a, b)), as.numeric(twin::scale_add(a, b)), "\\n")`,
    ],
    { cwd: scratch.name, env },
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("4 2 4");
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tmp from "tmp";
import { expect, it } from "vitest";
import { classesIn, packagesIn, rClassesAround } from "../../../src/machine/r/classes.js";

const description = `Package: a
Depends: R (>= 4.1),
    sparse (>= 0.1)
Imports: Rcpp,
    torch
LinkingTo: Rcpp
Suggests: testthat
`;

it("finds the packages that DESCRIPTION names", () => {
  expect(packagesIn(description)).toEqual(["sparse", "Rcpp", "torch"]);
});

it("finds classes in a NAMESPACE", () => {
  const text =
    'export(f)\nS3method(print,sparse_map)\nS3method("$", "grid")\nexportClasses("Cell",Net)\nS3method(f,default)\n';
  expect(classesIn(text)).toEqual(["sparse_map", "grid", "Cell", "Net"]);
});

it("knows whose class it is, of packages that are installed", async () => {
  const root = tmp.dirSync({ unsafeCleanup: true }).name;
  writeFileSync(join(root, "DESCRIPTION"), description);
  mkdirSync(join(root, "library/sparse"), { recursive: true });
  writeFileSync(join(root, "library/sparse/NAMESPACE"), "S3method(print,sparse_map)\n");
  const classes = await rClassesAround(root, { R_LIBS: `/nowhere:${join(root, "library")}` });
  expect(classes.get("sparse_map")).toBe("sparse");
  expect(classes.get("Cell")).toBeUndefined();
});

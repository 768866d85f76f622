import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { newPackage } from "../../../src/commands/new.js";
import { makeFolder, writeFiles } from "../../helpers/folder.js";
import { recordingIo } from "../../helpers/io.js";

let folder: ReturnType<typeof makeFolder> | null = null;
afterEach(() => folder?.remove());

describe("new, again in a package", () => {
  it("keeps to the name that DESCRIPTION has now", async () => {
    folder = makeFolder({});
    const flags = ["--wrapper", "r", "--start", "minimal", "--yes", "--no-git", "--no-build"];
    const first = recordingIo(folder.root);
    expect(await newPackage({ argv: ["mycell", ...flags], io: first.io })).toBe(0);
    const root = join(folder.root, "mycell");
    const description = readFileSync(join(root, "DESCRIPTION"), "utf8");
    writeFiles(root, { DESCRIPTION: description.replace("Package: mycell", "Package: MyCell") });

    const { io, out } = recordingIo(root);
    expect(await newPackage({ argv: ["mycell", ...flags, "--dry-run", "--json"], io })).toBe(0);
    const { files } = JSON.parse(out.join("\n")) as { files: { kind: string; path: string }[] };
    const types = files.filter(({ path }) => path.endsWith("_types.h")).map(({ kind, path }) => `${kind} ${path}`);
    // Rcpp looks for types in a header with the name of the R package.
    expect(types.sort()).toEqual(["create src/MyCell_types.h", "remove src/mycell_types.h"]);
  });
});

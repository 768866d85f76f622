import { describe, expect, it } from "vitest";
import type { Type, TypeId } from "../../../../src/model/module.js";
import { findRForm, rRows } from "../../../../src/targets/r/types.js";
import { abiOf } from "../../../../src/types/derive.js";

const rows = Object.keys(rRows) as TypeId[];
const types = rows.flatMap((id): readonly Type[] => {
  const of: Type = { kind: "row", id };
  return [of, { kind: "optional", of }, { kind: "list", of }];
});
const title = (type: Type) => JSON.stringify(type);

describe("the R column", () => {
  it.each(types.map((type) => [title(type), type] as const))(
    "%s has a class where its handle is one of R torch's",
    (_, type) => {
      const { by } = abiOf(type);
      const form = findRForm(type);
      // What has a family is converted by a class of the package's own.
      if (by === "family") expect(form).toBeNull();
      else if (by === "raw") expect(form?.read).toBeNull();
      else expect(form?.read).toMatch(/^read_/);
    },
  );
});

// Where a type stands, and what is found there.
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { RecordDecl, TypeRef } from "../../model/declaration.js";
import type { Type } from "../../model/module.js";
import type { Scopes } from "./lookup.js";
import type { Registrations } from "./registered.js";

export type Role = "parameter" | "result" | "field";

/** Structs that were described, null for one that was refused; those that are being described. */
export interface Declarations {
  readonly known: Map<RecordDecl, Type | null>;
  readonly open: Set<RecordDecl>;
}

/** Where a type stands, and who looks. */
export interface TypePlace {
  readonly scopes: Scopes;
  readonly registered: Registrations;
  /** Structs that were described before. */
  readonly declarations: Declarations;
  readonly namespace: readonly string[];
  /** The file whose declarations are seen. */
  readonly file: string;
  readonly role: Role;
  /** Takes a finding. */
  readonly add: (diagnostic: Diagnostic) => void;
  /** What was reported once and is not again: aliases in a cycle, places of `std::optional`. */
  readonly reported: Set<string>;
}

/** A known type with what its spelling, aliases included, says about references. */
export interface Resolved {
  readonly type: Type;
  readonly isConst: boolean;
  readonly reference: TypeRef["reference"];
  /** How many rows it is made of; a struct counts as one. */
  readonly size: number;
}

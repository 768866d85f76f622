/** A row of the table of codes: what the manual says about it. */
export interface CodeInfo {
  readonly title: string;
  readonly severity: "error" | "warning";
  /** Why this is refused, or warned of. */
  readonly explanation: string;
  /** C++ that gives this code and no other. */
  readonly example: string;
  /** The example, mended: gives no code. */
  readonly mend: string;
}

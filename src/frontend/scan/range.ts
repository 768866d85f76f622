/** A stretch of the text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Comment extends Range {
  readonly kind: "line" | "block";
}

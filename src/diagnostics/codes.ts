import { annotations } from "./manual/annotations.js";
import type { CodeInfo } from "./manual/code-info.js";
import { functions } from "./manual/functions.js";
import { reading } from "./manual/reading.js";
import { types } from "./manual/types.js";

const table = { ...reading, ...annotations, ...types, ...functions };

export type Code = keyof typeof table;

/**
 * Every code. Codes are stable: none is ever given a second meaning.
 * TX10xx reading, TX11xx annotations, TX12xx types and defaults, TX13xx functions and names.
 */
export const codes: Readonly<Record<Code, CodeInfo>> = table;

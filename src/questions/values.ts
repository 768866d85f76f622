import type { License, Start, Switch } from "../model/answers.js";

const among =
  <T extends string>(...values: readonly T[]) =>
  (value: string): value is T =>
    values.some((known) => known === value);

export const isLicense = among<License>("MIT", "Apache-2.0", "BSD-3-Clause", "none");
export const isStart = among<Start>("lltm", "minimal");
export const isSwitch = among<Switch>("auto", "on", "off");

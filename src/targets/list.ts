// The targets of the product, in the order in which their layers are shown. A new host language is one more line here.
import { callStack } from "./call-stack/target.js";
import { dispatcher } from "./dispatcher/target.js";
import { r } from "./r/target.js";
import type { HostLanguage, Target } from "./target.js";
import { typescript } from "./typescript/target.js";

export const targets: readonly Target[] = [typescript, r, dispatcher, callStack];

/** The host languages, in the order of their targets. */
export const languages: readonly HostLanguage[] = targets.flatMap(({ language }) =>
  language === null ? [] : [language],
);

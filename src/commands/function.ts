import { type DoorRequest, runAddition } from "../additions/engine/run.js";
import { operatorAddition } from "../additions/operator/addition.js";

/** Asks what `argv` does not say, adds an operator to a package, binds and builds it; or removes one again. */
export function addFunction(request: DoorRequest): Promise<number> {
  return runAddition(operatorAddition, request, async (build) => (await import("./build.js")).buildPackage(build));
}

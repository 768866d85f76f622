import { type DoorRequest, runAddition } from "../additions/engine/run.js";
import { typeAddition } from "../additions/type/addition.js";

/** Asks what `argv` does not say, adds a type to a package, binds and builds it; or removes one again. */
export function addType(request: DoorRequest): Promise<number> {
  return runAddition(typeAddition, request, async (build) => (await import("./build.js")).buildPackage(build));
}

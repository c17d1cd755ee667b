import { InputError } from "../../foundation/input/inputError.ts";

/** The engines that a run can use. */
export const engineNames = ["tensorflow", "webgpu", "wasm", "cpu"] as const;

/** The name of an engine. */
export type EngineName = (typeof engineNames)[number];

/** Whether a word names an engine. */
export function isEngineName(word: string): word is EngineName {
  return (engineNames as readonly string[]).includes(word);
}

/** @throws {InputError} naming `field`, if a word names no engine. */
export function refuseUnknownEngine(word: string, field: string): asserts word is EngineName {
  if (isEngineName(word)) return;
  throw new InputError({
    code: "unknown-engine",
    field,
    message: `must be one of ${engineNames.join(", ")}; leave it out for wasm`,
    got: word,
  });
}

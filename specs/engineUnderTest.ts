// The whole suite runs on any engine: `LEARNPROOF_ENGINE=tensorflow npm test`. What is said of one engine names it.

import { type EngineName, isEngineName } from "../src/learning/engine/engineName.ts";
import { type Engine, startEngine } from "../src/learning/engine/startEngine.ts";

const named = process.env.LEARNPROOF_ENGINE ?? "";

/** Its name; the WebAssembly one where nobody names another. */
export const engineUnderTest: EngineName = isEngineName(named) ? named : "wasm";

/** Starts it. Asked before each file's specs: those before may have left another one running. */
export function startEngineUnderTest(): Promise<Engine> {
  return startEngine({ name: engineUnderTest });
}

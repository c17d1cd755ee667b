// The whole suite runs on any engine: `LEARNPROOF_ENGINE=tensorflow npm test`. What is said of one engine names it.

import { type EngineName, engineNames, isEngineName } from "../src/learning/engine/engineName.ts";
import { type Engine, startEngine } from "../src/learning/engine/startEngine.ts";

/** Its name; the WebAssembly one where nobody names another. */
export const engineUnderTest: EngineName = readEngine(process.env.LEARNPROOF_ENGINE);

/** @throws {Error} for a word that names no engine: the suite would say of wasm what was asked of another. */
export function readEngine(word = ""): EngineName {
  if (word === "") return "wasm";
  if (isEngineName(word)) return word;
  throw new Error(`LEARNPROOF_ENGINE must be one of ${engineNames.join(", ")}, got "${word}"`);
}

/** Starts it. Asked before each file's specs: those before may have left another one running. */
export function startEngineUnderTest(): Promise<Engine> {
  return startEngine({ name: engineUnderTest });
}

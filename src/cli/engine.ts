import type { Engine } from "../learning/engine/startEngine.ts";
import type { CommonOptions } from "./options.ts";
import { remark } from "./output.ts";

/**
 * Starts the engine that a command asks for, and says which one it is. TensorFlow.js is loaded here, after everything
 * that a command can refuse without it.
 *
 * @param otherwise the engine to take if the command names none. @defaultValue the environment's, or the default
 */
export async function beginEngine(
  { engine, threads, json, quiet }: CommonOptions,
  otherwise?: string,
): Promise<Engine> {
  const { startEngine } = await import("../learning/engine/startEngine.ts");
  const environment = otherwise === undefined ? process.env : {};
  const started = await startEngine({ name: engine ?? otherwise, threads, environment });
  if (!json && !quiet) remark(`engine ${started.reason}`);
  return started;
}

import { ready, setBackend } from "@tensorflow/tfjs-core";
import type { EngineName } from "./engineName.ts";

/** How far an engine may be from wasm on one run of the same config, over the largest number there. */
export interface Tolerance {
  /** For the gradients of the first batch. */
  readonly gradients: number;
  /** For the losses of the first 20 steps: a difference between gradients grows from step to step. */
  readonly losses: number;
}

/** All that learnproof knows of one engine. To add an engine, write its descriptor and a line in {@link engines}. */
export interface EngineDescriptor {
  readonly name: EngineName;
  /** Whether the same run gives the same bits on every machine. */
  readonly bitExact: boolean;
  /** Why it does not start here, in a few words; null where it does. */
  whyUnavailable(): Promise<string | null>;
  /** What a user can do where it does not start. */
  readonly remedy: string;
  /** Makes it TensorFlow.js's backend. Starting twice is harmless. */
  start(): Promise<void>;
  /** What computes, once it runs: `CPU`, `GPU`, or a GPU's name. */
  device(): string;
  /** Whether it runs on a GPU that software imitates, which takes hours for a benchmark. */
  isImitated?(): boolean;
  tolerance(device: string): Tolerance;
}

/**
 * An engine that sums in another order, fuses multiply and add, or has functions that are some units in the last place
 * off. Measured were 1e-6 in gradients and 4e-7 in losses, a hundredth of this, which is far below what another seed
 * makes.
 */
export const REORDERED: Tolerance = { gradients: 1e-4, losses: 1e-4 };

/** @throws {Error} where TensorFlow.js refuses the backend. */
export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`startEngine: the backend ${name} must start, got false`);
  await ready();
}

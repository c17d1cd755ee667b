import { ready, setBackend } from "@tensorflow/tfjs-core";
import type { EngineName } from "./engineName.ts";

/**
 * How far an engine's results may differ from those of wasm on one run of the same config, relative to the largest
 * number.
 */
export interface Tolerance {
  /** For the gradients of the first batch. */
  readonly gradients: number;
  /** For the losses of the first 20 steps: a difference between gradients grows from step to step. */
  readonly losses: number;
}

/**
 * Everything that learnproof knows about one engine. To add an engine, write its descriptor and a line in {@link
 * engines}.
 */
export interface EngineDescriptor {
  readonly name: EngineName;
  /** Whether the same run gives the same bits on every machine. */
  readonly bitExact: boolean;
  /** Says in a few words why the engine does not start here; null if it does. */
  whyUnavailable(): Promise<string | null>;
  /** Advice for the user if the engine does not start. */
  readonly remedy: string;
  /** Makes it TensorFlow.js's backend. Starting twice is harmless. */
  start(): Promise<void>;
  /** Returns the device that computes once the engine runs: `CPU`, `GPU`, or a GPU's name. */
  device(): string;
  /** Whether the engine runs on a GPU emulated in software, on which a benchmark takes hours. */
  isImitated?(): boolean;
  tolerance(device: string): Tolerance;
}

/**
 * The tolerance for an engine that sums in another order, fuses multiply and add, or has functions that are off by some
 * units in the last place. The measured differences were 1e-6 in gradients and 4e-7 in losses, a hundredth of this
 * tolerance, which itself is far below the effect of another seed.
 */
export const REORDERED: Tolerance = { gradients: 1e-4, losses: 1e-4 };

/** Makes a backend TensorFlow.js's running one. @throws {Error} if TensorFlow.js refuses it. */
export async function useBackend(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`startEngine: the backend ${name} must start, got false`);
  await ready();
}

import type { Engine } from "../../learning/engine/startEngine.ts";

/** How far an engine may be from wasm on one run of the same config, over the largest number there. */
export interface Tolerance {
  /** Of the gradients of the first batch. */
  readonly gradients: number;
  /** Of the losses of the first 20 steps: what the gradients differ by grows from step to step. */
  readonly losses: number;
}

export const STEPS_ALIKE = 20;

/**
 * The same sums in another order, fused multiply-adds, and functions that are some units in the last place off:
 * measured were 1e-6 in gradients and 4e-7 in losses, a hundredth of this, which is far below what another seed makes.
 */
const REORDERED: Tolerance = { gradients: 1e-4, losses: 1e-4 };

/** TensorFloat-32, whose factors have 10 bits after the point, in the convolutions and products of newer GPUs. */
const TENSOR_FLOAT: Tolerance = { gradients: 1e-3, losses: 0.02 };

/** What is granted to an engine on the device it runs on. */
export function toleranceOf({ name, device }: Pick<Engine, "name" | "device">): Tolerance {
  if (name === "wasm") return { gradients: 0, losses: 0 };
  return name === "tensorflow" && device !== "CPU" ? TENSOR_FLOAT : REORDERED;
}

import type { EngineName } from "../engine/engineName.ts";

/** How far an engine may be from wasm on one run of the same config, over the largest number there. */
export interface Tolerance {
  /** Of the gradients of the first batch. */
  readonly gradients: number;
  /** Of the losses of the first 20 steps: what the gradients differ by grows from step to step. */
  readonly losses: number;
}

export const STEPS_ALIKE = 20;

/** Each is about a hundred times what was measured, and far below what another seed makes. */
export const tolerances: Record<Exclude<EngineName, "wasm">, Tolerance> = {
  // The same sums in another order, each step rounded to float32: 1e-6 and 3e-7.
  cpu: { gradients: 1e-4, losses: 1e-4 },
  // Also fused multiply-adds and functions that WGSL lets be some units in the last place off: 1e-6 and 4e-7.
  webgpu: { gradients: 1e-4, losses: 1e-4 },
  // Also TensorFloat-32, whose factors have 10 bits after the point, in the convolutions and products of newer GPUs.
  tensorflow: { gradients: 1e-3, losses: 0.02 },
};

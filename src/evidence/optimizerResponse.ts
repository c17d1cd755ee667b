import { type Tensor, tensor1d, variable } from "@tensorflow/tfjs-core";
import type { Subject } from "../subject/subject.ts";
import { createOptimizer } from "../training/optimizer.ts";

const QUIET_STEPS = 300;

/** How an optimizer answers one gradient of 1 and then none: made-up weights tell what a run cannot. */
export interface OptimizerResponse {
  /** How far the first update moved the weight; negative is downhill. */
  readonly first: number;
  /** How far the last of 300 updates on a gradient of 0 still moved it. */
  readonly last: number;
}

/** Null where the optimizer throws. */
export function measureOptimizerResponse(config: Subject["optimizer"]): OptimizerResponse | null {
  // A weight of 0: weight decay has nothing to pull at in the first step.
  const [push, rest] = [tensor1d([1]), tensor1d([0])];
  const weight = variable(rest);
  const optimizer = createOptimizer(config);
  const read = () => weight.dataSync()[0] as number;
  const move = (gradient: Tensor) => {
    const before = read();
    optimizer.update([weight], [gradient]);
    return read() - before;
  };
  try {
    const first = move(push);
    let last = 0;
    for (let step = 0; step < QUIET_STEPS; step++) last = move(rest);
    return { first, last };
  } catch {
    return null;
  } finally {
    optimizer.dispose();
    for (const tensor of [weight, push, rest]) tensor.dispose();
  }
}

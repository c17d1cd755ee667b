import { type Tensor, tensor1d, variable } from "@tensorflow/tfjs-core";
import { createOptimizer, type Optimizer } from "../../../learning/optimizer/optimizer.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { read } from "../../../learning/training/read.ts";

const QUIET_STEPS = 300;

/**
 * How an optimizer moves a test weight on one gradient of 1 and then on gradients of 0; a real run cannot show this.
 */
export interface OptimizerResponse {
  /** How far the first update moved the weight; negative is downhill. */
  readonly first: number;
  /** How far the last of 300 updates on a gradient of 0 still moved it. */
  readonly last: number;
}

/** Returns null if the optimizer throws. */
export async function measureOptimizerResponse(
  config: Subject["optimizer"],
): Promise<OptimizerResponse | null> {
  // The weight starts at 0, so that weight decay does not change it in the first step.
  const [push, rest] = [tensor1d([1]), tensor1d([0])];
  const weight = variable(rest);
  let optimizer: Optimizer | undefined;
  const value = async () => (await read(weight))[0] as number;
  const move = async (gradient: Tensor) => {
    const before = await value();
    optimizer?.update([weight], [gradient]);
    return (await value()) - before;
  };
  try {
    optimizer = createOptimizer(config);
    const first = await move(push);
    for (let step = 1; step < QUIET_STEPS; step++) optimizer.update([weight], [rest]);
    return { first, last: await move(rest) };
  } catch {
    return null;
  } finally {
    disposeQuietly(optimizer);
    for (const tensor of [weight, push, rest]) tensor.dispose();
  }
}

/** Disposes an optimizer that may throw again; the measurement ignores that. */
function disposeQuietly(optimizer: Optimizer | undefined): void {
  try {
    optimizer?.dispose();
  } catch {
    // The response has been measured already, or is null.
  }
}

import { norm } from "../../../foundation/numbers/statistics.ts";
import { fansOf } from "../../../learning/subject/initialWeights.ts";
import { layersWithWeights } from "../../../learning/training/layerWeights.ts";
import { read } from "../../../learning/training/read.ts";
import type { FreshModel } from "./freshModel.ts";

/** The kernel with the largest weights for its number of inputs. */
export interface KernelScale {
  readonly layer: string;
  /** Root mean square of the weights times the root of their inputs: about 1 where a layer keeps the size of its input. */
  readonly gain: number;
}

/** Returns null for a model without kernels. */
export async function measureKernelScale({ model }: FreshModel): Promise<KernelScale | null> {
  const scales: KernelScale[] = [];
  for (const { layer, variables } of layersWithWeights(model)) {
    const kernel = variables.find(({ shape }) => shape.length > 1);
    if (!kernel) continue;
    const rootMeanSquare = norm(await read(kernel)) / Math.sqrt(kernel.size);
    scales.push({ layer, gain: rootMeanSquare * Math.sqrt(fansOf(kernel.shape).fanIn) });
  }
  return scales.sort((a, b) => b.gain - a.gain)[0] ?? null;
}

import type { Variable } from "@tensorflow/tfjs-core";
import { norm } from "../../../foundation/numbers/statistics.ts";
import { fansOf } from "../../../learning/subject/initialWeights.ts";
import { layersWithWeights } from "../../../learning/training/layerWeights.ts";
import { read } from "../../../learning/training/read.ts";
import type { FreshModel } from "./freshModel.ts";

/** How large the weights of a layer's kernel are for its number of inputs. */
export interface KernelScale {
  readonly layer: string;
  /**
   * Root mean square of the weights times the root of their inputs: about 1 where a layer keeps the size of its input.
   * Weights of one sign add up instead of cancelling, so that theirs is the mean times the number of inputs.
   */
  readonly gain: number;
}

/** The kernels that stand out before training. */
export interface KernelScales {
  readonly largest: KernelScale;
  /** The smallest of those before the last, without kernels of zeros; null if there is none. */
  readonly smallest: KernelScale | null;
}

/** Returns null for a model without kernels. */
export async function measureKernelScales({ model }: FreshModel): Promise<KernelScales | null> {
  const scales: KernelScale[] = [];
  for (const { layer, variables } of layersWithWeights(model)) {
    const kernel = variables.find(({ shape }) => shape.length > 1);
    if (!kernel) continue;
    scales.push({ layer, gain: gainOf(await read(kernel), inputsOf(kernel)) });
  }
  const bySize = (some: readonly KernelScale[]) => [...some].sort((a, b) => b.gain - a.gain);
  const [largest] = bySize(scales);
  // A last layer of small weights begins with answers near 0, as some want it.
  const smallest = bySize(scales.slice(0, -1).filter(({ gain }) => gain > 0)).at(-1);
  return largest === undefined ? null : { largest, smallest: smallest ?? null };
}

/** The mean of weights of both signs is a small part of their size. */
const ONE_SIDED = 0.5;

/** A row of an embedding is looked up alone, so that nothing adds up. */
function inputsOf({ name, shape }: Variable): number {
  return /embedding/i.test(name) ? 1 : fansOf(shape).fanIn;
}

function gainOf(weights: Float32Array, inputs: number): number {
  const rootMeanSquare = norm(weights) / Math.sqrt(weights.length);
  const mean = Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length);
  return mean > ONE_SIDED * rootMeanSquare ? mean * inputs : rootMeanSquare * Math.sqrt(inputs);
}

// A layer that rounds, takes the sign of numbers, or is cut off from the gradient answers its inputs and hands no gradient on:
// nothing that was made before it learns. Units that are saturated or dead at some inputs pass a gradient on at others.

import { grads, mul, randomNormal, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { withFreshModel } from "../contract/freshModel.ts";

type Layer = LayersModel["layers"][number];

/** Inputs of these sizes are tried. */
const SIZES = [1e-4, 1e-2, 1, 10];
const EXAMPLES = 8;

/** The name of the first layer with trainable weights in it or before it that answers its inputs and has no slope; null for none. */
export const findFlatLayer = onceFor(
  (subject: Subject): Promise<string | null> =>
    withFreshModel(subject, async ({ model }) => {
      const behind = behindWeights(model);
      return model.layers.find((layer) => behind.has(layer) && isFlat(layer))?.name ?? null;
    }),
);

function behindWeights({ layers }: LayersModel): ReadonlySet<Layer> {
  const found = new Set<Layer>();
  for (const layer of layers) {
    const before = layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
    if (layer.trainableWeights.length > 0 || before.some((one) => found.has(one))) found.add(layer);
  }
  return found;
}

function isFlat(layer: Layer): boolean {
  const shape = shapeInto(layer);
  if (shape === null) return false;
  try {
    const tried = SIZES.map((size, seed) => tidy(() => answersAndSlopes(layer, shape, size, seed)));
    return tried.some(({ varies }) => varies) && tried.every(({ hasSlope }) => !hasSlope);
  } catch {
    // Layers that take class numbers have no slope to ask for.
    return false;
  }
}

/** The shape of the only input; null where there are several, or where it is open. */
function shapeInto(layer: Layer): number[] | null {
  const [node, ...others] = layer.inboundNodes;
  const [shape, ...more] = node?.inputShapes ?? [];
  if (!Array.isArray(shape) || others.length > 0 || more.length > 0) return null;
  const own = shape.slice(1).filter((size): size is number => typeof size === "number");
  return own.length > 0 && own.length === shape.length - 1 ? own : null;
}

function answersAndSlopes(layer: Layer, shape: readonly number[], size: number, seed: number) {
  const x = randomNormal([EXAMPLES, ...shape], 0, size, "float32", seed + 1);
  const answers = layer.apply(x) as Tensor;
  const weights = randomNormal(answers.shape, 0, 1, "float32", seed + 101);
  const [slope] = grads((asked: Tensor) => sum(mul(layer.apply(asked) as Tensor, weights)))([x]);
  const values = answers.dataSync();
  return {
    varies: values.some((value) => value !== values[0]),
    hasSlope: slope?.dataSync().some((value) => value !== 0) ?? false,
  };
}

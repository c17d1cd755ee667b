import type { LayersModel } from "@tensorflow/tfjs-layers";

/** What the outputs of all layers may take at once: a quarter of the memory that the wasm engine can reach. */
const MOST_BYTES = 1024 ** 3;

/**
 * How many examples a model may be shown at once in evaluation mode, so that the outputs of all its layers
 * fit in memory together: at least 1, at most `limit`. Large pictures are no reason to run out of it.
 */
export function mostAtOnce(model: LayersModel, limit: number): number {
  const shapes = model.layers.flatMap(({ inboundNodes }) =>
    inboundNodes.flatMap((node) => node.outputShapes),
  );
  const bytes = shapes.reduce((sum, shape) => sum + 4 * sizeOf(shape), 0);
  return Math.max(1, Math.min(limit, Math.floor(MOST_BYTES / bytes)));
}

/** Numbers in one example of a shape such as `[null, 32, 32, 3]`. */
function sizeOf(shape: readonly (number | null)[] | null): number {
  return (shape ?? []).slice(1).reduce<number>((product, side) => product * (side ?? 1), 1);
}

/**
 * Computes the gradient of a repeated tensor by one kernel, where the engine has it. TensorFlow.js's takes a slice for each
 * repetition, as many as a row has numbers, and has none beyond four axes.
 */
import { engine, getBackend, getKernel, type Tensor, tile } from "@tensorflow/tfjs-core";
import { mendGradient, replaceGradient } from "./replaceGradient.ts";

/** The kernel that sums the gradients of the repetitions. */
export const TILE_GRADIENT = "TileGradient";

/** Installs the gradient of Tile, and that of this gradient. */
export function installTiles(): void {
  mendGradient("Tile", (stock) => (dy, saved, attributes) => {
    const [x] = saved;
    if (dy.dtype !== "float32" || !getKernel(TILE_GRADIENT, getBackend()))
      return stock(dy, saved, attributes);
    const { shape } = x as Tensor;
    return {
      x: () => engine().runKernel(TILE_GRADIENT, { dy }, { reps: attributes.reps ?? [], shape }) as Tensor,
    };
  });
  replaceGradient(TILE_GRADIENT, {}, (dy, _saved, { reps }) => ({ dy: () => tile(dy, reps as number[]) }));
}

/**
 * Computes the gradients of operations that only select and repeat values. Each adds its output's gradient to the
 * places that the values came from; the operation itself finds those places, by running on their indices.
 */
import {
  cast,
  engine,
  expandDims,
  gatherND,
  getBackend,
  mul,
  type NamedAttrMap,
  oneHot,
  range,
  reshape,
  scatterND,
  sum,
  type Tensor,
  type Tensor1D,
  unsortedSegmentSum,
  zeros,
} from "@tensorflow/tfjs-core";
import { mendGradient, replaceGradient } from "./replaceGradient.ts";

/**
 * Installs the gradients of StridedSlice, MirrorPad, DepthToSpace, Tile, ResizeNearestNeighbor, GatherNd, ScatterNd and
 * TopK.
 */
export function installSelections(): void {
  for (const kernel of ["StridedSlice", "MirrorPad", "DepthToSpace"]) {
    replaceGradient(kernel, { inputsToSave: ["x"] }, (dy, [x], attributes) => ({
      x: () => giveBack(kernel, "x", x as Tensor, dy, attributes),
    }));
  }
  mendGradient("Tile", (stock) => (dy, saved, attributes) => {
    const [x] = saved as [Tensor];
    if (x.rank <= 4) return stock(dy, saved, attributes);
    return { x: () => giveBack("Tile", "x", x, dy, attributes) };
  });
  mendGradient("ResizeNearestNeighbor", (stock) => (dy, saved, attributes) => {
    const [images] = saved as [Tensor];
    // The stock kernels ignore halfPixelCenters, and the one of cpu mixes up the examples of a batch.
    const isRight = !attributes.halfPixelCenters && (getBackend() !== "cpu" || images.shape[0] === 1);
    if (isRight) return stock(dy, saved, attributes);
    return { images: () => giveBack("ResizeNearestNeighbor", "images", images, dy, attributes) };
  });
  replaceGradient("GatherNd", { inputsToSave: ["params", "indices"] }, (dy, saved) => {
    const [params, indices] = saved as [Tensor, Tensor];
    return {
      params: () => scatterND(indices, dy, params.shape),
      // Places may come from an argmax of what is trained; no gradient flows through them.
      indices: () => zeros(indices.shape),
    };
  });
  replaceGradient("ScatterNd", { inputsToSave: ["indices"] }, (dy, [indices]) => ({
    updates: () => gatherND(dy, indices as Tensor),
  }));
  replaceGradient("TopK", { inputsToSave: ["x"], outputsToSave: [false, true] }, (dy, saved) => {
    const [x, indices] = saved as [Tensor, Tensor];
    const [values] = dy as unknown as [Tensor];
    const places = () => oneHot(indices, x.shape.at(-1) as number, 1, 0, "float32");
    return { x: () => sum(mul(places(), expandDims(values, -1)), x.rank - 1) };
  });
}

/** Adds each value of `dy` to the place of `x` that the operation took it from. */
function giveBack(kernel: string, input: string, x: Tensor, dy: Tensor, attributes: NamedAttrMap): Tensor {
  const places = reshape(range(0, x.size, 1, "float32"), x.shape);
  const taken = cast(engine().runKernel(kernel, { [input]: places }, attributes) as Tensor, "int32");
  const [values, indices] = [reshape(dy, [dy.size]), reshape(taken, [dy.size])];
  // The wasm kernel of this package checks its bounds, unlike the stock one of scatterND; on other engines that kernel
  // is slow or missing.
  const sums =
    getBackend() === "wasm"
      ? unsortedSegmentSum(values, indices as Tensor1D, x.size)
      : scatterND(expandDims(indices, 1), values, [x.size]);
  return reshape(sums, x.shape);
}

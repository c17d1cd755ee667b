/** Pictures in another size. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { is, type Operation, tf } from "./operation.ts";

export const resizings: readonly Operation[] = [
  ...(["resizeNearestNeighbor", "resizeBilinear"] as const).flatMap((name) =>
    (
      [
        [8, 6],
        [5, 7],
        [2, 2],
        [4, 3],
      ] as [number, number][]
    ).flatMap((size) => [
      is(`${name} to ${size}`, [[2, 4, 3, 2]], (x) => tf.image[name](x as Tensor4D, size)),
      is(`${name} to ${size}, corners aligned`, [[2, 4, 3, 2]], (x) =>
        tf.image[name](x as Tensor4D, size, true),
      ),
      is(`${name} to ${size}, half-pixel centres`, [[2, 4, 3, 2]], (x) =>
        tf.image[name](x as Tensor4D, size, false, true),
      ),
    ]),
  ),
  is(
    "cropAndResize",
    [[1, 5, 5, 2]],
    (x) =>
      tf.image.cropAndResize(
        x as Tensor4D,
        tf.tensor2d([[0.1, 0.1, 0.8, 0.8]]),
        tf.tensor1d([0], "int32"),
        [4, 4],
      ),
    { refused: "CropAndResize" },
  ),
];

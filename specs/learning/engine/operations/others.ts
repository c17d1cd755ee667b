/** Normalisation, dilation and losses. */
import type { Tensor1D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { is, type Operation, tf, whole } from "./operation.ts";

export const others: readonly Operation[] = [
  ...[2, 3, 4].map((rank) =>
    is(`batchNorm of rank ${rank}`, [[3, 2, 2, 4].slice(4 - rank), [4], [4], [4], [4]], (x, m, v, o, s) =>
      tf.batchNorm(
        x as Tensor4D,
        m as Tensor1D,
        tf.add(tf.abs(v as Tensor1D), 0.5),
        o as Tensor1D,
        s as Tensor1D,
      ),
    ),
  ),
  is(
    "batchNorm, channels first",
    [
      [3, 4, 2, 2],
      [1, 4, 1, 1],
      [1, 4, 1, 1],
      [1, 4, 1, 1],
      [1, 4, 1, 1],
    ],
    (x, m, v, o, s) =>
      tf.batchNorm(
        x as Tensor4D,
        m as Tensor4D,
        tf.add(tf.abs(v as Tensor4D), 0.5),
        o as Tensor4D,
        s as Tensor4D,
      ),
  ),
  is("localResponseNormalization", [[1, 3, 3, 4]], (x) => tf.localResponseNormalization(x as Tensor4D)),
  ...(["valid", "same"] as const).map((pad) =>
    is(
      `dilation2d ${pad}`,
      [
        [2, 4, 4, 2],
        [2, 2, 2],
      ],
      (x, f) => tf.dilation2d(tf.sub(x as Tensor4D, 2) as Tensor4D, f as Tensor3D, 1, pad),
    ),
  ),
  is(
    "sigmoidCrossEntropy",
    [
      [3, 4],
      [3, 4],
    ],
    (x, y) => tf.losses.sigmoidCrossEntropy(tf.sigmoid(y), x),
  ),
  is("softmaxCrossEntropy", [[3, 4]], (x) =>
    tf.losses.softmaxCrossEntropy(tf.oneHot(whole(1, 3, 0), 4, 1, 0, "float32"), x),
  ),
  is(
    "meanSquaredError",
    [
      [3, 4],
      [3, 4],
    ],
    (x, y) => tf.losses.meanSquaredError(y, x),
  ),
  is(
    "huberLoss",
    [
      [3, 4],
      [3, 4],
    ],
    (x, y) => tf.losses.huberLoss(y, x),
  ),
];

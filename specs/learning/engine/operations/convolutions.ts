/** Convolutions over lines, pictures and volumes, and what turns them round. */
import type { Tensor3D, Tensor4D, Tensor5D } from "@tensorflow/tfjs-core";
import { is, type Operation, tf } from "./operation.ts";
import { WINDOWS } from "./windows.ts";

export const convolutions: readonly Operation[] = [
  ...WINDOWS.flatMap(([k, s, pad, d]) => {
    const how = `kernel ${k}, stride ${s}, ${pad}${d > 1 ? `, dilation ${d}` : ""}`;
    return [
      is(
        `conv1d ${how}`,
        [
          [2, 7, 2],
          [k, 2, 3],
        ],
        (x, w) => tf.conv1d(x as Tensor3D, w as Tensor3D, s, pad, "NWC", d),
      ),
      is(
        `conv2d ${how}`,
        [
          [2, 5, 6, 2],
          [k, k, 2, 3],
        ],
        (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, s, pad, "NHWC", d),
      ),
      is(
        `depthwiseConv2d ${how}`,
        [
          [2, 5, 6, 2],
          [k, k, 2, 2],
        ],
        (x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, s, pad, "NHWC", d),
      ),
      is(
        `conv3d ${how}`,
        [
          [2, 5, 3, 4, 1],
          [k, Math.min(k, 2), k, 1, 2],
        ],
        (x, w) => tf.conv3d(x as Tensor5D, w as Tensor5D, s, pad, "NDHWC", d as 1),
      ),
    ];
  }),
  is(
    "conv2d, unequal strides",
    [
      [2, 5, 7, 2],
      [3, 2, 2, 3],
    ],
    (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, [1, 2], "same"),
  ),
  is(
    "conv2d, unequal dilations",
    [
      [2, 5, 7, 2],
      [2, 3, 2, 3],
    ],
    (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, "valid", "NHWC", [1, 2]),
  ),
  is(
    "conv2d, channels first",
    [
      [2, 2, 5, 6],
      [3, 3, 2, 3],
    ],
    (x, w) =>
      tf.transpose(
        tf.conv2d(tf.transpose(x as Tensor4D, [0, 2, 3, 1]), w as Tensor4D, 2, "same"),
        [0, 3, 1, 2],
      ),
  ),
  is(
    "conv3d, unequal strides",
    [
      [2, 5, 4, 3, 2],
      [2, 3, 2, 2, 1],
    ],
    (x, w) => tf.conv3d(x as Tensor5D, w as Tensor5D, [1, 2, 3], "same"),
  ),
  is(
    "conv3d, channels first",
    [
      [2, 2, 3, 4, 3],
      [2, 2, 2, 2, 2],
    ],
    (x, w) =>
      tf.transpose(
        tf.conv3d(tf.transpose(x as Tensor5D, [0, 2, 3, 4, 1]), w as Tensor5D, 1, "same"),
        [0, 4, 1, 2, 3],
      ),
  ),
  is(
    "separableConv2d",
    [
      [2, 5, 6, 2],
      [3, 3, 2, 2],
      [1, 1, 4, 3],
    ],
    (x, a, b) => tf.separableConv2d(x as Tensor4D, a as Tensor4D, b as Tensor4D, 1, "same"),
  ),
  ...(
    [
      [3, 2, "same", 4],
      [2, 2, "valid", 4],
      [3, 1, "valid", 4],
      [2, 3, "valid", 5],
    ] as const
  ).flatMap(([k, s, pad, out]) => {
    const side = Math.ceil((out - (pad === "same" ? 0 : k - 1)) / s);
    return [
      is(
        `conv2dTranspose kernel ${k}, stride ${s}, ${pad}`,
        [
          [2, side, side, 2],
          [k, k, 3, 2],
        ],
        (x, w) => tf.conv2dTranspose(x as Tensor4D, w as Tensor4D, [2, out, out, 3], s, pad),
      ),
      is(
        `conv3dTranspose kernel ${k}, stride ${s}, ${pad}`,
        [
          [2, side, side, side, 2],
          [k, k, k, 1, 2],
        ],
        (x, w) => tf.conv3dTranspose(x as Tensor5D, w as Tensor5D, [2, out, out, out, 1], s, pad),
      ),
    ];
  }),
];

/** What chooses, moves and repeats values. */
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { is, type Operation, tf, whole } from "./operation.ts";

export const moves: readonly Operation[] = [
  is("gather from axis 0", [[5, 3]], (x) => tf.gather(x, whole(0, 2, 2, 4))),
  is("gather from axis 1", [[3, 5]], (x) => tf.gather(x, whole(0, 2, 2), 1)),
  is("gather from the last axis", [[2, 3, 5]], (x) => tf.gather(x, whole(4, 2, 2), -1)),
  is("gather, words of two examples", [[5, 3]], (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [0, 2],
          [2, 4],
        ],
        [2, 2],
        "int32",
      ),
    ),
  ),
  is("gather in a batch", [[2, 4, 3]], (x) =>
    tf.gather(
      x,
      tf.tensor2d(
        [
          [0, 2],
          [3, 3],
        ],
        [2, 2],
        "int32",
      ),
      1,
      1,
    ),
  ),
  is("gatherND", [[4, 3]], (x) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [2, 2],
          [2, 2],
        ],
        [3, 2],
        "int32",
      ),
    ),
  ),
  is("scatterND", [[2, 3]], (x) => tf.scatterND(tf.tensor2d([[0], [2]], [2, 1], "int32"), x, [4, 3])),
  is("unsortedSegmentSum", [[4, 3]], (x) => tf.unsortedSegmentSum(x as Tensor2D, whole(0, 1, 1, 0), 3)),
  is("oneHot times x", [[3, 4]], (x) => tf.mul(x, tf.oneHot(whole(1, 3, 0), 4, 1, 0, "float32"))),
  is(
    "concat on axis 1",
    [
      [2, 3],
      [2, 4],
    ],
    (a, b) => tf.concat([a, b], 1),
  ),
  is(
    "concat on the last axis",
    [
      [2, 2, 3],
      [2, 2, 1],
    ],
    (a, b) => tf.concat([a, b], -1),
  ),
  is(
    "stack",
    [
      [2, 3],
      [2, 3],
    ],
    (a, b) => tf.stack([a, b], 1),
  ),
  is("unstack", [[4, 3]], (x) => tf.unstack(x)[1] as Tensor),
  is("unstack of one row", [[1, 3]], (x) => tf.unstack(x)[0] as Tensor),
  is("split into one part", [[2, 3]], (x) => tf.split(x, 1, 1)[0] as Tensor),
  is("split", [[4, 6]], (x) => tf.split(x, 3, 1)[1] as Tensor),
  is("slice", [[4, 6]], (x) => tf.slice(x, [1, 2], [2, 3])),
  is("slice of rank 4", [[2, 3, 4, 2]], (x) => tf.slice(x, [0, 1, 0, 1], [2, 2, 3, 1])),
  is("stridedSlice", [[4, 6]], (x) => tf.stridedSlice(x, [0, 1], [4, 6], [2, 2])),
  is("stridedSlice backwards", [[4, 6]], (x) => tf.stridedSlice(x, [3, 5], [0, 0], [-1, -2])),
  is("reverse", [[4, 6]], (x) => tf.reverse(x, 1)),
  is("transpose", [[2, 3, 4]], (x) => tf.transpose(x, [2, 0, 1])),
  is("transpose of rank 5", [[2, 1, 3, 2, 2]], (x) => tf.transpose(x, [0, 2, 3, 4, 1])),
  is("reshape", [[2, 3, 4]], (x) => tf.reshape(x, [4, 6])),
  is("expandDims and squeeze", [[2, 3]], (x) => tf.squeeze(tf.expandDims(x, 1))),
  ...[[3], [2, 3], [2, 3, 2], [2, 1, 3, 2], [2, 1, 3, 2, 1]].map((shape) =>
    is(`tile of rank ${shape.length}`, [shape], (x) =>
      tf.tile(
        x,
        shape.map((_, axis) => 1 + ((axis + 1) % 2)),
      ),
    ),
  ),
  is("pad", [[2, 3]], (x) =>
    tf.pad(x, [
      [1, 1],
      [0, 2],
    ]),
  ),
  is("pad of rank 4", [[2, 3, 2, 2]], (x) =>
    tf.pad(x, [
      [0, 0],
      [1, 2],
      [2, 0],
      [0, 0],
    ]),
  ),
  ...(["reflect", "symmetric"] as const).map((mode) =>
    is(`mirrorPad ${mode}`, [[3, 4]], (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 1],
        ],
        mode,
      ),
    ),
  ),
  is("broadcastTo", [[1, 3]], (x) => tf.broadcastTo(x, [4, 3])),
  is(
    "where",
    [
      [3, 5],
      [3, 5],
    ],
    (a, b) => tf.where(tf.greater(a, 0), a, b),
  ),
  ...(["equal", "notEqual", "greater", "greaterEqual", "less", "lessEqual"] as const).map((name) =>
    is(
      `${name} times a`,
      [
        [3, 5],
        [3, 5],
      ],
      (a, b) => tf.mul(a, tf.cast(tf[name](a, b), "float32")),
    ),
  ),
  is(
    "logicalAnd, -Or and -Not times a",
    [
      [3, 5],
      [3, 5],
    ],
    (a, b) => {
      const [left, right] = [tf.greater(a, 0), tf.less(b, 0.3)];
      const both = tf.logicalOr(tf.logicalAnd(left, right), tf.logicalNot(left));
      return tf.mul(a, tf.cast(both, "float32"));
    },
  ),
  is("topk", [[3, 5]], (x) => tf.topk(x, 2).values),
  is("spaceToBatchND", [[1, 4, 4, 2]], (x) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  is("batchToSpaceND", [[4, 2, 2, 2]], (x) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  is("depthToSpace", [[2, 2, 2, 8]], (x) => tf.depthToSpace(x as Tensor4D, 2)),
];

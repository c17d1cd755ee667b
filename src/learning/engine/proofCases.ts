/**
 * The cases that an engine is tested on. Their expected numbers come from plain loops over the definitions, independent
 * of any engine.
 */
import {
  add,
  avgPool,
  conv2d,
  conv3d,
  depthwiseConv2d,
  gather,
  matMul,
  maxPool,
  maxPool3d,
  relu,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  tensor1d,
} from "@tensorflow/tfjs-core";

/** One operation with its correct results, all of them whole numbers. */
export interface ProofCase {
  readonly name: string;
  readonly compute: (...x: Tensor[]) => Tensor;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  /** The gradient of the loss by the output, in the output's shape. */
  readonly outputGradient: readonly number[];
  readonly value: readonly number[];
  /** The expected gradient of each input. */
  readonly gradients: readonly (readonly number[])[];
}

/**
 * The cases have strides, uneven sides, padding, several examples and negative values, where stock kernels were wrong.
 */
export const proofCases: readonly ProofCase[] = [
  {
    name: "conv2d",
    compute: (x, w) => conv2d(x as Tensor4D, w as Tensor4D, 2, "same"),
    inputs: [
      {
        shape: [2, 3, 3, 2],
        values: [
          3, 1, 1, -1, 1, 4, -1, -2, -2, 1, 4, -3, -2, 4, -2, 3, -3, -2, 3, 4, -4, 4, -1, -1, 3, 4, 0, -1, 1,
          4, 1, 0, 3, 4, 2, -3,
        ],
      },
      { shape: [2, 2, 2, 2], values: [3, 4, 1, -3, -3, -2, -1, -3, 2, -3, -4, 4, 4, 2, 3, -4] },
    ],
    outputGradient: [2, 0, 0, 3, 3, 3, -1, -4, -3, 2, -4, 1, -1, 0, -1, -2],
    value: [9, -3, 27, -32, 1, -25, -11, -6, 8, 7, -18, 12, -10, -14, 3, 17],
    gradients: [
      [
        6, 2, -6, -2, 12, -9, 4, -8, 8, 6, -9, 12, 21, -6, -15, -12, -19, 11, -1, -9, 5, -3, -8, -7, -12, 20,
        -8, -17, -11, 20, -3, -1, 3, 1, -11, 5,
      ],
      [-5, 10, 11, 45, 5, -14, -9, 17, -15, 19, -32, 3, -4, 0, 5, -2],
    ],
  },
  {
    name: "conv3d",
    compute: (x, w) => conv3d(x as Tensor5D, w as Tensor5D, 2, "same"),
    inputs: [
      { shape: [1, 3, 2, 3, 1], values: [3, 1, 1, -1, 1, 4, -1, -2, -2, 1, 4, -3, -2, 4, -2, 3, -3, -2] },
      { shape: [2, 2, 2, 1, 2], values: [3, 4, 1, -3, -3, -2, -1, -3, 2, -3, -4, 4, 4, 2, 3, -4] },
    ],
    outputGradient: [2, 0, 0, 3, 3, 3, -1, -4],
    value: [34, -11, -25, -4, -8, -17, 0, -4],
    gradients: [
      [6, 2, 12, -6, -2, -6, 4, -8, -9, 8, 6, 6, 21, -6, -19, -15, -12, 11],
      [2, 5, 14, 12, 9, 29, -7, -9, -2, -6, -4, 0, 2, -9, 8, 0],
    ],
  },
  {
    name: "depthwiseConv2d",
    compute: (x, w) => depthwiseConv2d(x as Tensor4D, w as Tensor4D, 2, "same"),
    inputs: [
      {
        shape: [2, 3, 3, 2],
        values: [
          3, 1, 1, -1, 1, 4, -1, -2, -2, 1, 4, -3, -2, 4, -2, 3, -3, -2, 3, 4, -4, 4, -1, -1, 3, 4, 0, -1, 1,
          4, 1, 0, 3, 4, 2, -3,
        ],
      },
      { shape: [2, 2, 2, 1], values: [3, 4, 1, -3, -3, -2, -1, -3] },
    ],
    outputGradient: [2, 0, 0, 3, 3, 3, -1, -4, -3, 2, -4, 1, -1, 0, -1, -2],
    value: [15, 8, -9, 22, -8, 7, -9, -8, -4, -1, -6, -12, 6, -12, 6, -12],
    gradients: [
      [
        6, 0, 2, 0, 0, 12, -6, 0, -2, 0, 0, -6, 9, 12, 3, -9, -3, -16, -9, 8, -3, -6, -12, 4, 9, -4, 3, -6,
        12, -2, -3, 0, -1, 0, -3, -8,
      ],
      [-5, 45, 5, 17, -15, 3, -4, -2],
    ],
  },
  {
    name: "maxPool",
    compute: (x) => maxPool(x as Tensor4D, 2, 2, "same"),
    inputs: [
      {
        shape: [2, 3, 3, 1],
        values: [-8, -15, -13, -11, -9, -16, -12, -14, -7, -5, -4, -10, -3, -19, -17, -6, -18, -2],
      },
    ],
    outputGradient: [2, 0, 0, 3, 3, 3, -1, -4],
    value: [-8, -13, -12, -7, -3, -10, -6, -2],
    gradients: [[2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 3, 0, 0, -1, 0, -4]],
  },
  {
    name: "maxPool3d",
    compute: (x) => maxPool3d(x as Tensor5D, 2, 2, "same"),
    inputs: [
      {
        shape: [1, 3, 2, 3, 1],
        values: [-8, -15, -13, -11, -9, -16, -12, -14, -7, -5, -4, -10, -3, -19, -17, -6, -18, -2],
      },
    ],
    outputGradient: [2, 0, 0, 3],
    value: [-4, -7, -3, -2],
    gradients: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 3]],
  },
  {
    name: "avgPool",
    compute: (x) => avgPool(x as Tensor4D, 2, 2, "same"),
    inputs: [{ shape: [1, 3, 3, 1], values: [48, -36, 24, -12, 48, 12, 12, 48, 24] }],
    outputGradient: [24, 0, 0, 36],
    value: [12, 18, 30, 24],
    gradients: [[6, 6, 0, 6, 6, 0, 0, 0, 36]],
  },
  {
    name: "matMul",
    compute: (a, b) => matMul(a, b),
    inputs: [
      { shape: [2, 3], values: [3, 1, 1, -1, 1, 4] },
      { shape: [3, 2], values: [3, 4, 1, -3, -3, -2] },
    ],
    outputGradient: [2, 0, 0, 3],
    value: [7, 7, -14, -15],
    gradients: [
      [6, 2, -6, 12, -9, -6],
      [6, -3, 2, 3, 2, 12],
    ],
  },
  {
    name: "gather",
    compute: (x) => gather(x, tensor1d([2, 0, 2], "int32")),
    inputs: [{ shape: [3, 2], values: [3, 2, 1, 4, 1, 4] }],
    outputGradient: [4, -4, 1, 2, -3, 0],
    value: [1, 4, 3, 2, 1, 4],
    gradients: [[1, 2, 0, 0, 1, -4]],
  },
  {
    name: "relu",
    compute: (x) => relu(x),
    inputs: [{ shape: [5], values: [2, -1, 0, -2, 4] }],
    outputGradient: [2, 3, 0, 4, 0],
    value: [2, 0, 0, 0, 4],
    gradients: [[2, 0, 0, 0, 0]],
  },
  {
    name: "add",
    compute: (a, b) => add(a, b),
    inputs: [
      { shape: [3, 2], values: [2, -2, -1, 1, -3, 1] },
      { shape: [2], values: [2, 2] },
    ],
    outputGradient: [1, -2, -1, -4, -3, 0],
    value: [4, 0, 1, 3, -1, 3],
    gradients: [
      [1, -2, -1, -4, -3, 0],
      [-3, -6],
    ],
  },
];

/**
 * Adds methods of tensors such as `x.mul(y)`. @tensorflow/tfjs-core leaves them out, tfjs-layers calls some (in
 * recurrent layers and the orthogonal initializer), and only the union package @tensorflow/tfjs provides them.
 *
 * They are composed here of the public operations, because importing tfjs-core's own file directly would load a second
 * copy of its engine.
 */
import * as core from "@tensorflow/tfjs-core";

/** Methods with the same name as their operation, which takes the tensor as its first argument. */
const OPERATIONS = [
  ...[
    "abs",
    "acos",
    "acosh",
    "add",
    "all",
    "any",
    "argMax",
    "argMin",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
  ],
  ...[
    "avgPool",
    "batchToSpaceND",
    "batchNorm",
    "broadcastTo",
    "cast",
    "ceil",
    "clipByValue",
    "conv1d",
    "conv2d",
  ],
  ...[
    "conv2dTranspose",
    "cos",
    "cosh",
    "cumprod",
    "cumsum",
    "depthToSpace",
    "depthwiseConv2d",
    "dilation2d",
    "div",
  ],
  ...[
    "divNoNan",
    "dot",
    "elu",
    "equal",
    "erf",
    "euclideanNorm",
    "exp",
    "expandDims",
    "expm1",
    "fft",
    "floor",
  ],
  ...[
    "floorDiv",
    "gather",
    "greater",
    "greaterEqual",
    "ifft",
    "irfft",
    "isFinite",
    "isInf",
    "isNaN",
    "leakyRelu",
  ],
  ...[
    "less",
    "lessEqual",
    "localResponseNormalization",
    "log",
    "log1p",
    "logSigmoid",
    "logSoftmax",
    "logSumExp",
  ],
  ...[
    "logicalAnd",
    "logicalNot",
    "logicalOr",
    "logicalXor",
    "matMul",
    "max",
    "maxPool",
    "maximum",
    "mean",
    "min",
  ],
  ...[
    "minimum",
    "mirrorPad",
    "mod",
    "mul",
    "neg",
    "norm",
    "notEqual",
    "oneHot",
    "onesLike",
    "pad",
    "pool",
    "pow",
  ],
  ...["prelu", "prod", "reciprocal", "relu", "relu6", "reshape", "reverse", "rfft", "round", "rsqrt", "selu"],
  ...[
    "separableConv2d",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "slice",
    "softmax",
    "softplus",
    "spaceToBatchND",
    "split",
  ],
  ...[
    "sqrt",
    "square",
    "squaredDifference",
    "squeeze",
    "step",
    "stridedSlice",
    "sub",
    "sum",
    "tan",
    "tanh",
    "tile",
  ],
  ...["topk", "transpose", "unique", "unsortedSegmentSum", "unstack", "zerosLike"],
] as const;

type Operation = (x: core.Tensor, ...rest: unknown[]) => unknown;
type Method = (this: core.Tensor, ...rest: never[]) => unknown;

/** fft and similar operations are found under `spectral`. */
const namespaces: Record<string, unknown> = { ...core, ...core.spectral };

function ownOperation(name: string): Method {
  const operation = namespaces[name] as Operation;
  return function (...rest) {
    return operation(this, ...rest);
  };
}

function reshaped(...shape: number[]): (this: core.Tensor) => core.Tensor {
  return function () {
    return core.reshape(this, shape);
  };
}

function asShape(this: core.Tensor, ...shape: number[]): core.Tensor {
  return core.reshape(this, shape);
}

function inType(dtype: core.DataType): Method {
  return function () {
    return core.cast(this, dtype);
  };
}

function list(tensors: core.Tensor | core.Tensor[]): core.Tensor[] {
  return Array.isArray(tensors) ? tensors : [tensors];
}

/** Methods whose arguments differ from their operation's. */
const OTHERS: Record<string, Method> = {
  flatten: reshaped(-1),
  as1D: reshaped(-1),
  as2D: asShape,
  as3D: asShape,
  as4D: asShape,
  as5D: asShape,
  asScalar: reshaped(),
  asType(dtype: core.DataType) {
    return core.cast(this, dtype);
  },
  toBool: inType("bool"),
  toFloat: inType("float32"),
  toInt: inType("int32"),
  reshapeAs(x: core.Tensor) {
    return core.reshape(this, x.shape);
  },
  concat(x: core.Tensor | core.Tensor[], axis?: number) {
    return core.concat([this, ...list(x)], axis);
  },
  stack(x: core.Tensor | core.Tensor[], axis?: number) {
    return core.stack([this, ...list(x)], axis);
  },
  where(condition: core.Tensor, x: core.Tensor) {
    return core.where(condition, this, x);
  },
  resizeBilinear(size: [number, number], alignCorners?: boolean, halfPixelCenters?: boolean) {
    return core.image.resizeBilinear(this as core.Tensor4D, size, alignCorners, halfPixelCenters);
  },
  resizeNearestNeighbor(size: [number, number], alignCorners?: boolean, halfPixelCenters?: boolean) {
    return core.image.resizeNearestNeighbor(this as core.Tensor4D, size, alignCorners, halfPixelCenters);
  },
};

/** Adds the methods that tensors lack; one that another package added is left unchanged. Idempotent. */
export function installChainedMethods(): void {
  const prototype = core.Tensor.prototype as unknown as Record<string, unknown>;
  const methods = { ...Object.fromEntries(OPERATIONS.map((name) => [name, ownOperation(name)])), ...OTHERS };
  for (const [name, method] of Object.entries(methods)) prototype[name] ??= method;
}

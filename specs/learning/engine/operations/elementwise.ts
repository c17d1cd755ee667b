/** Functions of one number at a time, and those along the last axis. */
import { is, type Operation, tf } from "./operation.ts";

const UNARY = [
  ...[
    "abs",
    "elu",
    "selu",
    "relu",
    "relu6",
    "sigmoid",
    "tanh",
    "softplus",
    "exp",
    "square",
    "neg",
    "sign",
    "erf",
  ],
  ...[
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "step",
    "logSigmoid",
    "leakyRelu",
    "softmax",
    "logSoftmax",
    "expm1",
  ],
  ...["atan", "asinh", "floor", "round", "ceil", "onesLike", "zerosLike"],
] as const;
const POSITIVE = ["sqrt", "rsqrt", "log", "log1p", "reciprocal", "square"] as const;

export const elementwise: readonly Operation[] = [
  ...UNARY.map((name) => is(name, [[3, 5]], (x) => tf[name as "abs"](x))),
  ...POSITIVE.map((name) =>
    is(`${name} of positive values`, [[3, 5]], (x) => tf[name](x), { positive: true }),
  ),
  ...(["asin", "acos", "atanh"] as const).map((name) => is(name, [[3, 5]], (x) => tf[name](tf.mul(x, 0.5)))),
  is("acosh", [[3, 5]], (x) => tf.acosh(tf.add(x, 1.5)), { positive: true }),
  is("softmax of rank 4", [[2, 2, 3, 4]], (x) => tf.softmax(x)),
  is("clipByValue", [[3, 5]], (x) => tf.clipByValue(x, -1, 0.5)),
  is("leakyRelu 0.3", [[3, 5]], (x) => tf.leakyRelu(x, 0.3)),
  is("thresholdedReLU", [[3, 5]], (x) => tf.mul(x, tf.cast(tf.greater(x, 0.45), "float32"))),
  is("hardSigmoid", [[3, 5]], (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0.3, 0.7)),
  is("prelu", [[4, 5], [5]], (x, a) => tf.prelu(x, a)),
  is(
    "prelu, slopes shared on two axes",
    [
      [2, 3, 4, 2],
      [1, 1, 2],
    ],
    (x, a) => tf.prelu(x, a),
  ),
  is("pow(x, 3)", [[3, 5]], (x) => tf.pow(x, 3)),
  is(
    "pow(a, b)",
    [
      [3, 5],
      [3, 5],
    ],
    (a, b) => tf.pow(a, b),
    { positive: true },
  ),
  is("cast to int32", [[3, 5]], (x) => tf.cast(tf.cast(x, "int32"), "float32")),
  is("cast to bool", [[3, 5]], (x) => tf.cast(tf.cast(x, "bool"), "float32")),
];

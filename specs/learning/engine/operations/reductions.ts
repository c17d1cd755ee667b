/** Sums and their like, over every axis. */
import { is, type Operation, tf } from "./operation.ts";

const REDUCTIONS = ["sum", "mean", "max", "min", "prod", "logSumExp"] as const;
export const reductions: readonly Operation[] = [
  ...REDUCTIONS.flatMap((name) => [
    ...[-1, 0, 1].map((axis) => is(`${name} over axis ${axis}`, [[3, 4, 2]], (x) => tf[name](x, axis))),
    is(`${name} over axes 0 and 2`, [[3, 4, 2]], (x) => tf[name](x, [0, 2], true)),
    is(`${name} over all`, [[3, 4]], (x) => tf[name](x)),
  ]),
  is("norm", [[3, 7]], (x) => tf.norm(x, "euclidean", -1)),
  is("variance", [[6, 4]], (x) => tf.moments(x, 0).variance),
  is("variance over three axes", [[2, 3, 2, 4]], (x) => tf.moments(x, [0, 1, 2]).variance),
  ...[0, 1, 2].map((axis) =>
    is(`cumsum over axis ${axis}`, [[3, 3, 3]], (x) => tf.cumsum(x, axis, axis > 1, axis > 0)),
  ),
];

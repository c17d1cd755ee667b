/** Functions of two tensors, of one shape and broadcast. */
import type { Tensor } from "@tensorflow/tfjs-core";
import { is, type Operation, tf } from "./operation.ts";

const PAIRS = [
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
  "squaredDifference",
  "atan2",
  "mod",
] as const;
/** A divisor is far from 0; that of mod is larger than what it divides, which jumps at its multiples. */
const safe = (name: string, b: Tensor) =>
  name === "div" ? tf.add(tf.abs(b), 0.7) : name === "mod" ? tf.add(tf.abs(b), 2) : b;
export const pairs: readonly Operation[] = PAIRS.flatMap((name) =>
  (
    [
      [
        "",
        [
          [3, 5],
          [3, 5],
        ],
      ],
      [", the second one broadcast", [[3, 4, 5], [5]]],
      [
        ", the first one broadcast",
        [
          [1, 5],
          [3, 4, 5],
        ],
      ],
      [
        ", both broadcast",
        [
          [3, 1, 5],
          [4, 1],
        ],
      ],
      [", by a number", [[3, 5], []]],
    ] as const
  ).map(([how, shapes]) => is(`${name}${how}`, shapes, (a, b) => tf[name](a, safe(name, b)))),
);

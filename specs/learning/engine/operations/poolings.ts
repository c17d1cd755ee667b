/** Pooling over pictures and volumes. */
import type { Tensor, Tensor4D, Tensor5D } from "@tensorflow/tfjs-core";
import { is, type Operation, tf } from "./operation.ts";
import { WINDOWS } from "./windows.ts";

export const poolings: readonly Operation[] = WINDOWS.filter(([, , , d]) => d === 1).flatMap(
  ([p, s, pad]) => {
    const how = `${p}, stride ${s}, ${pad}`;
    const pool = (kind: "avg" | "max") => (x: Tensor) =>
      tf[`${kind}Pool`](x as Tensor4D, p, s, pad as "same");
    const pool3d = (kind: "avg" | "max") => (x: Tensor) =>
      tf[`${kind}Pool3d`](x as Tensor5D, p, s, pad as "same");
    return [
      is(`maxPool ${how}`, [[2, 5, 6, 2]], pool("max")),
      is(`maxPool ${how}, of positive values`, [[2, 5, 6, 2]], pool("max"), { positive: true }),
      is(`maxPool ${how}, of negative values`, [[2, 5, 6, 2]], (x) => pool("max")(tf.sub(x, 2))),
      is(`avgPool ${how}`, [[2, 5, 6, 2]], pool("avg")),
      is(`maxPool3d ${how}`, [[2, 3, 5, 4, 1]], pool3d("max")),
      is(`maxPool3d ${how}, of negative values`, [[2, 3, 5, 4, 1]], (x) => pool3d("max")(tf.sub(x, 2))),
      is(`avgPool3d ${how}`, [[2, 3, 5, 4, 1]], pool3d("avg")),
    ];
  },
);

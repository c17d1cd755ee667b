import type { Variable } from "@tensorflow/tfjs-core";
import { norm } from "../../../foundation/numbers/statistics.ts";
import { fansOf } from "../../../learning/subject/initialWeights.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { layersWithWeights } from "../../../learning/training/layerWeights.ts";
import { read } from "../../../learning/training/read.ts";
import { startOf } from "../../../learning/training/surveyLayer.ts";
import { withFreshModel } from "../../evidence/contract/freshModel.ts";

/** A few weights that are drawn by an initializer may be this much larger or smaller than it says. */
const NEARLY = 3;
/** Gates that start open have biases of 1. */
const LARGEST_BIAS = 1;

/**
 * Whether every layer of a model starts about as Glorot's or He's initializer draws its weights. Such weights drawn anew
 * are other numbers of the same kind: a run that learns from them and not from these has had luck, and names no cause.
 */
export async function startsAsUsual(subject: Subject): Promise<boolean> {
  return withFreshModel(subject, async ({ model }) => {
    for (const { variables } of layersWithWeights(model)) {
      for (const variable of variables) {
        if (!(await isUsual(variable))) return false;
      }
    }
    return true;
  });
}

/** Tables of embeddings and recurrent kernels have initializers of their own, which a change of kernels leaves alone. */
async function isUsual(variable: Variable): Promise<boolean> {
  const { name, shape } = variable;
  const weights = await read(variable);
  if (shape.length < 2) return weights.every((weight) => Math.abs(weight) <= LARGEST_BIAS);
  if (/embedding|recurrent/i.test(name)) return true;
  const { fanIn, fanOut } = fansOf(shape);
  const size = norm(weights) / Math.sqrt(weights.length);
  const [glorot, he] = [Math.sqrt(2 / (fanIn + fanOut)), Math.sqrt(2 / fanIn)];
  const units = shape[shape.length - 1] as number;
  return startOf(weights, units) === "different" && size >= glorot / NEARLY && size <= he * NEARLY;
}

import { dispose, tidy } from "@tensorflow/tfjs-core";
import { targetTensors, weightTensors } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { penaltiesOf, planPass, trainableVariables } from "../../../learning/training/gradients.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { readAndDispose } from "../../../learning/training/read.ts";
import type { FreshModel } from "./freshModel.ts";

const EXAMPLES = 64;

/**
 * Measures the share of the loss of training, before any step, that layers add to it: penalties of the weights, and of what
 * layers answer, which exist during a pass of training alone. 0 for a model without penalties.
 */
export async function measurePenaltyStart({ model, criterion, subject }: FreshModel): Promise<number> {
  if (tidy(() => penaltiesOf(model).length) === 0) return 0;
  const { train, seed } = subject;
  const seen = sampleExamples(train, seed, mostAtOnce(model, EXAMPLES, train));
  const { loss, predicted, gradients } = planPass(model, trainableVariables(model), criterion)(seen);
  const data = tidy(() => criterion.total(targetTensors(seen), [...predicted], weightTensors(seen)));
  dispose([...predicted, ...gradients.filter((gradient) => gradient !== null)]);
  const [[whole], [ofData]] = (await Promise.all([loss, data].map(readAndDispose))) as [
    Float32Array,
    Float32Array,
  ];
  return whole === 0 ? 0 : Math.max(0, ((whole as number) - (ofData as number)) / (whole as number));
}

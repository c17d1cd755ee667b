import type { Layer } from "../../../learning/subject/layerTree.ts";
import { placedLayers } from "../../../learning/subject/layerTree.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { evaluateAtOnce, largestDifference, relativeTo } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";

const EXAMPLES = 8;

/** Whether a model evaluates the same examples to the same outputs. */
export interface EvaluationNoise {
  /** Difference between two evaluations with the same random numbers, relative to the largest output. */
  readonly again: number;
  /** Difference between two evaluations with other random numbers, relative to the largest output. */
  readonly redrawn: number;
  /** The layers that draw random numbers in evaluation mode. */
  readonly layers: readonly string[];
  /** Whether one of them is a layer for training alone, such as dropout. */
  readonly regularises: boolean;
}

/** Evaluates the same examples three times: twice with the same random numbers, and once with others. */
export async function measureEvaluationNoise({ model, subject }: FreshModel): Promise<EvaluationNoise> {
  const { train, seed } = subject;
  const seen = sampleExamples(train, seed, mostAtOnce(model, EXAMPLES, train));
  const drawing = new Set<Layer>();
  const first = await evaluateAtOnce(model, seen);
  const again = await evaluateAtOnce(model, seen);
  const redrawn = await evaluateAtOnce(model, seen, { draw: 1, onDraw: (layer) => drawing.add(layer) });
  return {
    again: relativeTo(first, largestDifference(first, again)),
    redrawn: relativeTo(first, largestDifference(first, redrawn)),
    layers: placedLayers(model).flatMap(({ layer, path }) => (drawing.has(layer) ? [path] : [])),
    regularises: [...drawing].some(isForTrainingAlone),
  };
}

/** Whether a layer has a rate of dropout or a deviation of noise: its randomness regularises training. */
function isForTrainingAlone(layer: Layer): boolean {
  const { rate, stddev, dropout, recurrentDropout } = layer.getConfig();
  return [rate, stddev, dropout, recurrentDropout].some((size) => typeof size === "number" && size > 0);
}

import { gatherRows } from "../../learning/subject/examples.ts";
import { MOST_JUDGED, sampleExamples, sampleIndices } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { judgePredictions, type Ratios } from "../../learning/training/probe.ts";
import { MOST_PROBED } from "../../learning/training/probeSchedule.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

/**
 * What a probe would measure after the last step. Probes end before it; the evaluation of the finished model has the
 * predictions for the same examples, so that a curve can reach the end of its run without a jump.
 */
export function measureFinalProbe({ train: examples, seed }: Subject, { train }: TrainingRun): Ratios {
  const { outputs, count } = examples;
  const predictions = gatherRows(train.predictions, outputs, probedRows(count, seed));
  return judgePredictions(predictions, sampleExamples(examples, seed, MOST_PROBED));
}

/** Rows of the evaluated examples that probes use: of a large set both draw from one random order. */
function probedRows(count: number, seed: number): readonly number[] {
  if (count > MOST_JUDGED) return Array.from({ length: MOST_PROBED }, (_, row) => row);
  return sampleIndices(count, seed, MOST_PROBED);
}

// A recurrent network forgets: what it has read long ago hardly changes its outputs, nor does it get any gradient. Whether that
// matters depends on the steps that the targets go with.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { columnOf, correlation } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { allLayers } from "../../../learning/subject/layerTree.ts";
import { inputParts } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { evaluateAtOnce } from "../contract/evaluate.ts";
import { withFreshModel } from "../contract/freshModel.ts";
import { inputUses } from "../reference/inputUses.ts";

/** A step that the targets go with, and that the outputs of a recurrent network hardly answer to. */
export interface DistantStep {
  /** Its place in the sequence, from 1, and the number of steps. */
  readonly step: number;
  readonly steps: number;
  /** The largest correlation of a number of this step with a target, without its sign. */
  readonly correlation: number;
  /** The step at the end that the outputs answer to the most. */
  readonly heard: number;
  /** How much exchanging the step changes the outputs, by what exchanging the step heard does. */
  readonly answer: number;
}

const FEWEST_STEPS = 10;
/** Correlations above both are none by chance, though the largest of many steps is chosen. */
const CORRELATED = 0.2;
const DEVIATIONS = 5;
/** The outputs do not hear a step that changes them by less than this share. */
const UNHEARD = 0.03;
/** Examples whose steps are exchanged. */
const EXCHANGED = 16;

/** Finds a step that the targets go with and that is too far back for a fresh recurrent network; null if there is none. */
export async function findDistantStep(subject: Subject): Promise<DistantStep | null> {
  const { train } = subject;
  const [steps = 0, features = 0, ...others] = train.inputShape;
  const isSequence = inputParts(train).length === 1 && others.length === 0 && features > 0;
  if (!isSequence || steps < FEWEST_STEPS) return null;
  const correlations = Array.from({ length: steps }, (_, step) => correlationOf(train, step, features));
  const most = largestOf(correlations);
  const step = correlations.indexOf(most);
  if (!(most > CORRELATED && most > DEVIATIONS / Math.sqrt(train.count))) return null;
  if ((await inputUses(subject))[0]?.as === "codes") return null;
  const answers = await measureAnswers(subject, [step, 0, steps - 1]);
  if (answers === null) return null;
  const [own = 0, first = 0, last = 0] = answers;
  const heard = last >= first ? steps - 1 : 0;
  const quarter = Math.ceil(steps / 4);
  const near = heard === 0 ? correlations.slice(0, quarter) : correlations.slice(-quarter);
  const answer = own / Math.max(first, last);
  // Where the steps that it hears go with the targets as well, it has something to learn from.
  if (!(answer < UNHEARD) || largestOf(near) > most / 2) return null;
  return { step: step + 1, steps, correlation: most, heard: heard + 1, answer };
}

function correlationOf(
  { inputs, targets, count, outputs }: Examples,
  step: number,
  features: number,
): number {
  const width = inputs.length / count;
  const answers = Array.from({ length: outputs }, (_, output) => columnOf(targets, outputs, output));
  let most = 0;
  for (let feature = 0; feature < features; feature++) {
    const values = columnOf(inputs, width, step * features + feature);
    for (const answer of answers) most = Math.max(most, Math.abs(correlation(values, answer) ?? 0));
  }
  return most;
}

/** Exchanges one step at a time between examples, and sums how much that changes the outputs; null without recurrence. */
function measureAnswers(subject: Subject, steps: readonly number[]): Promise<readonly number[] | null> {
  return withFreshModel(subject, async ({ model }) => {
    const isRecurrent = allLayers(model).some((layer) => /LSTM|GRU|RNN/.test(layer.getClassName()));
    if (!isRecurrent) return null;
    const seen = sampleExamples(subject.train, subject.seed, EXCHANGED);
    const before = await evaluateAtOnce(model, seen);
    const answers: number[] = [];
    for (const step of steps) {
      const after = await evaluateAtOnce(model, exchangeStep(seen, step));
      answers.push(before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] as number)), 0));
    }
    return answers;
  });
}

/** Gives each example the step of the next one. */
function exchangeStep(examples: Examples, step: number): Examples {
  const { count, inputShape } = examples;
  const features = inputShape[1] as number;
  const width = examples.inputs.length / count;
  const inputs = examples.inputs.slice();
  for (let row = 0; row < count; row++) {
    const from = ((row + 1) % count) * width + step * features;
    inputs.set(examples.inputs.subarray(from, from + features), row * width + step * features);
  }
  return { ...examples, inputs };
}

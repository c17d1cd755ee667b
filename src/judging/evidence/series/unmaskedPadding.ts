// Sequences that are filled up behind their end, without a mask. A recurrent network reads the fill last, and has forgotten
// the sequence by then: its outputs are the same for every example.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { allLayers, type Layer } from "../../../learning/subject/layerTree.ts";
import { inputParts } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { evaluateAtOnce } from "../contract/evaluate.ts";
import { withFreshModel } from "../contract/freshModel.ts";

/** Steps behind the sequences that a fresh network answers to in their place. */
export interface UnmaskedPadding {
  /** The number that fills the sequences up. */
  readonly value: number;
  /** Steps of an example, and how many of them only fill it up, on average. */
  readonly steps: number;
  readonly filled: number;
  /** The number that a layer masks in place of it; null where no layer masks any. */
  readonly masked: number | null;
  /** How much exchanging whole sequences changes the outputs, by what another last step does. */
  readonly answer: number;
}

const FEWEST_STEPS = 10;
/** The fill is at least this share of the steps: a network remembers over few steps. */
const MOSTLY = 0.3;
/** The outputs do not hear sequences that change them by less than this share. */
const UNHEARD = 0.03;
/** Examples whose sequences are exchanged. */
const EXCHANGED = 16;

/** Finds sequences that a recurrent network has forgotten at the end of their fill; null where there are none. */
export const findUnmaskedPadding = onceFor(search);

async function search(subject: Subject): Promise<UnmaskedPadding | null> {
  const { train } = subject;
  const [part, ...parts] = inputParts(train);
  const [steps = 0, features = 1, ...others] = part?.shape ?? [];
  if (!part || parts.length > 0 || others.length > 0 || steps < FEWEST_STEPS) return null;
  const value = commonestEnd(train, features);
  const filled = averageFill(train, { features, value });
  if (filled < Math.max(FEWEST_STEPS, MOSTLY * steps)) return null;
  const answer = await measureAnswer(subject, { features, value });
  return answer !== null && answer.share < UNHEARD
    ? { value, steps, filled, masked: answer.masked, answer: answer.share }
    : null;
}

/** What steps fill sequences up with, and how many numbers a step has. */
interface Fill {
  readonly features: number;
  readonly value: number;
}

/** The number that most examples end with. */
function commonestEnd({ inputs, count }: Examples, features: number): number {
  const width = inputs.length / count;
  const counts = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const last = inputs.subarray((row + 1) * width - features, (row + 1) * width);
    const value = last[0] as number;
    if (last.every((number) => number === value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0] as const)[0];
}

/** Steps at the end of an example that only hold the fill, on average. */
function averageFill({ inputs, count }: Examples, { features, value }: Fill): number {
  const width = inputs.length / count;
  let all = 0;
  for (let row = 0; row < count; row++) {
    let end = (row + 1) * width;
    while (end > row * width && inputs[end - 1] === value) end--;
    all += Math.floor(((row + 1) * width - end) / features);
  }
  return all / count;
}

/**
 * Compares what exchanging whole sequences changes with what another last step changes, for which each example gets its
 * first one; null without a recurrent layer, or with a mask over the fill.
 */
function measureAnswer(
  subject: Subject,
  { features, value }: Fill,
): Promise<{ readonly share: number; readonly masked: number | null } | null> {
  return withFreshModel(subject, async ({ model }) => {
    const layers = allLayers(model);
    const masks = layers.map(maskedBy).filter((one) => one !== null);
    if (!layers.some(isRecurrent) || masks.includes(value)) return null;
    const seen = sampleExamples(subject.train, subject.seed, EXCHANGED);
    const before = await evaluateAtOnce(model, seen);
    const changeBy = async (changed: Examples) => {
      const after = await evaluateAtOnce(model, changed);
      return before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] as number)), 0);
    };
    const byLast = await changeBy(withFirstAtEnd(seen, features));
    const share = (await changeBy(withNext(seen))) / byLast;
    return byLast === 0 ? null : { share, masked: masks[0] ?? null };
  });
}

function isRecurrent(layer: Layer): boolean {
  return /LSTM|GRU|RNN/.test(layer.getClassName());
}

/** The number that a layer masks; null where it masks none. */
function maskedBy(layer: Layer): number | null {
  const { mask_zero: zero, maskZero, mask_value: value, maskValue } = layer.getConfig();
  if (layer.getClassName() === "Masking") return Math.fround(Number(value ?? maskValue ?? 0));
  return (zero ?? maskZero) === true ? 0 : null;
}

/** Gives each example the sequence of the next one. */
function withNext(examples: Examples): Examples {
  const width = examples.inputs.length / examples.count;
  const inputs = new Float32Array(examples.inputs.length);
  inputs.set(examples.inputs.subarray(width));
  inputs.set(examples.inputs.subarray(0, width), examples.inputs.length - width);
  return { ...examples, inputs };
}

/** Gives the last step of each example what its first one holds. */
function withFirstAtEnd(examples: Examples, features: number): Examples {
  const width = examples.inputs.length / examples.count;
  const inputs = examples.inputs.slice();
  for (let row = 0; row < examples.count; row++)
    inputs.copyWithin((row + 1) * width - features, row * width, row * width + features);
  return { ...examples, inputs };
}

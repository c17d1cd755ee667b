import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Examples, gather } from "../../../learning/subject/examples.ts";
import { sampleIndices } from "../../../learning/subject/sample.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { findNextInputs, type NextInputs } from "../series/nextInputs.ts";
import { evaluateAtOnce } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";

/** A network that sees at a step what it is asked for there. */
export interface Foresight extends NextInputs {
  /** Steps that were asked, and how many of them see their own answer. */
  readonly asked: number;
  readonly seeing: number;
}

/** Examples whose steps are exchanged; a dead unit may hide a step of some of them. */
const PAIRS = 8;
/** Steps that are asked, evenly spaced. */
const MOST_STEPS = 16;
/** Differences up to this share of the largest that an exchange makes are rounding. */
const ROUNDING = 1e-4;

/**
 * Exchanges the step of an input that holds the answer of an earlier one, and compares the outputs of that earlier step.
 *
 * @returns null where no input holds answers, and where no step sees its own.
 */
export async function measureForesight({ model, subject }: FreshModel): Promise<Foresight | null> {
  const { train, seed } = subject;
  const next = train.count < 2 ? null : findNextInputs(train);
  if (next === null) return null;
  const { steps, ahead } = next;
  const last = steps - ahead;
  const count = Math.min(MOST_STEPS, last);
  const asked = Array.from({ length: count }, (_, place) => Math.floor((place * last) / count));
  const rows = sampleIndices(train.count, seed, Math.min(train.count, 2 * PAIRS));
  const own = gather(train, rows.slice(0, Math.ceil(rows.length / 2)));
  const others = gather(train, rows.slice(-own.count));
  const before = await evaluateInParts(model, own);
  let seeing = 0;
  for (const step of asked) {
    const inputs = exchanged(own, others, next, step + ahead);
    const after = await evaluateInParts(model, { ...own, inputs });
    if (differsAt(before, after, own, next, step)) seeing++;
  }
  return seeing === 0 ? null : { ...next, asked: count, seeing };
}

/** Returns the inputs of examples with one step of others. */
function exchanged(
  own: Examples,
  others: Examples,
  { input, steps }: NextInputs,
  step: number,
): Float32Array {
  const size = own.inputs.length / own.count;
  const width = input.size / steps;
  const inputs = own.inputs.slice();
  for (let row = 0; row < own.count; row++) {
    const start = row * size + input.offset + step * width;
    inputs.set(others.inputs.subarray(start, start + width), start);
  }
  return inputs;
}

/** Whether the outputs of a step differ by more than rounding. */
function differsAt(
  before: Float32Array,
  after: Float32Array,
  { count, outputs }: Examples,
  { target, steps }: NextInputs,
  step: number,
): boolean {
  const answers = target.size / steps;
  let largest = 0;
  let ofStep = 0;
  for (let row = 0; row < count; row++)
    for (let at = 0; at < target.size; at++) {
      const place = row * outputs + target.offset + at;
      const difference = Math.abs((after[place] as number) - (before[place] as number));
      if (!Number.isFinite(difference)) continue;
      largest = Math.max(largest, difference);
      if (Math.floor(at / answers) === step) ofStep = Math.max(ofStep, difference);
    }
  return ofStep > ROUNDING * largest;
}

async function evaluateInParts(model: LayersModel, examples: Examples): Promise<Float32Array> {
  const atOnce = Math.max(1, mostAtOnce(model, examples.count, examples));
  if (atOnce >= examples.count) return evaluateAtOnce(model, examples);
  const whole = new Float32Array(examples.count * examples.outputs);
  for (let start = 0; start < examples.count; start += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, examples.count - start) }, (_, row) => start + row);
    whole.set(await evaluateAtOnce(model, gather(examples, rows)), start * examples.outputs);
  }
  return whole;
}

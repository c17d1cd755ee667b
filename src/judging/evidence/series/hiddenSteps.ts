// A mask hides the steps that only fill a sequence up, at its end or its start. Where its value is a number that the
// sequences hold as well, it hides real steps, and the steps behind them move up.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { inputParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { withFreshModel } from "../contract/freshModel.ts";
import { leftByReferences } from "../reference/attainable.ts";

/** A mask that hides steps between others. */
export interface HiddenSteps {
  /** Name of the layer that makes the mask. */
  readonly layer: string;
  /** The number that it hides. */
  readonly value: number;
  /** The steps that it hides between the first and the last one that it leaves, as a share of all there. */
  readonly share: number;
  /** What is left of the targets for a regression that only knows which steps are hidden; null if it is not known. */
  readonly leftByPlaces: number | null;
}

/** With fewer hidden steps between others, they may be values that are missing. */
const SOME = 0.1;

/** Finds the layer whose mask hides steps between others; null where there is none. */
export const findHiddenSteps = onceFor(search);

async function search(subject: Subject): Promise<HiddenSteps | null> {
  const { train } = subject;
  const [part, ...others] = inputParts(train);
  const [steps = 0, features = 1, ...rest] = part?.shape ?? [];
  if (!part || others.length > 0 || rest.length > 0 || steps < 3) return null;
  const mask = await withFreshModel(subject, async ({ model }) => maskOf(model));
  if (mask === null || (mask.isOfCodes && part.shape.length > 1)) return null;
  const hidden = hiddenAt(train, features, mask.value);
  const share = shareBetween(hidden, steps);
  if (share < SOME) return null;
  return { ...mask, share, leftByPlaces: leftByReferences(train, hidden) };
}

type Model = Awaited<ReturnType<Subject["buildModel"]>>;

interface Mask {
  readonly layer: string;
  readonly value: number;
  /** Whether it hides codes that are looked up, such as the numbers of words. */
  readonly isOfCodes: boolean;
}

/** The mask that is made of the input itself; null where there is none. */
function maskOf(model: Model): Mask | null {
  for (const { outboundLayer: layer } of model.inputs.flatMap(
    ({ sourceLayer }) => sourceLayer.outboundNodes,
  )) {
    const kind = layer.getClassName();
    const { mask_value: value, maskValue, mask_zero: zero, maskZero } = layer.getConfig();
    if (kind === "Embedding" && (zero ?? maskZero) === true)
      return { layer: layer.name, value: 0, isOfCodes: true };
    if (kind === "Masking")
      return { layer: layer.name, value: Number(value ?? maskValue ?? 0), isOfCodes: false };
  }
  return null;
}

/** Returns 1 for each step that is hidden and 0 for the others, `[examples, steps]`. */
function hiddenAt({ inputs }: Examples, features: number, value: number): Float32Array {
  const hidden = new Float32Array(inputs.length / features);
  for (let step = 0; step < hidden.length; step++) {
    const numbers = inputs.subarray(step * features, (step + 1) * features);
    hidden[step] = numbers.every((number) => number === Math.fround(value)) ? 1 : 0;
  }
  return hidden;
}

/** The share of hidden steps between the first and the last one of each example that is not. */
function shareBetween(hidden: Float32Array, steps: number): number {
  let [all, between] = [0, 0];
  for (let start = 0; start < hidden.length; start += steps) {
    const row = hidden.subarray(start, start + steps);
    const [first, last] = [row.indexOf(0), row.lastIndexOf(0)];
    if (first < 0) continue;
    all += last - first + 1;
    between += row.subarray(first, last + 1).reduce((sum, one) => sum + one, 0);
  }
  return all === 0 ? 0 : between / all;
}

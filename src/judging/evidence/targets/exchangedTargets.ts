// Two outputs that are given each other's targets: what each is computed from tells of the other's target, and not of its own.

import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  columnsOf,
  inputParts,
  type Placed,
  sideBySide,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { measureAssociation } from "../association.ts";

/** Two outputs whose targets have changed places. */
export interface ExchangedTargets {
  readonly outputs: readonly [Placed<TargetPart>, Placed<TargetPart>];
  /**
   * How much the targets of nearest neighbours differ by what those of random pairs do, where neighbours are told by the inputs
   * that the output is computed from: the less of the two outputs.
   */
  readonly own: number;
  /** The same of the other output's targets: the more of the two. */
  readonly others: number;
}

/** The score from which on targets surely belong to inputs, and how much less the other's targets have to differ. */
const SURELY_RELATED = 4;
const CLEARLY_LESS = 2;

/** Finds two outputs whose targets have changed places; null where there are none, or all outputs see the same inputs. */
export const findExchangedTargets = onceFor(search);

async function search({ buildModel, seed, train }: Subject): Promise<ExchangedTargets | null> {
  const parts = targetParts(train);
  if (parts.length < 2 || inputParts(train).length < 2 || train.ownTargets) return null;
  const model = await buildModel(seed);
  const seen = model.outputs.map((output) => inputsOf(model, output));
  model.dispose();
  if (seen.length !== parts.length) return null;
  const relate = (inputs: readonly number[], part: Placed<TargetPart>) =>
    measureAssociation(withInputs(withOutput(train, part), inputs));
  for (const [first, one] of parts.entries())
    for (const [further, other] of parts.slice(first + 1).entries()) {
      const [ours, theirs] = [seen[first] ?? [], seen[first + 1 + further] ?? []];
      if (one.size !== other.size || String(ours) === String(theirs)) continue;
      const own = [relate(ours, one), relate(theirs, other)];
      const crossed = [relate(ours, other), relate(theirs, one)];
      if (crossed.some((found) => !found || found.score < SURELY_RELATED)) continue;
      const least = Math.min(...own.map((found) => found?.ratio ?? 0));
      const most = Math.max(...crossed.map((found) => found?.ratio ?? 1));
      if (CLEARLY_LESS * most <= least) return { outputs: [one, other], own: least, others: most };
    }
  return null;
}

/** The places of the inputs that an output is computed from. */
function inputsOf(model: LayersModel, output: SymbolicTensor): number[] {
  const found = new Set<SymbolicTensor>();
  const open = [output];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    open.push(...tensor.inputs);
  }
  return model.inputs.flatMap((input, place) => (found.has(input) ? [place] : []));
}

/** The examples with some of their inputs alone. */
function withInputs(examples: Examples, places: readonly number[]): Examples {
  const { inputs, count } = examples;
  const parts = inputParts(examples).filter(({ index }) => places.includes(index));
  const tables = parts.map((part) => columnsOf(inputs, inputs.length / count, part));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const inputShape = parts.length === 1 && parts[0] ? parts[0].shape : [size];
  return { ...examples, inputs: sideBySide(tables, count), inputShape, inputParts: parts };
}

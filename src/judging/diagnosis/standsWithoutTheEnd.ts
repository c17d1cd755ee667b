// A budget may end a run long before its last step. Nobody knows then what it would have learnt: a loss that has not fallen
// may fall, predictions that are constant may spread, and held-out examples may be predicted later.

import type { RankName } from "./ranking.ts";

/** Evidence that says what the code, the data or a network are, whatever is learnt. */
const FACTS: ReadonlySet<RankName> = new Set<RankName>([
  // It is a fact about the code or the data that a finished run is told of too, even if it learns.
  "a second run of the seed differs",
  "outputs do not fit targets",
  "numbers are missing",
  "targets are constant",
  "loss ignores the targets",
  "targets follow the other axis",
  "asked rows are prepared otherwise",
  "answers are compared out of order",
  "answers are misread",
  "numbers of asked rows are missing",
  "answers carry a state on",
  "answers are computed as in training",
  "an untrained model is asked",
  "inputs and targets share a scale that the outputs and their loss are not made for",
  "targets are on a scale that the outputs and their loss are not made for",
  "loss ignores the order",
  "loss ignores an output",
  "loss does not fit outputs and targets",
  "loss leaves targets out",
  "targets are out of reach",
  "a target stands in its own input",
  "output does not fit the loss",
  "outputs are squeezed twice",
  "held-out examples were trained on",
  // It breaks what a model and its training promise whatever they learn.
  "training does not reach a weight",
  "examples see each other",
  "averages never move",
  "dropout in evaluation",
  "evaluation does not repeat",
  "a frozen layer moves",
  "no gradient reaches a layer",
  "state outside the weights",
]);

/** Evidence that no further step changes. */
const STANDING: ReadonlySet<RankName> = new Set<RankName>([
  ...FACTS,
  // With it no run learns: no step leads to lower losses, none is made, or no gradient is left that one could follow.
  "optimizer climbs",
  "loss falls with the error",
  "gradients are kept",
  "nothing is updated",
  "a layer hands no gradient on",
  "logarithm of a negative",
  "logarithm of 0",
  "gradient is infinite where the loss is finite",
  "no example differs from another",
  "codes are cut off",
  "batch normalisation sees one example alone",
  "examples have the same inputs",
  "outputs are dead",
  "a layer is dead from the start",
  "a layer died",
  "the only units died",
]);

/** Whether evidence is a fact, which a run that learns shows as one does that fails. */
export function isFact(rank: RankName): boolean {
  return FACTS.has(rank);
}

/** Whether evidence stands for a run that was ended early, whatever the steps that it did not make would do. */
export function standsWithoutTheEnd(rank: RankName): boolean {
  return STANDING.has(rank);
}

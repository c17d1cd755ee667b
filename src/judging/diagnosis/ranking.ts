// This table decides which cause is named first. Each line is one kind of evidence with its rank, from 1 downwards. The
// rank orders causes and decides which of them proveCure tries; nobody measured it as a probability.
//
// The order has four reasons, which the blocks below follow:
//  1. A fact about the data or the code is certain without training, and no other cause explains it.
//  2. A cause comes before its effects: the scale of the inputs comes before the units that it saturates, and
//     steps that blow the loss up come before the units that they kill. Removing the cause also removes the effect.
//  3. If a run has settled at a constant, the cause that keeps it there comes before the one that brought it there.
//  4. A merely unusual setting (few steps, a narrow layer, some dropout) comes last, since healthy runs have it
//     as well.

/** How strongly each kind of evidence speaks. */
export const ranking = {
  // 1. Facts about the code or the data.
  "a second run of the seed differs": 1,
  "outputs do not fit targets": 1,
  "targets are constant": 1,
  "optimizer climbs": 1,
  "logarithm of a negative": 1,
  "no example differs from another": 0.995,
  "nothing is updated": 0.99,
  "loss ignores the targets": 0.99,
  "targets follow the other axis": 0.99,
  "inputs and targets share a scale that the outputs and their loss are not made for": 0.985,
  "loss ignores the order": 0.98,
  "gradients are kept": 0.98,
  "loss ignores an output": 0.98,
  "loss does not fit outputs and targets": 0.98,
  "loss falls with the error": 0.97,
  "outputs are exchanged": 0.97,
  "targets are out of reach": 0.97,
  "a target stands in its own input": 0.97,
  "the steps of the windows are out of order": 0.97,
  "training does not reach a weight": 0.969,
  "examples see each other": 0.968,
  "loss mixes examples": 0.966,
  "held-out examples differ": 0.965,
  "only training labels are unrelated": 0.96,
  "units start alike": 0.96,
  "outputs are dead": 0.96,

  // 2. Causes before their effects: scales, then penalties and dropout, then steps, then the units that they kill.
  "targets are very far off": 0.96,
  "inputs are very far off": 0.958,
  "weights start large, and so does the loss": 0.957,
  "penalty outweighs the loss": 0.955,
  "loss is a sum": 0.954,
  "dropout takes nearly all": 0.953,
  "loss blew up, units are dead": 0.952,
  "the only units died": 0.951,

  // 3. Causes that keep a run where it is.
  "a column is not used": 0.95,
  "averages never move": 0.95,
  "dropout in evaluation": 0.95,
  "a layer died": 0.95,
  "averages lag behind": 0.945,
  "layer is not trainable": 0.94,
  "output does not fit the loss": 0.93,
  "outputs are squeezed twice": 0.93,
  "an own loss asks for something else": 0.93,
  "four signs of too large steps": 0.92,
  "few examples are different": 0.92,
  "a whole layer is saturated": 0.91,
  "three signs of too large steps": 0.9,
  "steps are tiny": 0.9,
  "network is linear": 0.9,
  "labels are very noisy": 0.9,
  "held-out examples were trained on": 0.9,
  "no better than the last value": 0.9,
  "weights start large, and so does the gradient": 0.895,
  "gradient is huge at the start": 0.89,
  "no bias, and the mean is off": 0.89,
  "loss blew up": 0.88,
  "a layer is narrower than the outputs": 0.88,
  "outputs are saturated, and constant": 0.87,
  "gradient vanishes": 0.86,
  "two signs of too large steps": 0.85,
  "no gradient reaches a layer": 0.85,
  "an own loss leaves an output flat": 0.84,
  "a layer is dead from the start": 0.8,
  "gradient grows": 0.8,
  "units are saturated": 0.8,
  "an own loss leaves an output flat, and the run learns": 0.8,
  "loss is unrelated to the error": 0.8,

  // 4. Settings that healthy runs have as well.
  "very few steps": 0.8,
  "weights start large": 0.75,
  "dropout carries the loss": 0.73,
  "few steps": 0.72,
  "gradient fades": 0.72,
  "no bias": 0.71,
  "a frozen layer moves": 0.7,
  "evaluation does not repeat": 0.7,
  "steps are small in a long run": 0.7,
  "network is linear, and diverged": 0.7,
  "labels are noisy": 0.7,
  "labels are unrelated, and nothing generalises": 0.7,
  "outputs should be shares": 0.7,
  "a layer is narrow": 0.66,
  "targets are far off": 0.62,
  "one sign of too large steps": 0.6,
  "inputs are far off": 0.6,
  "outputs are saturated": 0.6,
  "only training examples are predicted": 0.6,
  "targets are hard to reach": 0.6,
  "steps are small": 0.6,
  "gradient fades early on": 0.56,
  "loss still falls": 0.55,
  "steps are small, and the gradient fades": 0.55,
  "loss is a sum, and the optimizer ignores its size": 0.5,
  "state outside the weights": 0.5,
  "no weight moved": 0.5,
  "labels are unrelated": 0.5,
  "most units of a layer are dead": 0.45,
  "an output is flat": 0.45,
  "squared loss on classes": 0.4,
  "loss has stopped falling": 0.3,
} as const satisfies Readonly<Record<string, number>>;

/** A kind of evidence. */
export type RankName = keyof typeof ranking;

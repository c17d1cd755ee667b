// One change may be proposed by several causes: a lower learning rate also keeps units alive. It then speaks for the
// cause that it removes, and not for that cause's effects.

import type { Values } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { CauseName } from "../causes.ts";

const OF_ACTIVATIONS = [
  "missing-nonlinearity",
  "vanishing-gradients",
  "saturated-units",
  "dead-relu-units",
] as const;

/** The causes that a change of a field removes, by the field's path; the first is named where none is suspected. */
const REMOVED: readonly (readonly [path: RegExp, causes: readonly CauseName[]])[] = [
  [/^data\.(standardiseInputs|unitInputs|inputRange)$|rescaling$|lookUp$/, ["inputs-not-normalised"]],
  [
    /^data\.(standardiseTargets|unitTargets|targetRange)$/,
    ["targets-not-normalised", "log-of-a-negative", "wrong-loss"],
  ],
  [
    /outputActivation$/,
    [
      "wrong-output-activation",
      "wrong-loss",
      "outputs-do-not-fit",
      "log-of-a-negative",
      "saturated-outputs",
      "broadcast-loss",
    ],
  ],
  [/^model\.outputs$|outputUnits$/, ["outputs-do-not-fit", "wrong-loss", "wrong-output-activation"]],
  [
    /^data\.(fitTargets|targetShape|classes|oneHot)$|rework\.(flatten|everyStep|samePadding|swapAxes)$/,
    ["outputs-do-not-fit"],
  ],
  [/^data\.(heldOutClasses|matchHeldOut|prepareHeldOut)$/, ["held-out-from-another-distribution"]],
  [/^data\.shiftTargets$/, ["shuffled-labels", "target-in-input"]],
  [
    /^data\.prepareAsked$/,
    [
      "held-out-from-another-distribution",
      "shuffled-labels",
      "state-outside-the-weights",
      "examples-see-each-other",
      "untrained-weights",
      "missing-numbers",
      "misread-answers",
    ],
  ],
  [/^data\.withoutInputs$|^data\.inputs$|^data\.delayInput$/, ["target-in-input"]],
  [
    /^data\.asHeld$/,
    [
      "shuffled-labels",
      "noisy-labels",
      "constant-labels",
      "repeated-examples",
      "overfitting",
      "inputs-not-normalised",
      "swapped-axes",
      "held-out-from-another-distribution",
    ],
  ],
  [/^data\.fillGaps$/, ["missing-numbers"]],
  [/^data\.readInputs$/, ["inputs-not-normalised", "blind-network"]],
  [/^data\.turnLabels$|^rework\.turnLoss$/, ["wrong-loss"]],
  [/^data\.exchangeTargets$/, ["swapped-axes"]],
  [/^data\.withoutMarked$/, ["noisy-labels"]],
  [/^data\.evenClasses$/, ["wrong-loss"]],
  [/^data\.withoutWeights$/, ["constant-labels"]],
  [/^data\.asChanges$/, ["predicts-the-last-value"]],
  [
    /^data\.resplit$/,
    ["held-out-from-another-distribution", "constant-labels", "train-held-out-leakage", "overfitting"],
  ],
  [/^data\.(classification|classNumbers)$/, ["wrong-loss", "wrong-output-activation", "outputs-do-not-fit"]],
  [
    /^training\.loss(\.|$)|ownLoss$/,
    [
      "wrong-loss",
      "outputs-do-not-fit",
      "wrong-output-activation",
      "log-of-a-negative",
      "broadcast-loss",
      "gradient-of-the-wrong-sign",
      "some-outputs-untrained",
    ],
  ],
  [/^rework\.underRoots$/, ["exploding-gradients", "log-of-a-negative"]],
  [/^rework\.penalty$/, ["too-much-regularisation"]],
  [/lossWeights$/, ["some-outputs-untrained", "targets-not-normalised"]],
  [/^training\.optimizer$/, ["learning-rate-too-low", "learning-rate-too-high"]],
  [
    /ownOptimizer$/,
    [
      "gradient-of-the-wrong-sign",
      "gradients-not-cleared",
      "no-updates",
      "learning-rate-too-high",
      "learning-rate-too-low",
    ],
  ],
  [
    /kernelInitializer$/,
    [
      "symmetric-initialisation",
      "initial-weights-too-large",
      ...OF_ACTIVATIONS.slice(1),
      "exploding-gradients",
      "blind-network",
    ],
  ],
  [/useBias$/, ["missing-bias"]],
  [/dropout$/, ["too-much-regularisation", "overfitting", "noise-in-evaluation"]],
  [/(l2|weightDecay|decoupledWeightDecay)$/, ["too-much-regularisation", "overfitting"]],
  [/(clipNorm|globalClipNorm|clipValue|schedule)$/, ["exploding-gradients", "learning-rate-too-high"]],
  [/batchNorm$/, ["vanishing-gradients", "exploding-gradients"]],
  [/batchSize$/, ["learning-rate-too-high", "lagging-batch-statistics"]],
  [/^training\.earlyStopping$/, ["too-few-steps"]],
  [/^training\.shuffle$/, ["sorted-batches"]],
  [/^training\.steps$/, ["too-few-steps", "lagging-batch-statistics"]],
  [/^data\.examples$/, ["overfitting"]],
  [/(filters|hiddenUnits|leastUnits|width|layers)$/, ["too-little-capacity"]],
  [/\.activation$/, [...OF_ACTIVATIONS, "exploding-gradients"]],
  [/ownEnds$/, ["too-little-capacity"]],
  [/keepPlaces$/, ["too-little-capacity", "lost-time-order"]],
  [/masking$/, ["unused-input", "vanishing-gradients"]],
  [/(averagesInEvaluation|apart)$/, ["examples-see-each-other"]],
  [/batchStatistics$/, ["frozen-layer-moves"]],
  [/causal$/, ["target-in-input"]],
  [/constraints$/, ["too-much-regularisation"]],
  [/rework\.momentum$/, ["lagging-batch-statistics"]],
  [/trainable$/, ["frozen-layer", "untrained-weights", "blind-network"]],
];

/** Lists, for each changed field, the causes that its change removes. */
export function removedBy(values: Values, before: Config): readonly (readonly CauseName[])[] {
  return Object.keys(values).map((path) => {
    if (path === "training.optimizer.learningRate") return ofRate(values[path], before);
    // A rate that nothing lowers any more is larger than before.
    if (/(schedule|onPlateau)$/.test(path) && values[path] === undefined) return ["learning-rate-too-low"];
    if (path === "model.hidden") return ofLayers(values[path], before);
    return REMOVED.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  });
}

/** Whether a change removes this cause itself, by each of the fields that it changes. */
export function removes(cause: CauseName, values: Values, before: Config): boolean {
  return removedBy(values, before).every((causes) => causes.includes(cause));
}

/** Whether some field of a change removes this cause. */
export function takesPart(
  cause: CauseName,
  { values }: { readonly values: Values },
  before: Config,
): boolean {
  return Object.entries(values).some(([path, value]) => removes(cause, { [path]: value }, before));
}

function ofRate(rate: unknown, { training: { optimizer } }: Config): readonly CauseName[] {
  return (rate as number) < optimizer.learningRate
    ? ["learning-rate-too-high"]
    : ["learning-rate-too-low", "no-updates"];
}

/** The hidden layers change either in their number and width or in their activation. */
function ofLayers(hidden: unknown, { model }: Config): readonly CauseName[] {
  const units = (layers: unknown) =>
    JSON.stringify((layers as { units: number }[]).map((layer) => layer.units));
  const same = "hidden" in model && units(hidden) === units(model.hidden);
  return same ? OF_ACTIVATIONS : ["too-little-capacity"];
}

import type { CauseName } from "../../judging/diagnosis/causes.ts";
import { countDistinct } from "../../judging/evidence/split/overlap.ts";
import { furtherMutations } from "./furtherMutations.ts";
import {
  activation,
  fault,
  faultOfInputs,
  isCrossentropy,
  model,
  rate,
  recipe,
  STEPS_TOO_LARGE,
  STEPS_TOO_SMALL,
  silent,
} from "./makeMutation.ts";
import type { Mutation } from "./mutation.ts";
import { recurrentMutations } from "./recurrent/recurrentMutations.ts";
import * as faults from "./subjectFaults.ts";

/** Causes that are also correct if only a few examples are kept: these may all belong to the majority class. */
const TOO_FEW_OF_THEM: readonly CauseName[] = ["overfitting", "constant-labels"];

/** Every mutation, in the order of DeepCrime's groups: recipe, loss, model, data; then the training code's own. */
export const mutations: readonly Mutation[] = [
  recipe("learning rate × 100", STEPS_TOO_LARGE, ({ training }) => rate(training, 100)),
  recipe("learning rate ÷ 1000", STEPS_TOO_SMALL, ({ training }) => rate(training, 0.001)),
  recipe("steps ÷ 50", STEPS_TOO_SMALL, ({ training }) => ({ steps: Math.ceil(training.steps / 50) })),
  recipe("batches of 1", STEPS_TOO_LARGE, () => ({ batchSize: 1 })),
  recipe("sgd for adam", STEPS_TOO_SMALL, ({ training }) =>
    training.optimizer.name === "adam"
      ? { optimizer: { name: "sgd", learningRate: training.optimizer.learningRate } }
      : null,
  ),
  recipe("weight decay of 1", ["too-much-regularisation"], ({ training }) => ({
    optimizer: { ...training.optimizer, weightDecay: 1 },
  })),
  recipe("msle", ["log-of-a-negative"], ({ training }) =>
    training.loss.name === "mse" ? { loss: { name: "msle" } } : null,
  ),
  recipe("crossentropy of numbers", ["wrong-loss", "wrong-output-activation"], ({ training }) =>
    isCrossentropy(training) ? null : { loss: { name: "binaryCrossentropy" } },
  ),
  fault("a loss without targets", ["wrong-loss"], (subject) => ({
    ...subject,
    loss: faults.lossWithoutTargets,
  })),
  fault("a loss that broadcasts", ["broadcast-loss"], (subject) => ({
    ...subject,
    loss: faults.broadcastLoss,
  })),
  fault("a loss of the first output", ["some-outputs-untrained"], (subject) =>
    subject.train.outputs > 1 && !subject.train.classification
      ? { ...subject, loss: faults.lossOfFirstOutput(subject) }
      : null,
  ),
  { ...activation("no activation", ["missing-nonlinearity"], "linear"), isSilent: true },
  activation("sigmoid units", ["vanishing-gradients", "saturated-units", ...STEPS_TOO_SMALL], "sigmoid"),
  model("relu output", ["wrong-output-activation", "dead-relu-units"], (config) =>
    config.model.outputActivation === "linear" ? { outputActivation: "relu" } : null,
  ),
  model("softmax output", ["wrong-output-activation"], (config) =>
    isCrossentropy(config.training) ? null : { outputActivation: "softmax" },
  ),
  model("sigmoid output for many classes", ["wrong-output-activation"], (config) =>
    config.model.outputActivation === "softmax" ? { outputActivation: "sigmoid" } : null,
  ),
  model("zeros", ["symmetric-initialisation"], () => ({ kernelInitializer: "zeros" })),
  model("constants", ["symmetric-initialisation"], () => ({ kernelInitializer: "constant" })),
  model("no bias", ["missing-bias"], () => ({ useBias: false })),
  model("L2 of 1", ["too-much-regularisation"], () => ({ l2: 1 })),
  model("dropout of 0.9", ["too-much-regularisation"], () => ({ dropout: 0.9 })),
  model(
    "one unit",
    ["too-little-capacity", "dead-relu-units", "missing-nonlinearity", ...STEPS_TOO_SMALL],
    (config) =>
      config.subject === "dense"
        ? { hidden: config.model.hidden.map((layer) => ({ ...layer, units: 1 })) }
        : { hiddenUnits: config.model.hiddenUnits.map(() => 1) },
  ),
  fault("labels shuffled", ["shuffled-labels"], (subject) => faults.mislabelled(subject, 1)),
  fault("half of them mislabelled", ["shuffled-labels", "noisy-labels"], (subject) =>
    faults.mislabelled(subject, 0.5),
  ),
  fault("labels constant", ["constant-labels"], faults.withConstantLabels),
  fault("all but 8 examples removed", TOO_FEW_OF_THEM, (subject) => faults.withFewExamples(subject, 8)),
  fault("8 examples repeated", ["repeated-examples", ...TOO_FEW_OF_THEM], (subject) =>
    faults.withRepeatedExamples(subject, 8),
  ),
  faultOfInputs(
    "noise over the training inputs",
    ["held-out-from-another-distribution", ...TOO_FEW_OF_THEM],
    (subject) => faults.withNoise(subject, 3),
  ),
  faultOfInputs("inputs × 255", ["inputs-not-normalised", ...STEPS_TOO_LARGE], (subject) =>
    faults.withInputs(subject, 255),
  ),
  fault(
    "targets × 1000 + 5000",
    ["targets-not-normalised", "wrong-output-activation", "wrong-loss"],
    (subject) => (subject.train.classification ? null : faults.withTargets(subject, 1000, 5000)),
  ),
  fault("axes swapped in training", ["swapped-axes"], (subject) =>
    subject.train.outputs === 2 && !subject.train.classification ? faults.swapped(subject, false) : null,
  ),
  silent("axes swapped everywhere", ["swapped-axes"], (subject) =>
    subject.showsBoxes ? faults.swapped(subject, true) : null,
  ),
  // If many examples repeat by chance, a held-out example that was trained on is nothing unusual.
  silent("held-out examples trained on", ["train-held-out-leakage"], (subject) =>
    countDistinct(subject.train) < 0.95 * subject.train.count ? null : faults.leaking(subject),
  ),
  faultOfInputs(
    "held-out examples on another scale",
    ["held-out-from-another-distribution"],
    faults.withForeignHeldOut,
  ),
  fault("gradients negated", ["gradient-of-the-wrong-sign"], faults.negated),
  fault("gradients zeroed", ["no-updates"], faults.zeroed),
  fault("gradients not cleared", ["gradients-not-cleared"], faults.notCleared),
  // A subject that learns with a frozen layer may have been meant so: only what does not learn with one is a fault.
  fault("first layer frozen", ["frozen-layer"], (subject) => faults.frozen(subject, 0)),
  fault("last layer frozen", ["frozen-layer"], (subject) => faults.frozen(subject, -1)),
  ...furtherMutations,
  ...recurrentMutations,
];

import * as data from "./dataFaults.ts";
import {
  fault,
  faultOfInputs,
  isCrossentropy,
  model,
  rate,
  recipe,
  STEPS_TOO_LARGE,
  STEPS_TOO_SMALL,
} from "./makeMutation.ts";
import type { CalibrationConfig, Mutation } from "./mutation.ts";
import * as faults from "./subjectFaults.ts";

const WRONG_LOSS = ["wrong-loss", "wrong-output-activation", "log-of-a-negative"] as const;
const OUT_OF_REACH = ["wrong-output-activation", "saturated-outputs", "dead-relu-units"] as const;
const TOO_MUCH = ["too-much-regularisation"] as const;
const UNUSUAL_WEIGHTS = [
  "initial-weights-too-large",
  ...STEPS_TOO_LARGE,
  "vanishing-gradients",
  "inputs-not-normalised",
  "overfitting",
] as const;

/** More operators of DeepCrime and of the Deep4ge set, and other strengths of the first ones. */
export const furtherMutations: readonly Mutation[] = [
  recipe("learning rate × 1000", STEPS_TOO_LARGE, ({ training }) => rate(training, 1000)),
  recipe("learning rate × 30", STEPS_TOO_LARGE, ({ training }) => rate(training, 30)),
  recipe("learning rate ÷ 100", STEPS_TOO_SMALL, ({ training }) => rate(training, 0.01)),
  recipe("learning rate ÷ 1,000,000", STEPS_TOO_SMALL, ({ training }) => rate(training, 1e-6)),
  recipe("steps ÷ 200", STEPS_TOO_SMALL, ({ training }) => ({ steps: Math.ceil(training.steps / 200) })),
  recipe("steps ÷ 15", STEPS_TOO_SMALL, ({ training }) => ({ steps: Math.ceil(training.steps / 15) })),
  recipe("one batch an epoch, for as many epochs", STEPS_TOO_SMALL, ({ training, data: { examples } }) => {
    const epochs = (training.steps * training.batchSize) / examples;
    return training.batchSize >= examples ? null : { batchSize: examples, steps: Math.ceil(epochs) };
  }),
  recipe("adadelta at the rate of adam", STEPS_TOO_SMALL, ({ training }) => exchange(training, "adadelta")),
  recipe("adagrad at the rate of adam", STEPS_TOO_SMALL, ({ training }) => exchange(training, "adagrad")),
  recipe("momentum of ten times the rate", STEPS_TOO_LARGE, () => ({
    optimizer: { name: "momentum", learningRate: 3, momentum: 0.9 },
  })),
  recipe("gradients clipped to nothing", STEPS_TOO_SMALL, () => ({
    optimizer: { name: "sgd", learningRate: 0.01, globalClipNorm: 1e-3 },
  })),
  recipe("weight decay of 0.3", TOO_MUCH, ({ training }) => ({
    optimizer: { ...training.optimizer, weightDecay: 0.3 },
  })),
  lossOf("poisson of numbers", "poisson"),
  lossOf("hinge of numbers", "hinge"),
  lossOf("divergence of numbers", "kullbackLeiblerDivergence"),
  lossOf("categorical crossentropy of numbers", "categoricalCrossentropy"),
  fault("a loss of the wrong sign", ["gradient-of-the-wrong-sign"], (subject) => ({
    ...subject,
    loss: faults.lossOfTheWrongSign,
  })),
  outputOf("tanh output", "tanh"),
  outputOf("sigmoid output", "sigmoid"),
  outputOf("softplus output", "softplus"),
  model("linear output under a crossentropy", ["wrong-output-activation", "wrong-loss"], (config) =>
    isCrossentropy(config.training) ? { outputActivation: "linear" } : null,
  ),
  model(
    "relu output under a crossentropy",
    ["wrong-output-activation", "wrong-loss", ...STEPS_TOO_LARGE],
    (config) => (isCrossentropy(config.training) ? { outputActivation: "relu" } : null),
  ),
  model("eight sigmoid layers", ["vanishing-gradients", "saturated-units", ...STEPS_TOO_SMALL], (config) =>
    config.subject === "dense"
      ? { hidden: Array.from({ length: 8 }, () => ({ units: 16, activation: "sigmoid" })) }
      : null,
  ),
  model("no hidden layer", ["too-little-capacity", "missing-nonlinearity"], (config) =>
    config.subject === "dense" ? { hidden: [] } : null,
  ),
  model("L2 of 0.1", TOO_MUCH, () => ({ l2: 0.1 })),
  model("L2 of 10", TOO_MUCH, () => ({ l2: 10 })),
  model("dropout of 0.75", TOO_MUCH, () => ({ dropout: 0.75 })),
  fault("initial weights × 100", UNUSUAL_WEIGHTS, (subject) => faults.withLargeWeights(subject, 100)),
  fault(
    "initial weights ÷ 10,000",
    ["vanishing-gradients", "symmetric-initialisation", ...STEPS_TOO_SMALL],
    (subject) => faults.withLargeWeights(subject, 1e-4),
  ),
  fault("all layers but the last frozen", ["frozen-layer"], faults.allButLastFrozen),
  fault("gradients × 0.0001", STEPS_TOO_SMALL, (subject) =>
    typeof subject.optimizer === "function" || subject.optimizer.name !== "sgd"
      ? null
      : faults.withScaledGradients(subject, 1e-4),
  ),
  fault("targets one row off", ["shuffled-labels"], data.withShiftedTargets),
  fault("a quarter mislabelled", ["shuffled-labels", "noisy-labels", "overfitting"], (subject) =>
    faults.mislabelled(subject, 0.25),
  ),
  fault(
    "noise over the targets",
    ["noisy-labels", "shuffled-labels", "overfitting", "too-few-steps"],
    (subject) => (subject.train.classification ? null : data.withNoisyTargets(subject, 2)),
  ),
  fault("one class left", ["constant-labels"], data.withOneClass),
  faultOfInputs(
    "one half of the inputs left",
    ["held-out-from-another-distribution", "overfitting"],
    data.withHalfTheRange,
  ),
  fault("all but 3 examples removed", ["overfitting", "constant-labels"], (subject) =>
    faults.withFewExamples(subject, 3),
  ),
  faultOfInputs("inputs × 0.0001", ["inputs-not-normalised", ...STEPS_TOO_SMALL], (subject) =>
    faults.withInputs(subject, 1e-4),
  ),
  faultOfInputs("inputs + 100", ["inputs-not-normalised", ...STEPS_TOO_LARGE], (subject) =>
    data.withShiftedInputs(subject, 100),
  ),
  fault(
    "targets × 100,000",
    ["targets-not-normalised", "wrong-output-activation", "wrong-loss"],
    (subject) => (subject.train.classification ? null : faults.withTargets(subject, 100_000, 0)),
  ),
];

function exchange({ optimizer }: CalibrationConfig["training"], name: string) {
  return optimizer.name === "adam" ? { optimizer: { name, learningRate: optimizer.learningRate } } : null;
}

function lossOf(name: string, loss: string): Mutation {
  return recipe(name, WRONG_LOSS, ({ training }) =>
    isCrossentropy(training) ? null : { loss: { name: loss } },
  );
}

function outputOf(name: string, outputActivation: string): Mutation {
  return model(name, OUT_OF_REACH, (config) =>
    config.model.outputActivation === "linear" ? { outputActivation } : null,
  );
}

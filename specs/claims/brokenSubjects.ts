// Subjects that are broken in one way each, and the law that must catch it: the twins that prove that a
// law can fail.

import { tensor2d } from "@tensorflow/tfjs-core";
import {
  model as functionalModel,
  initializers,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../src/foundation/random/shuffle.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../src/learning/config/schema.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { type Examples, firstExamples, gather } from "../../src/learning/subject/examples.ts";
import { fitTargets } from "../../src/learning/subject/misfit/fitTargets.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";

import { askedSubject, unscaled } from "./askedSubjects.ts";
import {
  averagesThatStay,
  centredBatches,
  columnCutOff,
  dropoutInEvaluation,
  frozenAveragesMove,
  gradientCutOff,
  hiddenMemory,
  kernelsAlone,
  largeWeights,
  summed,
} from "./brokenContracts.ts";

/** A healthy subject that trains in a second: 16-pixel pictures, an eighth of the question's width. */
export const healthyConfig = {
  model: { imageSize: 16, channels: 1, filters: [4, 8, 16], hiddenUnits: [12] },
  data: { examples: 300, heldOut: 100, boxSize: 4, noise: 0.2 },
  training: { batchSize: 32, steps: 300, optimizer: { name: "adam", learningRate: 0.003 } },
};

/** It ends after the second epoch, as the loss falls. */
function stopsForMore(seed: number): Subject {
  const earlyStopping = { monitor: "loss", mode: "max", patience: 1 };
  const training = { ...healthyConfig.training, earlyStopping };
  return createSubject(parseConfig({ ...healthyConfig, seed, training }) as BuiltInConfig);
}

interface BrokenSubject {
  readonly fault: string;
  /** The law that must be broken; others may be too. */
  readonly caughtBy: string;
  readonly build: (seed: number) => Subject;
}

function healthy(seed: number): Subject {
  return createSubject(parseConfig({ ...healthyConfig, seed }) as BuiltInConfig);
}

function withModel(changes: object) {
  return (seed: number) =>
    createSubject(
      parseConfig({ ...healthyConfig, seed, model: { ...healthyConfig.model, ...changes } }) as BuiltInConfig,
    );
}

function withLearningRate(learningRate: number) {
  return (seed: number): Subject => {
    const { training } = healthyConfig;
    const optimizer = { ...training.optimizer, learningRate };
    return createSubject(
      parseConfig({ ...healthyConfig, seed, training: { ...training, optimizer } }) as BuiltInConfig,
    );
  };
}

/** Two outputs, and the place from left to right as the only target. */
function oneTarget(seed: number): Subject {
  const subject = healthy(seed);
  const fitted = (of: Examples) =>
    fitTargets({ ...of, outputs: 1, targets: of.targets.filter((_, index) => index % 2 === 0) }, 2);
  return { ...subject, train: fitted(subject.train), heldOut: subject.heldOut && fitted(subject.heldOut) };
}

/** Targets dealt to the wrong pictures: there is nothing left to learn but the pictures by heart. */
function shuffledLabels(seed: number): Subject {
  const subject = healthy(seed);
  const order = shuffledIndices(subject.train.count, seedStream(seed, "broken/labels"));
  return { ...subject, train: { ...subject.train, targets: gather(subject.train, order).targets } };
}

/** The second output is multiplied by 0 after the network: y is flat while x is learnt. */
function oneFlatOutput(seed: number): Subject {
  const subject = healthy(seed);
  return { ...subject, buildModel: async (modelSeed) => appendMask(await subject.buildModel(modelSeed)) };
}

function appendMask(base: LayersModel): LayersModel {
  const mask = layers.dense({
    name: "mask",
    units: 2,
    useBias: false,
    trainable: false,
    kernelInitializer: "zeros",
  });
  const masked = functionalModel({
    inputs: base.inputs,
    outputs: mask.apply(base.outputs[0] as SymbolicTensor) as SymbolicTensor,
  });
  const onlyFirst = tensor2d([1, 0, 0, 0], [2, 2]);
  mask.setWeights([onlyFirst]);
  onlyFirst.dispose();
  return masked;
}

/** Weights that ignore the seed: every build draws others. */
function unseededWeights(seed: number): Subject {
  const subject = healthy(seed);
  let builds = 0;
  return { ...subject, buildModel: (modelSeed) => subject.buildModel(modelSeed + ++builds) };
}

/** A model whose every weight is frozen. */
function frozen(seed: number): Subject {
  const subject = healthy(seed);
  const buildModel = async (modelSeed: number) => {
    const model = await subject.buildModel(modelSeed);
    for (const layer of model.layers) layer.trainable = false;
    return model;
  };
  return { ...subject, buildModel };
}

/** The first layer keeps its initial weights, and the run does not learn: where it does, freezing may be meant. */
function frozenFirstLayer(seed: number): Subject {
  const subject = healthy(seed);
  const buildModel = async (modelSeed: number) => {
    const model = await subject.buildModel(modelSeed);
    model.getLayer("conv1").trainable = false;
    return model;
  };
  return { ...subject, steps: 10, buildModel };
}

function constantLabels(seed: number): Subject {
  const subject = healthy(seed);
  return { ...subject, train: { ...subject.train, targets: subject.train.targets.map(() => 0.25) } };
}

/** Half of the held-out pictures were trained on. */
function leakage(seed: number): Subject {
  const subject = healthy(seed);
  const { heldOut } = subject;
  if (heldOut === null) throw new Error("the healthy subject holds examples out");
  const known = firstExamples(subject.train, heldOut.count / 2);
  const inputs = heldOut.inputs.slice();
  const targets = heldOut.targets.slice();
  inputs.set(known.inputs);
  targets.set(known.targets);
  return { ...subject, heldOut: { ...heldOut, inputs, targets } };
}

/** y first, then x, in every example. */
function swappedAxes(seed: number): Subject {
  const subject = healthy(seed);
  const swap = (examples: Examples): Examples => ({
    ...examples,
    targets: examples.targets.map((_, index) => examples.targets[index ^ 1] as number),
  });
  return { ...subject, train: swap(subject.train), heldOut: subject.heldOut && swap(subject.heldOut) };
}

/** Three classes whose outputs do not compete. */
function independentClasses(seed: number): Subject {
  return createSubject(
    parseConfig({
      subject: "dense",
      seed,
      model: { inputs: 2, outputs: 3, outputActivation: "sigmoid" },
      data: { formula: ["x0", "x1", "1 - x0"], classification: true },
      training: { loss: { name: "categoricalCrossentropy" }, steps: 50 },
    }) as BuiltInConfig,
  );
}

/** Windows `[6, 1]` of a random walk that ends later in the held-out set; nothing but the last value tells the next. */
export function randomWalk(seed: number, leak: boolean): Subject {
  const random = seedStream(seed, "broken/walk");
  const walk = [0];
  while (walk.length < 420) walk.push(0.99 * (walk.at(-1) as number) + random.uniform() - 0.5);
  const windows = (from: number, count: number): Examples => {
    const starts = Array.from({ length: count }, (_, row) => from + row);
    return {
      count,
      inputShape: [6, 1],
      outputs: 1,
      inputs: Float32Array.from(starts.flatMap((at) => walk.slice(at + Number(leak), at + Number(leak) + 6))),
      targets: Float32Array.from(starts.map((at) => walk[at + 6] as number)),
    };
  };
  const { loss, optimizer } = healthy(seed);
  return {
    name: "random walk",
    seed,
    train: windows(0, 300),
    heldOut: windows(310, 100),
    loss,
    optimizer,
    batchSize: 32,
    steps: 300,
    buildModel: (modelSeed) =>
      sequential({
        layers: [
          layers.flatten({ inputShape: [6, 1] }),
          layers.dense({
            units: 16,
            activation: "tanh",
            kernelInitializer: initializers.glorotUniform({ seed: modelSeed }),
          }),
          layers.dense({ units: 1, kernelInitializer: initializers.glorotUniform({ seed: modelSeed + 1 }) }),
        ],
      }),
  };
}

/** Three outputs, of which one has numbers a thousand times larger: the loss hears nothing of the other two. */
function oneLoudOutput(seed: number): Subject {
  return createSubject(
    parseConfig({
      subject: "dense",
      seed,
      model: { inputs: 2, outputs: 3, hidden: [{ units: 16, activation: "tanh" }] },
      data: { formula: ["1000 * sin(3 * x0)", "x0 * x1", "cos(2 * x1)"], examples: 300 },
      training: { steps: 300, optimizer: { name: "adam", learningRate: 0.03 } },
    }) as BuiltInConfig,
  );
}

export const brokenSubjects: readonly BrokenSubject[] = [
  { fault: "frozen weights", caughtBy: "overfitsOne", build: frozen },
  { fault: "steps a thousand times too small", caughtBy: "overfitsOne", build: withLearningRate(3e-6) },
  {
    fault: "weights that start at zero",
    caughtBy: "overfitsTwo",
    build: withModel({ kernelInitializer: "zeros" }),
  },
  {
    fault: "a bottleneck of one unit",
    caughtBy: "climbs",
    build: withModel({ hiddenUnits: [1], activation: "leakyRelu" }),
  },
  {
    fault: "relu units killed by too large steps",
    caughtBy: "predictionsVary",
    build: withLearningRate(0.3),
  },
  { fault: "one flat output", caughtBy: "everyOutputVaries", build: oneFlatOutput },
  { fault: "one output in much larger units", caughtBy: "everyOutputFits", build: oneLoudOutput },
  {
    fault: "a softmax on signed targets",
    caughtBy: "beatsTheMean",
    build: withModel({ outputActivation: "softmax" }),
  },
  { fault: "shuffled labels", caughtBy: "generalises", build: shuffledLabels },
  { fault: "unseeded weights", caughtBy: "learnsTheSameTwice", build: unseededWeights },
  { fault: "constant labels", caughtBy: "targetsDiffer", build: constantLabels },
  {
    fault: "a sigmoid on targets from -1",
    caughtBy: "reachesItsTargets",
    build: withModel({ outputActivation: "sigmoid" }),
  },
  { fault: "classes that do not compete", caughtBy: "lossFits", build: independentClasses },
  { fault: "two outputs for one target", caughtBy: "outputsFitTargets", build: oneTarget },
  { fault: "a frozen first layer", caughtBy: "everyLayerMoves", build: frozenFirstLayer },
  { fault: "no activation", caughtBy: "isNonlinear", build: withModel({ activation: "linear" }) },
  { fault: "held-out pictures that were trained on", caughtBy: "heldOutIsNew", build: leakage },
  {
    fault: "a network that repeats the last value",
    caughtBy: "beatsPersistence",
    build: (seed) => randomWalk(seed, false),
  },
  {
    fault: "a window that holds its target",
    caughtBy: "targetsAreNotInputs",
    build: (seed) => randomWalk(seed, true),
  },
  { fault: "swapped axes", caughtBy: "axesAreTrue", build: swappedAxes },
  { fault: "early stopping that waits for a larger loss", caughtBy: "stopsAtItsBest", build: stopsForMore },
  { fault: "an optimizer of the kernels alone", caughtBy: "everyWeightIsTrained", build: kernelsAlone },
  {
    fault: "a layer through which no gradient passes",
    caughtBy: "everyWeightIsTrained",
    build: gradientCutOff,
  },
  { fault: "a frozen layer whose averages move", caughtBy: "frozenStays", build: frozenAveragesMove },
  { fault: "averages that never move", caughtBy: "frozenStays", build: averagesThatStay },
  { fault: "a column that is multiplied by 0", caughtBy: "usesItsInputs", build: columnCutOff },
  { fault: "weights a hundred times too large", caughtBy: "lossStartsRight", build: largeWeights },
  { fault: "a loss that is a sum", caughtBy: "batchesAddUp", build: summed },
  { fault: "a layer that looks at the whole batch", caughtBy: "examplesAreApart", build: centredBatches },
  { fault: "dropout in evaluation mode", caughtBy: "evaluationRepeats", build: dropoutInEvaluation },
  {
    fault: "rows asked about without the scaling of training",
    caughtBy: "answersWhatIsAsked",
    build: (seed) => askedSubject(seed, { rows: unscaled }),
  },
  { fault: "a layer with a memory of its own", caughtBy: "resumes", build: hiddenMemory },
];

export { healthy as healthySubject };

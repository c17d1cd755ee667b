import { fill, mean, type Scalar, square, sub, tidy, type Variable } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import {
  broadcastLoss,
  frozen,
  lossOfFirstOutput,
  negated,
  notCleared,
  withLargeWeights,
  zeroed,
} from "../../src/lab/calibration/subjectFaults.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../src/learning/config/schema.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";
import { fitTargets } from "../../src/learning/subject/misfit/fitTargets.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";
import { failureMode } from "../../src/vitest/index.ts";
import { broken } from "./healthy.ts";

const sound = (changes: Parameters<typeof broken>[0] = {}) =>
  createSubject(parseConfig(broken(changes)) as BuiltInConfig);
const healthySubject = sound();
const cure = () => healthySubject;

failureMode("a step along the gradient", {
  subject: () => negated(sound()),
  verdict: "diverged",
  cause: "gradient-of-the-wrong-sign",
  cure,
});

failureMode("gradients that never arrive", {
  subject: () => zeroed(sound()),
  verdict: "stalled",
  cause: "no-updates",
  cure,
});

failureMode("gradients that pile up", {
  subject: () => notCleared(sound()),
  verdict: "collapsed",
  cause: "gradients-not-cleared",
  cure,
});

failureMode("a loss that compares every prediction with every target", {
  subject: () => ({ ...sound(), loss: broadcastLoss }),
  verdict: "collapsed",
  cause: "broadcast-loss",
  cure,
});

failureMode("a loss that compares the means of a batch", {
  subject: () => ({
    ...sound(),
    batchSize: 200,
    loss: (targets, predictions) => square(sub(mean(targets), mean(predictions))) as Scalar,
  }),
  verdict: "stalled",
  cause: "loss-over-the-batch",
  cure,
});

failureMode("two outputs for one target", {
  subject: () => {
    const { train, heldOut } = sound();
    return {
      ...twoOutputs(),
      train: fitTargets(train, 2),
      heldOut: heldOut && fitTargets(heldOut, 2),
    };
  },
  verdict: "learns",
  cause: "outputs-do-not-fit",
  cure,
});

failureMode("a loss of the first output alone", {
  subject: () => ({ ...twoOutputs(), loss: lossOfFirstOutput(twoOutputs()) }),
  verdict: "stalled",
  cause: "some-outputs-untrained",
  cure: twoOutputs,
});

failureMode("a first layer that is not trained", {
  // What learns with a frozen layer may have been meant so; what does not learn with one is told of it.
  subject: () => frozen(sound({ model: { hidden: [{ units: 2, activation: "relu" }] } }), 0),
  verdict: "stalled",
  cause: "frozen-layer",
  cure,
});

const { train: sounds } = sound();
defineSubject({
  name: "lagging-averages",
  // The averages of TensorFlow.js's batch normalisation move by a hundredth a step, and begin at a variance of 1.
  buildModel: () =>
    sequential({
      layers: [
        layers.dense({ inputShape: [2], units: 16 }),
        layers.batchNormalization(),
        layers.activation({ activation: "relu" }),
        layers.dense({ units: 1 }),
      ],
    }),
  examples: {
    train: {
      inputs: { shape: [sounds.count, 2], values: sounds.inputs.map((value) => value / 20) },
      targets: { shape: [sounds.count, 1], values: sounds.targets },
    },
  },
  training: { steps: 100, optimizer: { learningRate: 0.02 } },
});

failureMode("weights that are others each time the model is built", {
  subject: unseeded,
  verdict: "learns",
  cause: "unseeded-randomness",
  cure,
});

function unseeded(): Subject {
  const subject = sound();
  let builds = 0;
  return { ...subject, buildModel: (seed) => subject.buildModel(seed + ++builds) };
}

failureMode("averages of batch normalisation that lag", {
  config: { subject: "own", name: "lagging-averages" },
  verdict: "collapsed",
  cause: "lagging-batch-statistics",
  // A momentum of 0.9 cures it (error / Var(Y) 0.09 after 1,000 steps), which no field of a config can say.
  cure: null,
});

function startingLarge(factor: number, layers: number, activation: "leakyRelu" | "tanh"): Subject {
  const hidden = Array.from({ length: layers }, () => ({ units: 16, activation }));
  const training = activation === "tanh" ? {} : { optimizer: { name: "sgd", learningRate: 0.01 } };
  return withLargeWeights(sound({ model: { hidden }, training }), factor);
}

failureMode("weights of many layers that start twice too large each", {
  subject: () => startingLarge(2, 9, "leakyRelu"),
  verdict: "diverged",
  cause: "exploding-gradients",
  cure,
});

failureMode("weights of many layers that start four times too large each", {
  subject: () => startingLarge(4, 5, "leakyRelu"),
  verdict: "diverged",
  cause: "initial-weights-too-large",
  cure,
});

failureMode("tanh units whose weights start a hundred times too large", {
  subject: () => startingLarge(100, 2, "tanh"),
  verdict: "stalled",
  cause: "initial-weights-too-large",
  cure,
});

failureMode("tanh units whose biases start far beyond every input", {
  subject: () => {
    const subject = sound({ model: { hidden: [{ units: 16, activation: "tanh" }] } });
    return {
      ...subject,
      async buildModel(seed) {
        const model = await subject.buildModel(seed);
        const [, bias] = model.layers.find(({ weights }) => weights.length > 0)?.weights ?? [];
        if (!bias) throw new Error("the model has no hidden layer");
        tidy(() => (bias.read() as Variable).assign(fill([16], 20)));
        return model;
      },
    };
  },
  verdict: "collapsed",
  cause: "saturated-units",
  cure,
});

function twoOutputs(): Subject {
  return sound({ model: { outputs: 2 }, data: { formula: ["x0 * x1", "x0 - x1"] } });
}

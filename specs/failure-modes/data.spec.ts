import { initializers, type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../src/foundation/random/shuffle.ts";
import {
  leaking,
  mislabelled,
  swapped,
  withConstantLabels,
  withFewExamples,
  withForeignHeldOut,
  withRepeatedExamples,
} from "../../src/lab/calibration/subjectFaults.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../src/learning/config/schema.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { gather } from "../../src/learning/subject/examples.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";
import { failureMode } from "../../src/vitest/index.ts";
import { randomWalk } from "../claims/brokenSubjects.ts";
import { broken } from "./healthy.ts";

const sound = (changes: Parameters<typeof broken>[0] = {}) =>
  createSubject(parseConfig(broken(changes)) as BuiltInConfig);
const healthySubject = sound();
const cure = () => healthySubject;

function dataFault(
  name: string,
  cause: Parameters<typeof failureMode>[1]["cause"],
  verdict: "learns" | "stalled" | "collapsed",
  fault: (subject: Subject) => Subject,
): void {
  failureMode(name, { subject: () => fault(sound()), verdict, cause, cure });
}

failureMode("inputs in the hundreds", {
  config: broken({ data: { inputRange: [0, 300], formula: ["x0 * x1 / 90000"] } }),
  verdict: "stalled",
  cause: "inputs-not-normalised",
  cure: { data: { standardiseInputs: true, standardiseTargets: true } },
});

failureMode("targets in the thousands", {
  config: broken({ data: { formula: ["5000 + 1000 * x0 * x1"] } }),
  verdict: "collapsed",
  cause: "targets-not-normalised",
  cure: { data: { standardiseTargets: true } },
});

dataFault("labels dealt to the wrong examples", "shuffled-labels", "collapsed", (subject) =>
  mislabelled(subject, 1),
);
dataFault("half of the labels wrong", "noisy-labels", "stalled", (subject) => mislabelled(subject, 0.5));
const inSmallBatches = () =>
  sound({ training: { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 8 } });
failureMode("numbers that are missing from three examples", {
  subject: () => {
    const subject = sound();
    const gaps = {
      count: subject.train.count,
      rows: Int32Array.of(3, 40, 77),
      where: "column 0 of the inputs",
    };
    return { ...subject, gaps };
  },
  verdict: "diverged",
  cause: "missing-numbers",
  cure,
});
failureMode("rows sorted by their target, and not shuffled", {
  subject: () => {
    const subject = inSmallBatches();
    const { targets, count } = subject.train;
    const order = Array.from({ length: count }, (_, row) => row).sort(
      (a, b) => (targets[a] as number) - (targets[b] as number),
    );
    return { ...subject, train: gather(subject.train, order), shuffle: false };
  },
  verdict: "stalled",
  cause: "sorted-batches",
  cure: inSmallBatches,
});
dataFault("one label for all", "constant-labels", "learns", withConstantLabels);
dataFault("four examples again and again", "repeated-examples", "learns", (subject) =>
  withRepeatedExamples(subject, 4),
);
dataFault(
  "held-out inputs on another scale",
  "held-out-from-another-distribution",
  "learns",
  withForeignHeldOut,
);
dataFault("held-out examples that were trained on", "train-held-out-leakage", "learns", leaking);

failureMode("windows that hold their target", {
  subject: () => randomWalk(1, true),
  verdict: "learns",
  cause: "target-in-input",
  cure,
});

failureMode("a random walk, whose last value tells all there is", {
  subject: () => randomWalk(1, false),
  verdict: "learns",
  cause: "predicts-the-last-value",
  cure,
});

failureMode("windows of a series whose steps were shuffled", {
  subject: () => waveWindows(true),
  verdict: "stalled",
  cause: "lost-time-order",
  cure: () => waveWindows(false),
});

failureMode("windows that were cut from shuffled rows", {
  subject: () => waveWindows(false, true),
  verdict: "stalled",
  cause: "lost-time-order",
  cure: () => waveWindows(false),
});

failureMode("more units than examples", {
  subject: () => withFewExamples(sound({ data: { formula: ["sin(4 * x0) * x1"] } }), 12),
  verdict: "learns",
  cause: "overfitting",
  cure,
});

failureMode("x and y exchanged in the training set", {
  subject: () => swapped(twoOutputs(), false),
  verdict: "learns",
  cause: "swapped-axes",
  cure: twoOutputs,
});

function twoOutputs(): Subject {
  return sound({ model: { outputs: 2 }, data: { formula: ["x0 * x1", "x0 - x1"] } });
}

/** Windows `[8, 1]` of a sum of two waves, which a network continues by their order. */
function waveWindows(isShuffled: boolean, areRowsShuffled = false): Subject {
  const random = seedStream(1, "spec/waves");
  const order = areRowsShuffled ? shuffledIndices(440, seedStream(2, "spec/waves")) : null;
  const inOrder = (step: number) => Math.sin(0.9 * step) + 0.5 * Math.sin(2.3 * step + 1);
  const wave = (step: number) => inOrder(order?.[step] ?? step);
  const windowAt = (at: number) => {
    const steps = Array.from({ length: 8 }, (_, step) => wave(at + step));
    if (!isShuffled) return steps;
    return Array.from(shuffledIndices(8, random), (step) => steps[step] as number);
  };
  const windows = (from: number, count: number) => ({
    count,
    inputShape: [8, 1],
    outputs: 1,
    inputs: Float32Array.from(Array.from({ length: count }, (_, row) => windowAt(from + row)).flat()),
    targets: Float32Array.from({ length: count }, (_, row) => wave(from + row + 8)),
  });
  return {
    ...randomWalk(1, false),
    name: "waves",
    train: windows(0, 300),
    heldOut: windows(320, 100),
    buildModel: wideNetwork,
  };
}

function wideNetwork(seed: number): LayersModel {
  const drawn = (place: number) => initializers.glorotUniform({ seed: seed + place });
  return sequential({
    layers: [
      layers.flatten({ inputShape: [8, 1] }),
      layers.dense({ units: 16, activation: "tanh", kernelInitializer: drawn(0) }),
      layers.dense({ units: 1, kernelInitializer: drawn(1) }),
    ],
  });
}

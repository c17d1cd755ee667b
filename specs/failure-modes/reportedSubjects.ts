// Reported bugs whose networks or losses no config holds, restated as subjects: each with its mended program.

import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { type SeedStream, seedStream } from "../../src/foundation/random/seedStream.ts";
import type { CauseName } from "../../src/judging/diagnosis/causes.ts";
import type { OwnConfig } from "../../src/learning/config/schema.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";

/** A reported bug, restated. */
export interface ReportedSubject {
  readonly name: string;
  /** What was reported, in our own words. */
  readonly report: string;
  /** Any of these, named first, names the fault. */
  readonly causes: readonly CauseName[];
  readonly broken: OwnConfig;
  readonly mended: OwnConfig;
}

/** Returns every reported subject; each is defined anew, under the name of its bug. */
export function readReportedSubjects(): readonly ReportedSubject[] {
  return [landmarksInPixels(), marksBehindASigmoid(), crossentropyBelowZero()];
}

type Row = { readonly input: unknown; readonly target: number[] };

/** The examples of a subject, each drawn by itself. */
const drawing =
  (draw: (between: (low: number, high: number) => number) => Row) =>
  ({ set, count, seed }: { set: string; count: number; seed: number }) => {
    const random: SeedStream = seedStream(seed, `reported/${set}`);
    const rows = Array.from({ length: count }, () =>
      draw((low, high) => low + (high - low) * random.uniform()),
    );
    return { inputs: rows.map(({ input }) => input), targets: rows.map(({ target }) => target) } as {
      inputs: number[][];
      targets: number[][];
    };
  };

const blob = (x: number, y: number, cx: number, cy: number, sigma: number) =>
  Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * sigma * sigma));

const PLACES = [
  [-1, -2],
  [1, -2],
  [0, 1],
  [-0.7, 4],
  [0.7, 4],
] as const;
const FACE = 20;

function landmarksInPixels(): ReportedSubject {
  const examples = (isScaled: boolean) =>
    drawing((between) => {
      const [cx, cy, eye, skin] = [between(7, 12), between(7, 12), between(2.5, 4), between(120, 180)];
      const points = PLACES.map(([x, y]) => [cx + eye * x, cy + y] as const);
      const picture = Array.from({ length: FACE }, (_, y) =>
        Array.from({ length: FACE }, (_, x) => {
          const face = Math.hypot((x - cx) / 7.5, (y - cy) / 8.5) < 1 ? skin : 40;
          const dark = Math.min(
            1,
            points.reduce((sum, [px, py]) => sum + blob(x, y, px, py, 0.9), 0),
          );
          const grey = Math.round(Math.max(0, face * (1 - 0.8 * dark) + between(-6, 6)));
          return [isScaled ? (grey - 90) / 60 : grey];
        }),
      );
      const places = points.flat();
      return { input: picture, target: isScaled ? places.map((place) => place / FACE - 0.5) : places };
    });
  const buildModel = () =>
    sequential({
      layers: [
        layers.conv2d({ inputShape: [FACE, FACE, 1], filters: 8, kernelSize: 5, activation: "tanh" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.conv2d({ filters: 24, kernelSize: 3, activation: "tanh" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 50, activation: "tanh" }),
        layers.dense({ units: 10 }),
      ],
    });
  const program = (isScaled: boolean) =>
    defineSubject({
      name: `landmarks-${isScaled ? "mended" : "broken"}`,
      buildModel,
      examples: examples(isScaled),
      data: { examples: 300, heldOut: 100 },
      training: { optimizer: { name: "adam", learningRate: 0.001 }, batchSize: 30, epochs: 60 },
    }).config();
  return {
    name: "landmarks-pixels",
    report: "One set of landmarks for every face: grey values to 255 and places in pixels meet tanh units.",
    causes: ["inputs-not-normalised", "targets-not-normalised", "saturated-units"],
    broken: program(false),
    mended: program(true),
  };
}

function marksBehindASigmoid(): ReportedSubject {
  const examples = (isScaled: boolean) =>
    drawing((between) => {
      const [slept, studied, screen, played] = [between(4, 10), between(0, 8), between(0, 6), between(0, 4)];
      const marks = 12 + 1.5 * slept + 4 * studied - 2 * screen - played + between(-1, 1);
      const target = [Math.max(2, Math.min(48, marks))];
      return isScaled
        ? {
            input: [(slept - 7) / 1.7, (studied - 4) / 2.3, (screen - 3) / 1.7, (played - 2) / 1.2],
            target: target.map((mark) => mark / 50),
          }
        : { input: [slept, studied, screen, played], target };
    });
  const kernelInitializer = () => initializers.randomNormal({ mean: 0, stddev: 1 });
  const program = (isScaled: boolean) =>
    defineSubject({
      name: `marks-${isScaled ? "mended" : "broken"}`,
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({
              inputShape: [4],
              units: 2,
              activation: "sigmoid",
              kernelInitializer: kernelInitializer(),
            }),
            layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: kernelInitializer() }),
            ...(isScaled ? [] : [layers.rescaling({ scale: 50 })]),
          ],
        }),
      examples: examples(isScaled),
      data: { examples: 100, heldOut: 50 },
      training: {
        optimizer: { name: "sgd", learningRate: isScaled ? 1 : 0.05 },
        batchSize: 100,
        epochs: 1000,
      },
    }).config();
  return {
    name: "marks-sigmoid",
    report: "The same mark for everybody: 50 times a sigmoid on raw hours, at a rate of 0.05.",
    causes: ["saturated-outputs", "learning-rate-too-high", "inputs-not-normalised"],
    broken: program(false),
    mended: program(true),
  };
}

const SIDE = 12;

function crossentropyBelowZero(): ReportedSubject {
  const examples = (isStandardised: boolean) =>
    drawing((between) => {
      const [ground, colour] = [
        [0, 1, 2].map(() => between(0, 1)),
        [0, 1, 2].map(() => between(0, 1)),
      ] as const;
      const [cx, cy, size] = [between(3, 9), between(3, 9), between(1.5, 3.5)];
      const picture = Array.from({ length: SIDE }, (_, y) =>
        Array.from({ length: SIDE }, (_, x) => {
          const part = blob(x, y, cx, cy, size);
          return ground.map((own, channel) => {
            const value = own * (1 - part) + (colour[channel] as number) * part;
            return isStandardised ? (value - 0.5) / 0.25 : value;
          });
        }),
      );
      return { input: picture, target: picture.flat(2) };
    });
  const program = (isStandardised: boolean) =>
    defineSubject({
      name: `colours-${isStandardised ? "broken" : "mended"}`,
      buildModel: () =>
        sequential({
          layers: [
            layers.conv2d({
              inputShape: [SIDE, SIDE, 3],
              filters: 16,
              kernelSize: 3,
              padding: "same",
              activation: "relu",
            }),
            layers.maxPooling2d({ poolSize: 2 }),
            layers.conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }),
            layers.upSampling2d({ size: [2, 2] }),
            layers.conv2d({ filters: 3, kernelSize: 3, padding: "same", activation: "sigmoid" }),
            layers.flatten(),
          ],
        }),
      examples: examples(isStandardised),
      data: { examples: 100, heldOut: 20 },
      training: {
        loss: { name: "binaryCrossentropy" },
        optimizer: { name: "adam", learningRate: 0.003 },
        batchSize: 20,
        epochs: 80,
      },
    }).config();
  return {
    name: "ae-negative-loss",
    report: "An autoencoder's crossentropy falls below 0, since its standardised pixels leave 0 to 1.",
    causes: ["wrong-loss", "wrong-output-activation"],
    broken: program(true),
    mended: program(false),
  };
}

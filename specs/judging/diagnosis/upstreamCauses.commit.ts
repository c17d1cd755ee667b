// Faults that stand before the symptoms that they bring about, such as inputs so small that every step is small. Each has a
// twin that shows the symptom without the fault.

import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Layer = ReturnType<typeof layers.dense | typeof layers.rescaling | typeof layers.simpleRNN>;
type Given = Pick<SubjectDefinition, "loss" | "classification" | "errorMeasure">;

interface Program extends Given {
  readonly name: string;
  readonly layers: () => Layer[];
  /** From numbers between 0 and 1. */
  readonly input?: (numbers: number[]) => number[] | number[][];
  readonly target?: (numbers: number[]) => number[];
  /** How many numbers an example has. */
  readonly numbers?: number;
  readonly epochs?: number;
  readonly optimizer?: { readonly name: "adam" | "sgd"; readonly learningRate: number };
}

const dense = (units: number, more: object = {}) => layers.dense({ units, ...more });
const hidden = (more: object = {}) => dense(24, { activation: "relu", ...more });
const first = (more: object = {}) => hidden({ inputShape: [3], ...more });
const network = (outputs = 1) => [first(), hidden(), dense(outputs)];
const product = ([a = 0, b = 0, c = 0]: number[]) => [3 * (a - 0.5) + 4 * (b - 0.5) * (c - 0.5)];

function configOf({
  name,
  layers: stack,
  input = (numbers) => numbers,
  target = product,
  numbers = 3,
  epochs = 20,
  optimizer = { name: "adam", learningRate: 0.003 },
  ...given
}: Program): Config {
  return defineSubject({
    name,
    buildModel: () => sequential({ layers: stack() }),
    examples: ({ set, count, seed }) => {
      const random = seedStream(seed, `${name}/${set}`);
      const drawn = () => Array.from({ length: numbers }, () => random.uniform());
      const rows = Array.from({ length: count }, drawn);
      return { inputs: rows.map(input), targets: rows.map(target) };
    },
    data: { examples: 200, heldOut: 60 },
    training: { optimizer, batchSize: 20, epochs },
    ...given,
  }).config() as Config;
}

async function causesOf(program: Program, changes: Record<string, unknown> = {}) {
  const config = configOf(program);
  const changed = changeConfig(config, changes)?.config ?? config;
  const subject = await createSubject(changed);
  return diagnose(subject, await train(subject), changed);
}

const firstOf = async (program: Program) => (await causesOf(program))[0]?.cause;

describe("inputs that a Rescaling layer makes too small", () => {
  const rescaled = (name: string, factor: number, learningRate: number, offset = 0): Program => ({
    name,
    layers: () => [
      layers.rescaling({ scale: 1 / 255, offset, inputShape: [3] }),
      hidden(),
      hidden(),
      dense(1),
    ],
    input: (numbers) => numbers.map((number) => factor * number),
    optimizer: { name: "sgd", learningRate },
  });

  test("are not normalised, and the layer is named", async () => {
    const [cause] = await causesOf(rescaled("divided-twice", 1, 0.05));

    expect(cause?.cause).toBe("inputs-not-normalised");
    expect(cause?.evidence).toContain("rescaling");
  });

  test("are not normalised where an offset moves them far from 0", async () => {
    expect(await firstOf(rescaled("shifted-twice", 1, 0.05, -1))).toBe("inputs-not-normalised");
  });

  test("are normalised without the layer", async () => {
    expect(await causesOf(rescaled("divided-twice", 1, 0.05), { "rework.rescaling": false })).toEqual([]);
  });

  test("are not suspected where it makes them fit", async () => {
    expect(await firstOf(rescaled("divided-once", 255, 1e-5))).toBe("learning-rate-too-low");
  });
});

describe("inputs that a division has rounded away", () => {
  const divided = (name: string, factor: number): Program => ({
    name,
    layers: network,
    input: (numbers) => numbers.map((number) => Math.floor(number * factor)),
  });

  test("come before the noise that they make of the targets", async () => {
    const [cause] = await causesOf(divided("divided-to-0", 0.9));

    expect(cause?.cause).toBe("inputs-not-normalised");
    expect(cause?.evidence).toContain("200 of 200 training examples have the same inputs, 0 everywhere");
  });

  test("are not suspected where they only are coarse: the twin", async () => {
    const causes = await causesOf(divided("divided-to-bits", 2));

    expect(causes.map(({ cause }) => cause)).not.toContain("inputs-not-normalised");
  });
});

describe("sigmoids in many layers", () => {
  const deep = (name: string, depth: number, activation: "sigmoid" | "linear"): Program => ({
    name,
    layers: () => [
      first({ activation }),
      ...Array.from({ length: depth }, () => hidden({ activation })),
      dense(1),
    ],
    target: ([a = 0, b = 0]) => [Math.sin(6 * a) + 4 * (b - 0.5) ** 2],
  });

  test("let the gradient vanish, and are no missing nonlinearity", async () => {
    const causes = (await causesOf(deep("deep-sigmoids", 18, "sigmoid"))).map(({ cause }) => cause);

    expect(causes[0]).toBe("vanishing-gradients");
    expect(causes).not.toContain("missing-nonlinearity");
  });

  test("are a missing nonlinearity where nothing bends: the twin", async () => {
    expect(await firstOf(deep("deep-lines", 18, "linear"))).toBe("missing-nonlinearity");
  });
});

describe("small inputs", () => {
  const small = (name: string, input: Program["input"], learningRate: number, inputs = 3): Program => ({
    name,
    layers: () => [hidden({ inputShape: [inputs] }), hidden(), dense(1)],
    ...(input && { input }),
    optimizer: { name: "sgd", learningRate },
  });

  test("come before the small steps that they bring about", async () => {
    const divided = small("divided-by-255", (numbers) => numbers.map((number) => number / 255), 0.05);

    expect(await firstOf(divided)).toBe("inputs-not-normalised");
  });

  test("are not suspected where only most of them are 0", async () => {
    const oneHot = ([a = 0]: number[]) =>
      Array.from({ length: 300 }, (_, place) => (place === Math.floor(300 * a) ? 1 : 0));

    expect(await firstOf(small("one-hot", oneHot, 1e-4, 300))).toBe("learning-rate-too-low");
  });
});

describe("initial weights some times too large", () => {
  const started = (name: string, stddev: number, learningRate = 0.003): Program => {
    const large = () => ({ kernelInitializer: initializers.randomNormal({ stddev, seed: 3 }) });
    const bent = () => hidden({ activation: "tanh", ...large() });
    return {
      name,
      layers: () => [first({ activation: "tanh", ...large() }), bent(), dense(1, large())],
      optimizer: { name: "adam", learningRate },
    };
  };

  test("come before the units that they saturate and the gradient that they make large", async () => {
    expect(await firstOf(started("wide-start", 2))).toBe("initial-weights-too-large");
    expect(await firstOf(started("wider-start", 8))).toBe("initial-weights-too-large");
  });

  test("are not suspected at a usual size", async () => {
    expect(await firstOf(started("usual-start", 0.3, 1e-6))).toBe("learning-rate-too-low");
  });
});

describe("a cosine as the loss of numbers", () => {
  const loss = { name: "cosineProximity" } as const;
  const angle = ([a = 0]: number[]) => [Math.cos(3 * a), Math.sin(3 * a)];

  test("is the wrong loss of one number, and of rows of several lengths", async () => {
    const pair = ([a = 0, b = 0]: number[]) => [1 + 3 * a, 1 + b];

    expect(await firstOf({ name: "cosine-of-one", layers: network, loss })).toBe("wrong-loss");
    expect(await firstOf({ name: "cosine-of-two", layers: () => network(2), loss, target: pair })).toBe(
      "wrong-loss",
    );
  });

  test("is not suspected of directions that are judged as such", async () => {
    const slow = {
      name: "directions",
      layers: () => network(2),
      loss,
      target: angle,
      errorMeasure: "cosineDistance",
      optimizer: { name: "adam", learningRate: 1e-6 },
    } as const;

    expect(await firstOf(slow)).toBe("learning-rate-too-low");
  });
});

describe("an error in per cent as the loss", () => {
  const loss = { name: "meanAbsolutePercentageError" } as const;
  const rain = ([a = 0, b = 0]: number[]) => [Math.max(0, 4 * a + 2 * b - 3)];

  test("is the wrong loss of targets that are 0 in places", async () => {
    expect(await firstOf({ name: "rain", layers: network, loss, target: rain })).toBe("wrong-loss");
  });

  test("is not suspected of targets far from 0", async () => {
    const target = ([a = 0, b = 0]: number[]) => [2 + 4 * a + 2 * b];
    const optimizer = { name: "sgd", learningRate: 1e-7 } as const;

    expect(await firstOf({ name: "rain-offset", layers: network, loss, target, optimizer })).toBe(
      "learning-rate-too-low",
    );
  });
});

describe("a recurrent network whose targets go with two steps", () => {
  const recurrent = (name: string, step: number, learningRate: number): Program => ({
    name,
    layers: () => [layers.simpleRNN({ units: 6, inputShape: [50, 1] }), dense(1)],
    numbers: 50,
    input: (numbers) => numbers.map((number) => [2 * number - 1]),
    target: (numbers) => [2 * ((numbers[step] ?? 0) - (numbers[step + 1] ?? 0))],
    optimizer: { name: "adam", learningRate },
    epochs: 2,
  });

  test("forgets those that it read long ago", async () => {
    const [cause] = await causesOf(recurrent("far-back", 0, 0.003));

    expect(cause?.cause).toBe("vanishing-gradients");
    expect(cause?.evidence).toMatch(/the targets go with step [12] of 50/);
  });

  test("is not suspected of it where it has just read them", async () => {
    expect(await firstOf(recurrent("just-now", 48, 1e-6))).toBe("learning-rate-too-low");
  });
});

// Kinds of fault that were once named otherwise, each with a sound twin.

import { mean, square, sub } from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { check } from "../../../src/judging/check/check.ts";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Layers = Parameters<typeof sequential>[0] extends infer Args
  ? Args extends { layers?: infer List }
    ? NonNullable<List>
    : never
  : never;
type Draw = (random: ReturnType<typeof seedStream>) => { input: number[]; target: number[] };

function subject(
  name: string,
  model: () => Layers,
  draw: Draw,
  more: Partial<Pick<SubjectDefinition, "loss" | "classification" | "training">> = {},
) {
  return defineSubject({
    name,
    buildModel: () => sequential({ layers: model() }),
    examples: ({ set, count, seed }) => {
      const random = seedStream(seed, `${name}/${set}`);
      const rows = Array.from({ length: count }, () => draw(random));
      return { inputs: rows.map(({ input }) => input), targets: rows.map(({ target }) => target) };
    },
    data: { examples: 200, heldOut: 60 },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 20, epochs: 50 },
    ...more,
  }).config();
}

/** A number of mean 0 and variance 1. */
const spread = (random: ReturnType<typeof seedStream>) => Math.sqrt(12) * (random.uniform() - 0.5);
const hidden = (inputs: number) => layers.dense({ inputShape: [inputs], units: 16, activation: "relu" });
const point: Draw = (random) => {
  const input = [spread(random), spread(random)];
  return { input, target: [(input[0] as number) - Math.abs(input[1] as number)] };
};

describe("a loss whose gradient is the same whatever the targets", () => {
  const lossOf =
    (isSquared: boolean): NonNullable<SubjectDefinition["loss"]> =>
    (targets, predictions) => {
      const difference = sub(targets, predictions);
      return mean(isSquared ? square(difference) : difference);
    };

  test("is the wrong loss, and neither broadcast nor of the wrong sign", async () => {
    const { causes, cure } = await check(
      subject("signed-difference", () => [hidden(2), layers.dense({ units: 1 })], point, {
        loss: lossOf(false),
      }),
    );

    expect(causes[0]).toMatchObject({ name: "wrong-loss", status: "proven" });
    expect(causes.map(({ name }) => name)).not.toContain("broadcast-loss");
    expect(cure).not.toBeNull();
  });

  test("the squared difference is named for nothing: the twin", async () => {
    const { verdict, causes } = await check(
      subject("squared-difference", () => [hidden(2), layers.dense({ units: 1 })], point, {
        loss: lossOf(true),
      }),
    );

    expect({ verdict, causes }).toEqual({ verdict: "learns", causes: [] });
  });
});

describe("a model of the user's own without a hidden layer", () => {
  const signs: Draw = (random) => {
    const input = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    return { input, target: [Number((input[0] as number) * (input[1] as number) > 0)] };
  };
  const classes = {
    classification: true,
    training: {
      loss: { name: "binaryCrossentropy" },
      optimizer: { name: "adam", learningRate: 0.02 },
      batchSize: 20,
      epochs: 80,
    },
  } as const;
  const end = (inputs?: number) =>
    layers.dense({ units: 1, activation: "sigmoid", ...(inputs && { inputShape: [inputs] }) });

  test("gets one: to widen what is not there is no cure", async () => {
    const { causes, cure } = await check(subject("signs-flat", () => [end(2)], signs, classes));

    expect(causes[0]).toMatchObject({ name: "too-little-capacity", status: "proven" });
    expect(cure?.change).toContain("rework.layers 0 → 1");
  });

  test("with one it learns: the twin", async () => {
    const { causes } = await check(subject("signs-hidden", () => [hidden(2), end()], signs, classes));

    expect(causes).toEqual([]);
  });
});

test("a softmax over one unit in the middle of a network makes it blind", async () => {
  const { causes } = await check(
    subject(
      "one-unit-softmax",
      () => [
        layers.dense({ inputShape: [2], units: 1 }),
        layers.softmax({}),
        layers.dense({ units: 12, activation: "relu" }),
        layers.dense({ units: 1 }),
      ],
      point,
    ),
    { cures: false },
  );

  expect(causes[0]?.name).toBe("blind-network");
});

describe("few different inputs", () => {
  const dice =
    (noise: number): Draw =>
    (random) => {
      const [a, b] = [Math.floor(6 * random.uniform()), Math.floor(6 * random.uniform())];
      return { input: [a / 2.5 - 1, b / 2.5 - 1], target: [(a + b) / 5 - 1 + noise * spread(random)] };
    };

  test("with different targets each are noise, and no network is too small for it", async () => {
    const { causes } = await check(
      subject("noisy-dice", () => [hidden(2), layers.dense({ units: 1 })], dice(1.4)),
      { cures: false },
    );

    expect(causes[0]?.name).toBe("noisy-labels");
    expect(causes[0]?.evidence).toContain("no network can come below");
  });

  test("with one target each are no fault: the twin", async () => {
    const { causes } = await check(
      subject("plain-dice", () => [hidden(2), layers.dense({ units: 1 })], dice(0)),
    );

    expect(causes).toEqual([]);
  });
});

describe("a run that a budget ended", () => {
  const bent: Draw = (random) => {
    const input = [spread(random), spread(random)];
    return { input, target: [(input[0] as number) / 2 - 2 * Math.abs(input[1] as number)] };
  };
  async function named(
    { epochs, learningRate }: { epochs: number; learningRate: number },
    steps = Number.POSITIVE_INFINITY,
  ) {
    const training = { optimizer: { name: "adam", learningRate }, batchSize: 20, epochs } as const;
    const flat = () => [layers.dense({ inputShape: [2], units: 1 })];
    const config = subject(`flat-for-${epochs}`, flat, bent, { training });
    const own = await createSubject(config);
    let step = 0;
    const run = await train(own, { isOver: () => step++ >= steps });
    return (await diagnose(own, run, config)).map(({ cause }) => cause);
  }

  test("is not told that its steps were too few", async () => {
    const short = { epochs: 4, learningRate: 0.005 };

    expect(await named(short, 30)).not.toContain("too-few-steps");
    // The twin: the whole run is told.
    expect(await named(short)).toContain("too-few-steps");
  });

  test("is not told that its loss has stopped falling before it has shown so", async () => {
    const long = { epochs: 100, learningRate: 0.02 };

    expect(await named(long, 100)).not.toContain("too-little-capacity");
    // The twins: the run that made most of its steps is told, and the whole one.
    expect(await named(long, 900)).toContain("too-little-capacity");
    expect(await named(long)).toContain("too-little-capacity");
  });
});

describe("weights drawn far too wide", () => {
  const wide = (stddev: number) => () => {
    const drawn = () => initializers.randomNormal({ stddev });
    const bent = { units: 24, activation: "tanh", kernelInitializer: drawn() } as const;
    return [
      layers.dense({ inputShape: [2], ...bent }),
      layers.dense({ ...bent, kernelInitializer: drawn() }),
      layers.dense({ units: 1, kernelInitializer: drawn() }),
    ];
  };
  const training = { optimizer: { name: "sgd", learningRate: 0.01 }, batchSize: 20, epochs: 50 } as const;
  const named = async (stddev: number) => {
    const { causes } = await check(subject(`drawn-${stddev}`, wide(stddev), point, { training }), {
      cures: false,
    });
    return causes.map(({ name }) => name);
  };

  test("are the origin of the gradient that explodes at the start", async () => {
    expect((await named(7))[0]).toBe("initial-weights-too-large");
  });

  test("are not named where they are drawn soundly: the twin", async () => {
    expect(await named(0.3)).not.toContain("initial-weights-too-large");
  });
});

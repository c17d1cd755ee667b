// Twins of failure modes: the same subjects without the fault, and with what only looks like it.

import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { findTurnedWeights } from "../../../src/judging/evidence/data/turnedWeights.ts";
import { findFadingRate } from "../../../src/judging/evidence/fadingRate.ts";
import { findLostPlaces } from "../../../src/judging/evidence/lostPlaces.ts";
import { findHiddenSteps } from "../../../src/judging/evidence/series/hiddenSteps.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { distances, rareClass, spots } from "../../failure-modes/subjects.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("weights of classes", () => {
  const turned = async (name: string, weights?: Readonly<Record<number, number>>) =>
    findTurnedWeights((await createSubject(rareClass(name, weights).config())).train);

  test("are turned round where the commonest class has the larger one", async () => {
    const found = await turned("turned", { 0: 5, 1: 1 });

    expect(found?.loudest.number).toBe(0);
    expect(found?.share).toBeLessThan(0.05);
  });

  test("are not where the rare class has it, or all have the same: the twins", async () => {
    expect(await turned("right", { 0: 0.5, 1: 5 })).toBeNull();
    expect(await turned("alike", { 0: 2, 1: 2 })).toBeNull();
    expect(await turned("none")).toBeNull();
  });

  test("leave a class unheard where they are 0 for it, or far too large for another one", async () => {
    expect(await turned("silenced", { 0: 0, 1: 1 })).toMatchObject({
      fault: "unheard",
      quietest: { number: 0 },
    });
    expect(await turned("drowned", { 0: 1, 1: 2000 })).toMatchObject({
      fault: "unheard",
      quietest: { number: 0 },
    });
    expect(await turned("rare-silenced", { 0: 1, 1: 0 })).toMatchObject({
      quietest: { number: 1 },
      share: 0,
    });
  });

  test("count each class alike where that is asked for", async () => {
    const config = rareClass("evened", { 0: 9, 1: 1 }).config({ data: { evenClasses: true } });
    const { weights = new Float32Array(), targets } = (await createSubject(config)).train;
    const sum = (label: number) =>
      weights.reduce((all, weight, row) => all + (targets[row] === label ? weight : 0), 0);

    expect(sum(0)).toBeCloseTo(200, 2);
    expect(sum(1)).toBeCloseTo(200, 2);
  });
});

describe("a mask", () => {
  test("hides steps between others where its value is one that sequences hold", async () => {
    const found = await findHiddenSteps(await createSubject(distances("masked-zeros", 0).config()));

    expect(found?.value).toBe(0);
    expect(found?.leftByPlaces).toBeLessThan(0.5);
  });

  test("hides none where no step has its value: the twin", async () => {
    expect(await findHiddenSteps(await createSubject(distances("masked-nothing", -1).config()))).toBeNull();
  });
});

describe("pooling over all places", () => {
  test("loses what the targets ask for where they are places", async () => {
    const found = await findLostPlaces(await createSubject(spots("pooled", true).config()));

    expect(found?.withPlaces).toBeLessThan(0.3);
    expect(found?.without).toBeGreaterThan(0.5);
  });

  test("loses nothing that the channels tell as a whole, though places tell it better", async () => {
    const subject = await createSubject(spots("pooled-glow", true).config());
    const random = seedStream(3, "glow");
    const glow = Float32Array.from({ length: subject.train.count }, () => random.uniform());
    const others = [22, 27, 77];
    const inputs = subject.train.inputs.map((_, at) =>
      at % 100 === 44
        ? (glow[Math.floor(at / 100)] as number)
        : others.includes(at % 100)
          ? 0.5 * random.uniform()
          : 0,
    );
    const targets = Float32Array.from([...glow].flatMap((one) => [one, one]));

    expect(await findLostPlaces({ ...subject, train: { ...subject.train, inputs, targets } })).toBeNull();
  });

  test("is not found where a layer lists the places: the twin", async () => {
    expect(await findLostPlaces(await createSubject(spots("listed", false).config()))).toBeNull();
  });
});

describe("a learning rate that fades", () => {
  const adam = {
    name: "adam",
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
  } as const;
  const fading = (schedule: object, steps = 300) =>
    findFadingRate({ optimizer: { ...adam, schedule } as never }, {
      steps,
      trace: { losses: [], probes: [], predictionVariances: [] },
    } as never);

  test("is found where a schedule leaves next to nothing of it for most of the run", () => {
    const found = fading({ name: "exponential", decayRate: 0.5, decaySteps: 7 });

    expect(found?.by).toBe("schedule");
    expect(found?.gone).toBeLessThan(60);
  });

  test("is not found where it falls over the run, as schedules do: the twins", () => {
    expect(fading({ name: "cosine", decaySteps: 300, endFactor: 0, warmupSteps: 0 })).toBeNull();
    expect(fading({ name: "exponential", decayRate: 0.01, decaySteps: 300 })).toBeNull();
    expect(fading({ name: "piecewise", boundaries: [100, 200], factors: [1, 0.1, 0.01] })).toBeNull();
  });
});

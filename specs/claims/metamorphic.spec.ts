import { engineUnderTest, startEngineUnderTest } from "../engineUnderTest.ts";
// What must happen to a training run when its examples are changed in a way with a known answer. Each law says how
// exact it is; the twin beside it leaves out a part of the change, and must come out otherwise.

import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { beforeAll, describe, expect } from "vitest";
import { LARGEST_SEED } from "../../src/foundation/random/seed.ts";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../src/foundation/random/shuffle.ts";
import { runSeed } from "../../src/lab/arbitrary/runSeed.ts";
import { parseBoxConfig } from "../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import type { Subject } from "../../src/learning/subject/subject.ts";
import { type TrainingRun, train } from "../../src/learning/training/train.ts";
import {
  mirrored,
  negateFirstColumn,
  permuted,
  scaled,
  shifted,
  swapColumns,
  withAxesSwapped,
} from "./transformations.ts";

const EXAMPLES = 60;
const STEPS = 30;

/**
 * Sums in another order differ in their last bit, and 30 steps magnified that to at most 1e-6 of a prediction over 8
 * seeds. Momentum only: Adam divides a gradient by its size, so that a rounding error where there is next to no
 * gradient becomes a whole step; one of 8 such runs differed by 2e-3.
 */
const TOLERANCE = 1e-4;
/** What a twin must differ by. */
const PLAINLY = 1e-2;

const momentum = { name: "momentum", learningRate: 0.02, momentum: 0.9, weightDecay: 0 } as const;
const adam = { name: "adam", learningRate: 0.003 } as const;

/**
 * A small network for 17-pixel pictures. Of 17 pixels the stride of 2 leaves 9, 5 and 3, and "same" padding puts as
 * much left as right; of 16 it does not, and no network on them has a mirror image.
 */
function subjectOf(seed: number, changes: { imageSize?: number; training?: object } = {}): Subject {
  const { imageSize = 17, training } = changes;
  return createSubject(
    parseBoxConfig({
      seed,
      model: { imageSize, channels: 1, filters: [4, 8, 16], hiddenUnits: [12] },
      data: { examples: EXAMPLES, heldOut: 0, boxSize: 4, noise: 0.3 },
      training: { batchSize: 20, steps: STEPS, optimizer: momentum, ...training },
    }),
  );
}

function run(subject: Subject): Promise<TrainingRun> {
  return train(subject, { probes: false });
}

function predictionsOf(subject: Subject): Promise<Float32Array> {
  return run(subject).then((finished) => finished.train.predictions);
}

function farthest(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] as number))));
}

/** Each property trains two to four small networks. */
const few = { numRuns: Number(process.env.LEARNPROOF_RUNS) || 3 };

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("training examples in another order", () => {
  const orders = runSeed().map((seed) => shuffledIndices(EXAMPLES, seedStream(seed, "order")));

  property.prop([runSeed(), orders], few)(
    "change nothing at full batch but the order of the sums; in smaller batches they do",
    async (seed, order) => {
      const full = subjectOf(seed, { training: { batchSize: EXAMPLES } });
      const batches = subjectOf(seed);

      const [one, other] = [await run(full), await run(permuted(full, order))];
      const [twin, otherTwin] = [await run(batches), await run(permuted(batches, order))];

      const difference = (a: TrainingRun, b: TrainingRun) =>
        Math.max(
          ...a.trace.losses.map((loss, step) => Math.abs(loss / (b.trace.losses[step] as number) - 1)),
        );
      expect(difference(one, other)).toBeLessThan(TOLERANCE);
      expect(difference(twin, otherTwin)).toBeGreaterThan(PLAINLY);
    },
  );

  // Exactly: the digest is one over every loss and weight.
  property.prop([runSeed(), runSeed()], few)(
    "change not one bit of an epoch where the shuffle deals them into the same batches",
    async (seed, shuffleSeed) => {
      const subject = subjectOf(seed, { training: { steps: 3, optimizer: adam } });
      const dealt = shuffledIndices(EXAMPLES, seedStream(seed, "shuffle"));
      const dealtElsewhere = shuffledIndices(EXAMPLES, seedStream(shuffleSeed, "shuffle"));
      const order = new Int32Array(EXAMPLES);
      dealtElsewhere.forEach((place, turn) => {
        order[place] = dealt[turn] as number;
      });
      const elsewhere = (examples: Subject): Subject => ({
        ...examples,
        seed: shuffleSeed,
        buildModel: () => subject.buildModel(seed),
      });
      fc.pre(seed !== shuffleSeed);

      const { digest } = await run(subject);

      expect((await run(elsewhere(permuted(subject, order)))).digest).toBe(digest);
      expect((await run(elsewhere(subject))).digest).not.toBe(digest);
    },
  );
});

describe("axes called by each other's names", () => {
  // Exactly: two products are summed, in either order.
  property.prop([runSeed(), fc.constantFrom(adam, momentum)], few)(
    "swap the predictions, bit for bit on wasm",
    async (seed, optimizer) => {
      const subject = subjectOf(seed, { training: { optimizer } });

      const predictions = await predictionsOf(subject);
      const swapped = await predictionsOf(withAxesSwapped(subject));

      if (engineUnderTest === "wasm") expect(swapColumns(swapped)).toEqual(predictions);
      // Elsewhere a matrix product may take its columns apart.
      else expect(farthest(swapColumns(swapped), predictions)).toBeLessThan(TOLERANCE);
      expect(farthest(swapped, predictions)).toBeGreaterThan(PLAINLY);
    },
  );
});

describe("targets in another unit", () => {
  property.prop([runSeed(), fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround)], few)(
    "shifted shift the predictions of a network whose bias is, too, but for rounding",
    async (seed, shift) => {
      fc.pre(Math.abs(shift) > 0.1);
      const subject = subjectOf(seed);
      const moved = shifted(subject, shift);

      const predictions = await predictionsOf(subject);
      const back = (await predictionsOf(moved)).map((value) => value - shift);
      const twin = await predictionsOf({ ...moved, buildModel: subject.buildModel });

      expect(farthest(back, predictions)).toBeLessThan(TOLERANCE);
      expect(
        farthest(
          twin.map((value) => value - shift),
          predictions,
        ),
      ).toBeGreaterThan(PLAINLY);
    },
  );

  // Exactly, for powers of two: a float32 then changes in its exponent alone.
  property.prop([runSeed(), fc.constantFrom(2, 0.5, 8)], few)(
    "scaled by a power of two scale the predictions, and leave error and variance over Var(Y) the same, bit for bit",
    async (seed, factor) => {
      const subject = subjectOf(seed);
      // The loss is in squared units, so its gradient is factor² as large.
      const rescaled = {
        ...scaled(subject, factor),
        optimizer: { ...momentum, learningRate: momentum.learningRate / factor ** 2 },
      };

      const one = await run(subject);
      const other = await run(rescaled);
      const twin = await run({ ...rescaled, optimizer: momentum });

      expect(other.train.predictions.map((value) => value / factor)).toEqual(one.train.predictions);
      expect(other.trace.losses.map((loss) => loss / factor ** 2)).toEqual(one.trace.losses);
      expect([other.train.varianceRatio, other.train.lossOverVariance]).toEqual([
        one.train.varianceRatio,
        one.train.lossOverVariance,
      ]);
      expect(twin.train.lossOverVariance).not.toBeCloseTo(one.train.lossOverVariance as number, 3);
    },
  );
});

describe("pictures mirrored left to right, for a network mirrored as they are", () => {
  property.prop([runSeed()], few)("turn x round and leave y, but for rounding", async (seed) => {
    const subject = subjectOf(seed);
    const mirror = mirrored(subject);

    const predictions = await predictionsOf(subject);
    const turned = negateFirstColumn(await predictionsOf(mirror));
    const twin = negateFirstColumn(
      await predictionsOf({ ...mirror, train: { ...mirror.train, targets: subject.train.targets } }),
    );

    expect(farthest(turned, predictions)).toBeLessThan(TOLERANCE);
    expect(farthest(twin, predictions)).toBeGreaterThan(PLAINLY);
  });

  property.prop([runSeed()], few)("do not where the padding is lopsided: on 16 pixels", async (seed) => {
    const subject = subjectOf(seed, { imageSize: 16 });

    const predictions = await predictionsOf(subject);
    const turned = negateFirstColumn(await predictionsOf(mirrored(subject)));

    expect(farthest(turned, predictions)).toBeGreaterThan(PLAINLY);
  });
});

describe("a run", () => {
  property.prop([runSeed(), fc.integer({ min: 1, max: LARGEST_SEED - 1 })], few)(
    "has the digest of its seed, and another from another seed",
    async (seed, away) => {
      const other = ((seed - 1 + away) % LARGEST_SEED) + 1;
      const brief = (runSeed: number) => subjectOf(runSeed, { training: { steps: 5, optimizer: adam } });

      const { digest } = await run(brief(seed));

      expect((await run(brief(seed))).digest).toBe(digest);
      expect((await run(brief(other))).digest).not.toBe(digest);
    },
  );
});

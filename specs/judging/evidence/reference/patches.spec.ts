import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { measureAttainable } from "../../../../src/judging/evidence/reference/attainable.ts";
import { shareByMeasure } from "../../../../src/judging/outcome/fairMeasure.ts";
import { fairThresholds } from "../../../../src/judging/outcome/fairThresholds.ts";
import { thresholds as thresholdsSchema } from "../../../../src/learning/config/trainingSchema.ts";
import type { Measured } from "../../../../src/learning/measure/measureErrors.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

const SIDE = 12;
const COUNT = 200;

/** Pictures `[12, 12, 1]` with a bright square of 3 by 3 on noise, and masks of the squares. */
function drawMasks(noise: number, { count = COUNT, shape = [SIDE, SIDE, 1], belongs = true } = {}): Examples {
  const random = seedStream(7, "specs/patches");
  const size = SIDE * SIDE;
  const inputs = Float32Array.from({ length: count * size }, () => noise * (2 * random.uniform() - 1));
  const targets = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const [y, x] = [random.uniform(), random.uniform()].map((one) => 1 + Math.floor(one * (SIDE - 2)));
    const other = belongs ? row : (row + 1) % count;
    for (let place = 0; place < size; place++) {
      const away = Math.max(
        Math.abs(Math.floor(place / SIDE) - (y as number)),
        Math.abs((place % SIDE) - (x as number)),
      );
      if (away > 1) continue;
      inputs[row * size + place] = (inputs[row * size + place] as number) + 1;
      targets[other * size + place] = 1;
    }
  }
  return {
    inputs,
    targets,
    count,
    outputs: size,
    inputShape: shape,
    targetParts: [{ name: "mask", shape, classification: true }],
  };
}

describe("what pictures allow of masks over them", () => {
  test("is less the noisier they are", () => {
    const noisy = measureAttainable({ train: drawMasks(1.5) });

    expect(noisy?.lossOverVariance).toBeGreaterThan(0.2);
    expect(noisy?.lossOverVariance).toBeLessThan(0.6);
    expect(noisy?.errorOverPrior).toBeGreaterThan(0.2);
  });

  test("is nearly all where there is no noise: the twin", () => {
    const clear = measureAttainable({ train: drawMasks(0.2) });

    expect(clear?.lossOverVariance).toBeLessThan(0.1);
    expect(clear?.errorOverPrior).toBeLessThan(0.05);
  });

  test("is nothing where the masks belong to other pictures", () => {
    expect(
      measureAttainable({ train: drawMasks(0.2, { belongs: false }) })?.lossOverVariance,
    ).toBeGreaterThan(0.9);
  });

  test("is told of the steps of long sequences too", () => {
    const steps = measureAttainable({ train: drawMasks(0.2, { shape: [SIDE * SIDE, 1] }) });

    expect(steps?.lossOverVariance).toBeLessThan(0.6);
  });

  test("is not known of a few places, nor of targets that do not lie beside the inputs", () => {
    const { targetParts: _parts, ...other } = drawMasks(0.2);

    expect(measureAttainable({ train: drawMasks(0.2, { count: 2 }) })).toBeNull();
    expect(
      measureAttainable({
        train: { ...other, targetParts: [{ name: "mask", shape: [SIDE * SIDE], classification: false }] },
      }),
    ).toBeNull();
  });
});

describe("wrong classes among noisy pictures", () => {
  const wrong = (share: number): Measured => ({
    name: "accuracy",
    error: share,
    errors: new Float32Array(COUNT).fill(share),
    errorOfConstant: 1,
    constantInTraining: 1,
    variation: 1,
    degree: 0,
  });
  const fair = (noise: number) => fairThresholds({ train: drawMasks(noise) }, thresholdsSchema.parse({}));

  test("are allowed where the labels are explained as well as a reference explains them", () => {
    const { share, bound } = shareByMeasure({ lossOverVariance: 0.25 }, wrong(0.9), fair(1.5), 0);

    expect(share).toBe(0.25);
    expect(share).toBeLessThan(bound);
  });

  test("are too many where they are not, and where there is no noise: the twins", () => {
    for (const [noise, lossOverVariance] of [
      [1.5, 0.8],
      [0.2, 0.25],
    ] as const) {
      const { share, bound } = shareByMeasure({ lossOverVariance }, wrong(0.9), fair(noise), 0);
      expect(share).toBe(0.9);
      expect(share).toBeGreaterThan(bound);
    }
  });
});

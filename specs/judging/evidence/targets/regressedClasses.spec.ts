import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { wrongLoss } from "../../../../src/judging/diagnosis/causes/wrongLoss.ts";
import { findRegressedClasses } from "../../../../src/judging/evidence/targets/regressedClasses.ts";
import { checkLaws } from "../../../../src/judging/law/checkLaws.ts";
import { lossFits } from "../../../../src/judging/law/lossFits.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const WORDS = "the metric accuracy counts right answers";
/** The numbers of the classes that lie around a ring, in an order that they do not name. */
const AROUND = [1, 4, 2, 6, 3, 5];

/** Examples in groups around a ring. */
function groups(numbers: readonly number[], spread: number) {
  const random = seedStream(1, "spec/groups");
  const rows = Array.from({ length: 300 }, (_, row) => row % numbers.length);
  const inputs = rows.map((group) => {
    const angle = (2 * Math.PI * group) / (numbers.length + 2);
    const moved = () => spread * (random.uniform() - 0.5);
    return [Math.cos(angle) + moved(), Math.sin(angle) + moved()];
  });
  return { inputs, targets: rows.map((group) => [numbers[group] as number]) };
}

function regression(
  name: string,
  { numbers = AROUND, spread = 0.5, because = WORDS as string | null, steps = 20 } = {},
): OwnConfig {
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [layers.dense({ inputShape: [2], units: 8, activation: "relu" }), layers.dense({ units: 1 })],
      }),
    examples: { train: groups(numbers, spread) },
    ...(because !== null && { classesBecause: because }),
    training: { optimizer: { learningRate: 0.01 }, steps },
  }).config();
}

test("numbers that name classes are told from quantities by the neighbours of the examples", async () => {
  const found = async (config: OwnConfig) => findRegressedClasses(await createSubject(config));

  expect(await found(regression("named"))).toMatchObject({ classes: [1, 2, 3, 4, 5, 6], because: WORDS });
  expect(await found(regression("graded", { numbers: [1, 2, 3, 4, 5, 6] }))).toBeNull();
  expect(await found(regression("few", { numbers: [1, 3, 2] }))).toBeNull();
  expect(await found(regression("mixed", { spread: 4 }))).toBeNull();
  expect(await found(regression("unsaid", { because: null }))).toBeNull();
});

test("a regression of class numbers breaks the law on the loss, and an output for each class cures it", async () => {
  const config = regression("regressed");
  const { holds, laws } = await checkLaws(createSubject(config), {
    thresholds: config.thresholds,
    bitExact: false,
    laws: [lossFits],
  });
  const [cure] = (await wrongLoss.cures?.(config)) ?? [];

  expect(holds).toBe(false);
  expect(laws[0]?.detail).toContain(WORDS);
  expect(cure?.values).toMatchObject({
    "data.classes": [1, 2, 3, 4, 5, 6],
    "rework.outputUnits": 6,
    "training.loss": { name: "categoricalCrossentropy" },
  });
  const cured = await createSubject(cure?.config as OwnConfig);
  expect(cured.train).toMatchObject({ classification: true, outputs: 6 });
});

import {
  add,
  grad,
  log,
  mean,
  mul,
  neg,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { binaryCrossentropy, categoricalCrossentropy } from "../../../src/learning/loss/crossentropy.ts";
import { createLoss, type Loss } from "../../../src/learning/loss/loss.ts";

type Table = readonly (readonly number[])[];
/** Targets and predictions of one batch; the predictions are float32 numbers, so that both sides see the same. */
type Batch = readonly [targets: Table, predictions: Table];

/** Float32 has no 1 − 10⁻⁷: the upper edge is the nearest number that it has. */
const [LEAST, MOST] = [1e-7, Math.fround(1 - 1e-7)];
const clip = (probability: number) => Math.min(MOST, Math.max(LEAST, probability));
const average = (values: readonly number[]) =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Both losses of a batch in double precision, as Keras documents them. */
const FORMULAS = {
  binaryCrossentropy: ([targets, predictions]: Batch) =>
    average(
      targets.flatMap((row, example) =>
        row.map((target, output) => {
          const probability = clip(predictions[example]?.[output] as number);
          return -(target * Math.log(probability + 1e-7) + (1 - target) * Math.log(1 - probability + 1e-7));
        }),
      ),
    ),
  categoricalCrossentropy: ([targets, predictions]: Batch) =>
    average(
      targets.map((row, example) => {
        const outputs = predictions[example] as readonly number[];
        const total = outputs.reduce((sum, output) => sum + output, 0);
        return -row.reduce(
          (sum, y, output) => sum + y * Math.log(clip((outputs[output] as number) / total)),
          0,
        );
      }),
    ),
};
type Name = keyof typeof FORMULAS;
const LOSSES: Readonly<Record<Name, Loss>> = {
  binaryCrossentropy: createLoss({ name: "binaryCrossentropy" }),
  categoricalCrossentropy: createLoss({ name: "categoricalCrossentropy" }),
};

const exact = (rows: Table): Table => rows.map((row) => row.map(Math.fround));
const BATCHES: readonly [Name, string, Batch][] = [
  ["binaryCrossentropy", "one output", [[[1], [0], [1]], exact([[0.3], [0.6], [0.95]])]],
  [
    "binaryCrossentropy",
    "two outputs",
    [
      [
        [1, 0],
        [0, 1],
      ],
      exact([
        [0.2, 0.7],
        [0.4, 0.5],
      ]),
    ],
  ],
  ["binaryCrossentropy", "soft targets", [[[0.25, 0.9]], exact([[0.5, 0.1]])]],
  [
    "binaryCrossentropy",
    "just inside the edges",
    [
      [
        [1, 0],
        [0, 1],
      ],
      exact([
        [1e-6, 1e-6],
        [1 - 1e-6, 1 - 1e-6],
      ]),
    ],
  ],
  [
    "binaryCrossentropy",
    "at 0 and 1",
    [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 0],
        [1, 1],
      ],
    ],
  ],
  [
    "binaryCrossentropy",
    "outside [0, 1]",
    [
      [
        [1, 0],
        [0, 1],
      ],
      exact([
        [-0.5, -3],
        [1.5, 40],
      ]),
    ],
  ],
  [
    "categoricalCrossentropy",
    "a softmax",
    [
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
      exact([
        [0.2, 0.5, 0.3],
        [0.1, 0.3, 0.6],
      ]),
    ],
  ],
  [
    "categoricalCrossentropy",
    "outputs that do not sum to 1",
    [
      [
        [1, 0],
        [0, 1],
      ],
      exact([
        [3, 5],
        [0.1, 0.2],
      ]),
    ],
  ],
  ["categoricalCrossentropy", "one output", [[[1], [1]], exact([[0.3], [0.9]])]],
  [
    "categoricalCrossentropy",
    "just inside the edges",
    [
      [
        [1, 0],
        [0, 1],
      ],
      exact([
        [2e-6, 1],
        [1, 2e-6],
      ]),
    ],
  ],
  [
    "categoricalCrossentropy",
    "at 0 and 1",
    [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ],
];

/** The largest relative differences of a loss, and of its gradient, from the formula and its central differences. */
function differences(
  loss: Loss,
  name: Name,
  [targets, predictions]: Batch,
): { value: number; slope: number } {
  const at = (table: Table) => tensor2d(table.map((row) => [...row]));
  const expected = FORMULAS[name]([targets, predictions]);
  const value = tidy(() => loss(at(targets), at(predictions)).dataSync()[0] as number);
  const slopes = tidy(() => [...grad((p: Tensor) => loss(at(targets), p))(at(predictions)).dataSync()]);
  const width = 1e-9;
  const moved = (place: number, by: number): Table => {
    let index = 0;
    return predictions.map((row) =>
      row.map((prediction) => (index++ === place ? prediction + by : prediction)),
    );
  };
  const worst = slopes.map((slope, place) => {
    const [above, below] = [width, -width].map((by) => FORMULAS[name]([targets, moved(place, by)])) as [
      number,
      number,
    ];
    return relative(slope, (above - below) / (2 * width));
  });
  return { value: relative(value, expected), slope: Math.max(...worst) };
}

/** The difference over the expected number, or over 0.01 where that is larger; infinite where there is no number. */
function relative(got: number, expected: number): number {
  const difference = Math.abs(got - expected) / Math.max(Math.abs(expected), 0.01);
  return Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
}

const TOLERANCE = 1e-3;

describe.each(["wasm", "cpu"])("on the engine %s", (engine) => {
  beforeAll(async () => {
    await startEngine({ name: engine });
  });

  test.each(BATCHES)("%s of %s has the value and the gradient of its formula", (name, _, batch) => {
    const { value, slope } = differences(LOSSES[name], name, batch);

    expect(value).toBeLessThan(TOLERANCE);
    expect(slope).toBeLessThan(TOLERANCE);
  });
});

describe("the same check refuses, as twins,", () => {
  const batchOf = (name: Name, title: string) =>
    BATCHES.find(([loss, of]) => loss === name && of === title)?.[2] as Batch;

  test.each<Name>(["binaryCrossentropy", "categoricalCrossentropy"])("%s times 2", (name) => {
    const doubled: Loss = (targets, predictions) => mul(2, LOSSES[name](targets, predictions));

    for (const [, , batch] of BATCHES.filter(([loss, of]) => loss === name && !of.includes("one output"))) {
      expect(differences(doubled, name, batch).value).toBeGreaterThan(TOLERANCE);
    }
    expect(differences(doubled, name, batchOf(name, "just inside the edges")).slope).toBeGreaterThan(
      TOLERANCE,
    );
  });

  test.each<[Name, string, (targets: Tensor, predictions: Tensor) => Tensor]>([
    ["binaryCrossentropy", "two outputs", binaryCrossentropy],
    ["categoricalCrossentropy", "a softmax", categoricalCrossentropy],
  ])("%s of %s without the mean", (name, title, elementwise) => {
    const summed: Loss = (targets, predictions) => sum(elementwise(targets, predictions));

    const { value, slope } = differences(summed, name, batchOf(name, title));

    expect(value).toBeGreaterThan(TOLERANCE);
    expect(slope).toBeGreaterThan(TOLERANCE);
  });

  // Equal to the true one at ordinary values: only the batches at the edges tell the two apart.
  test("binaryCrossentropy that does not clip", () => {
    const unclipped: Loss = (targets, predictions) => {
      const logOf = (probability: Tensor) => log(add(probability, 1e-7));
      const ofZeros = mul(sub(1, targets), logOf(sub(1, predictions)));
      return mean(neg(add(mul(targets, logOf(predictions)), ofZeros)));
    };

    expect(
      differences(unclipped, "binaryCrossentropy", batchOf("binaryCrossentropy", "two outputs")).slope,
    ).toBeLessThan(TOLERANCE);
    for (const title of ["at 0 and 1", "outside [0, 1]"]) {
      const { value, slope } = differences(
        unclipped,
        "binaryCrossentropy",
        batchOf("binaryCrossentropy", title),
      );
      expect(value).toBeGreaterThan(TOLERANCE);
      expect(slope).toBeGreaterThan(TOLERANCE);
    }
  });

  test("categoricalCrossentropy that does not scale its outputs to sum to 1", () => {
    const unscaled: Loss = (targets, predictions) => mean(neg(sum(mul(targets, log(predictions)), -1)));
    const batch = batchOf("categoricalCrossentropy", "outputs that do not sum to 1");

    expect(differences(unscaled, "categoricalCrossentropy", batch).value).toBeGreaterThan(TOLERANCE);
  });
});

describe("a softmax that is sure of the wrong class", () => {
  /** The gradient by the logits, of which the second is 30 larger, where the first class is the right one. */
  const slope = (clipped: boolean) => {
    const values: number[] = [];
    tidy(() => {
      const ofLogits = grad((logits: Tensor) =>
        sum(categoricalCrossentropy(tensor2d([[1, 0]]), softmax(logits), { clipped })),
      );
      values.push(...ofLogits(tensor2d([[0, 30]])).dataSync());
    });
    return values;
  };

  test("is led back where nothing is clipped, as Keras does on TensorFlow", () => {
    const [right = 0, wrong = 0] = slope(false);

    expect(right).toBeCloseTo(-1, 4);
    expect(wrong).toBeCloseTo(1, 4);
  });

  test("has no gradient where its probabilities are clipped: the twin", () => {
    expect(slope(true).map(Math.abs)).toEqual([0, 0]);
  });
});

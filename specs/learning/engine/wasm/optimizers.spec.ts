import { dispose, memory, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  adamUpdate,
  momentumUpdate,
  rmspropUpdate,
  sgdUpdate,
} from "../../../../src/learning/optimizer/optimizerUpdate.ts";
import { randomValues, startEngines } from "./kernels.ts";

beforeAll(() => startEngines());

/** Three updates with the same gradient; `moments` begin at zero. Returns the final weights. */
function weightsAfter(
  update: (weights: Tensor, gradient: Tensor, moments: Tensor[], step: number) => Tensor[],
  moments: number,
): number[] {
  const gradient = tensor(randomValues([7], 1).values as Float32Array);
  let state = [
    tensor(randomValues([7], 2).values as Float32Array),
    ...Array.from({ length: moments }, () => tensor(new Float32Array(7))),
  ];
  for (let step = 1; step <= 3; step++) {
    const [weights, ...rest] = state as [Tensor, ...Tensor[]];
    const next = update(weights, gradient, rest, step);
    dispose(state);
    state = next;
  }
  const values = Array.from((state[0] as Tensor).dataSync());
  dispose([gradient, ...state]);
  return values;
}

/** The same in double precision, straight from the formula. */
function expected(
  rule: (w: number, g: number, moments: number[], step: number) => [number, ...number[]],
  moments: number,
): number[] {
  const gradients = randomValues([7], 1).values;
  return Array.from(randomValues([7], 2).values, (start, index) => {
    let state: [number, ...number[]] = [start, ...new Array<number>(moments).fill(0)];
    for (let step = 1; step <= 3; step++) state = rule(state[0], gradients[index] ?? 0, state.slice(1), step);
    return state[0];
  });
}

function worst(got: number[], want: number[]): number {
  return Math.max(...got.map((value, index) => Math.abs(value - (want[index] ?? Number.NaN))));
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-3;
const RATE = 0.05;

function adamOf(epsilonInsideRoot: boolean) {
  return (w: number, g: number, [m = 0, v = 0]: number[], step: number): [number, ...number[]] => {
    const mean = BETA1 * m + (1 - BETA1) * g;
    const square = BETA2 * v + (1 - BETA2) * g * g;
    const correctedSquare = square / (1 - BETA2 ** step);
    const divisor = epsilonInsideRoot
      ? Math.sqrt(correctedSquare + EPSILON)
      : Math.sqrt(correctedSquare) + EPSILON;
    return [w - (RATE * (mean / (1 - BETA1 ** step))) / divisor, mean, square];
  };
}

describe("Adam", () => {
  const got = () =>
    weightsAfter(
      (weights, gradient, [mean, meanSquare], step) =>
        adamUpdate(weights, gradient, mean as Tensor, meanSquare as Tensor, {
          learningRate: RATE,
          beta1: BETA1,
          beta2: BETA2,
          correction1: 1 - BETA1 ** step,
          correction2: 1 - BETA2 ** step,
          epsilon: EPSILON,
        }),
      2,
    );

  test("follows Keras's formula, epsilon outside the root", () => {
    expect(worst(got(), expected(adamOf(false), 2))).toBeLessThan(1e-6);
  });

  test("is told apart from the formula with epsilon inside the root", () => {
    expect(worst(got(), expected(adamOf(true), 2))).toBeGreaterThan(1e-4);
  });
});

test("gradient descent follows its formula", () => {
  const got = weightsAfter((weights, gradient) => sgdUpdate(weights, gradient, { learningRate: RATE }), 0);

  expect(
    worst(
      got,
      expected((w, g) => [w - RATE * g], 0),
    ),
  ).toBeLessThan(1e-6);
});

test("momentum follows its formula", () => {
  const got = weightsAfter(
    (weights, gradient, [velocity]) =>
      momentumUpdate(weights, gradient, velocity as Tensor, { learningRate: RATE, momentum: 0.9 }),
    1,
  );

  const want = expected((w, g, [a = 0]) => [w - RATE * (0.9 * a + g), 0.9 * a + g], 1);
  expect(worst(got, want)).toBeLessThan(1e-6);
});

test("RMSProp follows its formula, epsilon outside the root", () => {
  const got = weightsAfter(
    (weights, gradient, [meanSquare]) =>
      rmspropUpdate(weights, gradient, meanSquare as Tensor, {
        learningRate: RATE,
        decay: 0.9,
        epsilon: EPSILON,
      }),
    1,
  );

  const want = expected((w, g, [s = 0]) => {
    const square = 0.9 * s + 0.1 * g * g;
    return [w - (RATE * g) / (Math.sqrt(square) + EPSILON), square];
  }, 1);
  expect(worst(got, want)).toBeLessThan(1e-6);
});

test("an update leaves no tensor behind but its results", () => {
  const before = memory().numTensors;
  const [weights, gradient] = [tensor([1]), tensor([2])];

  const updated = sgdUpdate(weights, gradient, { learningRate: 1 });
  dispose([weights, gradient, ...updated]);

  expect(memory().numTensors).toBe(before);
});

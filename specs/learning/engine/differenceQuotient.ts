/** Holds operations against the difference quotient: (f(x + h) - f(x - h)) / 2h for each number of each input. */
import { engine, grads, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { EngineName } from "../../../src/learning/engine/engineName.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import type { Operation } from "./operations/operation.ts";

/** Half of the step, in units of the inputs: float32's rounding and the curve's bend are then both near 1e-5. */
const STEP = 4e-3;

/** What an operation has to answer. */
export interface Reference {
  readonly inputs: readonly Float32Array[];
  readonly shape: number[];
  /** By what the numbers of the output are weighted in the sum that is differentiated. */
  readonly weights: Float32Array;
  readonly value: Float32Array;
  /** The gradients of the inputs by the difference quotient. */
  readonly quotients: readonly Float32Array[];
}

/** How far an engine's answers are from the reference, over the reference's largest number. */
export interface Agreement {
  readonly value: number;
  readonly gradient: number;
}

/** The engine whose values the quotients are of: plain JavaScript. */
export const REFERENCE_ENGINE: EngineName = "cpu";

/** The references of several operations; starts {@link REFERENCE_ENGINE}. */
export async function referencesOf(operations: readonly Operation[]): Promise<Map<Operation, Reference>> {
  await startEngine({ name: REFERENCE_ENGINE });
  return new Map(operations.map((operation) => [operation, referenceOf(operation)]));
}

function referenceOf(operation: Operation): Reference {
  const inputs = operation.shapes.map((shape, index) => inputOf(shape, index, operation.positive ?? false));
  const { value, shape } = answerOf(operation, inputs);
  const weights = spread(value.length, 99);
  const weighted = (all: readonly Float32Array[]) =>
    answerOf(operation, all).value.reduce((sum, one, at) => sum + one * (weights[at] as number), 0);
  const quotients = inputs.map((input, index) =>
    input.map((_, at) => {
      const moved = (by: number) => inputs.with(index, input.with(at, (input[at] as number) + by));
      return (weighted(moved(STEP)) - weighted(moved(-STEP))) / (2 * STEP);
    }),
  );
  return { inputs, shape, weights, value, quotients };
}

function answerOf(operation: Operation, inputs: readonly Float32Array[]) {
  return tidy(() => {
    const out = operation.compute(...tensorsOf(operation, inputs));
    return { value: Float32Array.from(out.dataSync()), shape: out.shape };
  });
}

function tensorsOf({ shapes }: Operation, inputs: readonly Float32Array[]): Tensor[] {
  return inputs.map((input, index) => tensor(input, shapes[index]));
}

/**
 * What the running engine answers, against the reference.
 *
 * @throws what the engine throws for an operation that it refuses.
 */
export async function agreementOf(operation: Operation, reference: Reference): Promise<Agreement> {
  const [value, ...gradients] = answersOf(operation, reference);
  const numbers = async (answer: Tensor | undefined) => (await (answer as Tensor).data()) as Float32Array;
  const agreement = {
    value: difference(await numbers(value), reference.value),
    gradient: Math.max(
      ...(await Promise.all(
        reference.quotients.map(async (quotient, index) =>
          difference(await numbers(gradients[index]), quotient),
        ),
      )),
    ),
  };
  for (const answer of [value, ...gradients]) answer?.dispose();
  return agreement;
}

/** The value and the gradient of each input, which the caller disposes. */
function answersOf(operation: Operation, { inputs, weights, shape }: Reference): Tensor[] {
  try {
    return tidy(() => {
      const x = tensorsOf(operation, inputs);
      return [operation.compute(...x), ...grads(operation.compute)(x, tensor(weights, shape))];
    });
  } catch (error) {
    // TensorFlow.js keeps what it saved for a gradient that then throws.
    for (const { saved } of engine().state.activeTape ?? []) for (const kept of saved ?? []) kept.dispose();
    throw error;
  }
}

/** Largest difference over the largest expected size; infinite where a number is missing or is not finite. */
function difference(got: Float32Array, expected: Float32Array): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const differences = Array.from(expected, (value, at) => Math.abs((got[at] as number) - value));
  if (!differences.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const size = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return Math.max(...differences) / (size || 1);
}

/** Each input has a scale of its own, so that sums of two inputs do not tie. */
function inputOf(shape: readonly number[], index: number, positive: boolean): Float32Array {
  const values = spread(
    shape.reduce((size, axis) => size * axis, 1),
    7 + index,
  );
  return values.map((value) => {
    const scaled = value * (1 + 0.0713 * index) + 0.013 * index;
    return positive ? Math.abs(scaled) + 0.2 + (scaled < 0 ? 0.011 : 0) : scaled;
  });
}

/** Numbers that lie evenly in [-1.6, 1.6] in a mixed order: no two are so near that the step changes their order. */
function spread(count: number, salt: number): Float32Array {
  let state = salt;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const order = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return Float32Array.from(order, (place) => (count === 1 ? 0.7 : -1.6 + (3.2 * (place + 0.37)) / count));
}

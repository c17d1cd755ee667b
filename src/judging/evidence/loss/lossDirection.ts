import { grad, type Scalar, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import type { LossConfig } from "../../../learning/config/schema.ts";
import { freeingTape } from "../../../learning/engine/freeTape.ts";
import { createLoss, type Loss } from "../../../learning/loss/loss.ts";
import { sizeOf, type TargetPart } from "../../../learning/subject/parts.ts";
import { readAndDispose } from "../../../learning/training/read.ts";

const EXAMPLES = 8;

/**
 * How a loss responds to random predictions and targets, all of them between 0.1 and 0.9; to targets of 0 and 1 where it
 * hears no others.
 */
export interface LossDirection {
  /**
   * Cosine between the gradient of the loss and that of the squared error: 1 if it pulls straight to the targets. Null where
   * targets have another shape than predictions.
   */
  readonly cosine: number | null;
  /** Whether the loss stays the same when the targets are permuted among the examples. */
  readonly ignoresOrder: boolean;
  /** Whether the loss stays the same for entirely different targets. */
  readonly ignoresTargets: boolean;
  /** Whether its gradient stays the same for entirely different targets, so that nothing pulls towards them. */
  readonly slopeIgnoresTargets: boolean;
  /** Whether it looks at the predictions of all examples together, such as at their mean, before it compares them. */
  readonly poolsPredictions: boolean;
  /** Indices of the numbers of the output that the loss does not depend on. */
  readonly ignoredOutputs: readonly number[];
}

/**
 * Returns null if the loss throws on such predictions, or if its value or gradient is not finite.
 *
 * @param part the shape of the output in one example, and that of its targets where it is another.
 */
export async function measureLossDirection(
  config: LossConfig | Loss,
  part: Pick<TargetPart, "shape" | "ownShape">,
): Promise<LossDirection | null> {
  const between = await measureFor(config, part, false);
  if (!between?.ignoresTargets) return between;
  // A loss may ask whether a target is 1, or which class it numbers, and take all numbers between for the same.
  const atEnds = await measureFor(config, part, true);
  return atEnds === null || atEnds.ignoresTargets ? between : atEnds;
}

/** @param areLabels whether every target is 0 or 1 */
async function measureFor(
  config: LossConfig | Loss,
  { shape, ownShape: wanted = shape }: Pick<TargetPart, "shape" | "ownShape">,
  areLabels: boolean,
): Promise<LossDirection | null> {
  const loss = createLoss(config);
  const [outputs, numbers] = [sizeOf(shape), sizeOf(wanted)];
  const random = seedStream(1, "evidence/lossDirection");
  const draw = (size: number) =>
    Float32Array.from({ length: EXAMPLES * size }, () => 0.1 + 0.8 * random.uniform());
  const drawTargets = () => (areLabels ? draw(numbers).map((value) => Math.round(value)) : draw(numbers));
  const [targets, predictions] = [drawTargets(), draw(outputs)];
  const dealt = Float32Array.from(
    targets,
    (_, index) => targets[(index + numbers) % targets.length] as number,
  );
  try {
    const table = (values: Float32Array) => tensor(values, [EXAMPLES, ...shape]);
    const targetTable = (values: Float32Array) => tensor(values, [EXAMPLES, ...wanted]);
    const slopeFor = (y: Float32Array, at = predictions) =>
      readAndDispose(
        freeingTape(() => tidy(() => grad((p: Tensor) => loss(targetTable(y), p) as Scalar)(table(at)))),
      );
    const gradient = await slopeFor(targets);
    const valueFor = async (y: Float32Array) => {
      const value = tidy(() => loss(targetTable(y), table(predictions)));
      return (await readAndDispose(value))[0] as number;
    };
    // Labels that are all turned around still say which examples belong together.
    const strangers = drawTargets();
    const [actual, other, foreign] = [
      await valueFor(targets),
      await valueFor(dealt),
      await valueFor(strangers),
    ];
    const elsewhere = await slopeFor(strangers);
    if (!gradient.every(Number.isFinite) || !Number.isFinite(actual)) return null;
    const others = predictions.slice();
    others.set(draw(outputs).subarray(0, outputs));
    const besideOthers = await slopeFor(targets, others);
    return {
      cosine:
        String(wanted) === String(shape)
          ? cosineOf(
              gradient,
              predictions.map((value, index) => value - (targets[index] as number)),
            )
          : null,
      ignoresOrder: isSame(actual, other),
      ignoresTargets: isSame(actual, foreign),
      slopeIgnoresTargets: gradient.every((slope, index) => isSame(slope, elsewhere[index] as number)),
      poolsPredictions:
        isAlikeInAll(gradient, outputs) || !isParallel(gradient.slice(outputs), besideOthers.slice(outputs)),
      ignoredOutputs: silentColumns(gradient, outputs),
    };
  } catch {
    return null;
  }
}

/** Whether two losses are equal up to float32 rounding. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.abs(a);
}

/** Whether the slope is the same in every example, as that of a mean over the examples is. */
function isAlikeInAll(gradient: Float32Array, outputs: number): boolean {
  return gradient.every((slope, index) => isSame(slope, gradient[index % outputs] as number));
}

/** The outputs whose slope is 0 in every example. */
function silentColumns(gradient: Float32Array, outputs: number): readonly number[] {
  const isHeard = new Uint8Array(outputs);
  gradient.forEach((slope, index) => {
    if (slope !== 0) isHeard[index % outputs] = 1;
  });
  return Array.from({ length: outputs }, (_, output) => output).filter((output) => isHeard[output] === 0);
}

/** Slopes of the other examples keep their direction when one prediction changes, unless the loss pools them. */
function isParallel(before: Float32Array, after: Float32Array): boolean {
  return cosineOf(before, after) > 1 - 1e-4;
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let [ofA, ofB] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    product += (a[index] as number) * (b[index] as number);
    ofA += (a[index] as number) ** 2;
    ofB += (b[index] as number) ** 2;
  }
  return ofA === 0 || ofB === 0 ? 0 : product / Math.sqrt(ofA * ofB);
}

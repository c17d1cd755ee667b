// Finds the constant prediction that a loss likes best, as a network of biases alone would. The search needs no gradient
// and no rate: each number of the row is moved by a step of its own, which doubles where it helps and halves where not,
// so that a mean of thousands and the logarithm of a variance are found alike.

/** A constant prediction. */
export interface FoundConstant {
  /** One row of predictions. */
  readonly row: Float32Array;
  /** Its loss; Infinity where no row that was tried has a finite one. */
  readonly loss: number;
  /** Whether the loss keeps falling however far the row goes, so that no constant is best. */
  readonly isBottomless: boolean;
}

/** Computes the loss of one row of predictions for every example. */
export type LossOfRow = (row: Float32Array) => Promise<number>;

/** Bounds the work for outputs of many numbers. */
const MOST_TRIALS = 1500;
const FINEST = 1e-4;
/** Beyond this many times the scale of the targets, a number of the row runs away. */
const FAR = 1000;
/** Ten times as far, a loss that falls in proportion falls ten times as much; one that levels off falls less. */
const STILL_FALLS = 2;

/**
 * Searches for the best constant.
 *
 * @param starts rows from which the search may start; it takes the one of the least loss.
 * @param scale spread of the targets, with which the steps begin.
 */
export async function searchConstant(
  lossOf: LossOfRow,
  starts: readonly Float32Array[],
  scale: number,
): Promise<FoundConstant> {
  let best = { row: starts[0] ?? new Float32Array(1), loss: Number.POSITIVE_INFINITY };
  for (const row of starts) {
    const loss = await lossOf(row);
    if (loss < best.loss) best = { row, loss };
  }
  const steps = Array.from(best.row, () => scale);
  let trials = 0;
  const improves = async (number: number, step: number): Promise<boolean> => {
    trials++;
    const row = Float32Array.from(best.row);
    row[number] = (row[number] as number) + step;
    const loss = await lossOf(row);
    if (!(loss < best.loss)) return false;
    best = { row, loss };
    return true;
  };
  while (
    Number.isFinite(best.loss) &&
    trials < MOST_TRIALS &&
    steps.some((step) => Math.abs(step) > FINEST * scale)
  ) {
    for (let number = 0; number < steps.length; number++) {
      const step = steps[number] as number;
      if (await improves(number, step)) steps[number] = 2 * step;
      else if (await improves(number, -step)) steps[number] = -2 * step;
      else steps[number] = step / 2;
    }
    if (await isBottomless(lossOf, best, scale)) return { ...best, isBottomless: true };
  }
  return { ...best, isBottomless: best.loss === Number.NEGATIVE_INFINITY };
}

async function isBottomless(
  lossOf: LossOfRow,
  { row, loss }: Pick<FoundConstant, "row" | "loss">,
  scale: number,
): Promise<boolean> {
  if (row.every((number) => Math.abs(number) < FAR * scale)) return false;
  const nearer = (await lossOf(row.map((number) => number / 10))) - loss;
  const farther = loss - (await lossOf(row.map((number) => 10 * number)));
  return nearer > 0 && farther > STILL_FALLS * nearer;
}

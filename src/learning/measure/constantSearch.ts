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

/** Bounds the work. */
const MOST_TRIALS = 1500;
/** Of more numbers, such as those of a map, not each is moved by itself. */
const MOST_APART = 64;
const FINEST = 1e-4;
/** Beyond this many times the scale of the targets, a number of the row runs away. */
const FAR = 1000;
/** Ten times as far, a loss that falls in proportion falls ten times as much; one that levels off falls less. */
const STILL_FALLS = 2;

/**
 * Searches for the best constant. In an output of more than 64 numbers those of one channel have one value, as a bias gives it
 * them; of more than 64 channels, all numbers have one.
 *
 * @param starts rows from which the search may start; it takes the one of the least loss.
 * @param scale spread of the targets, with which the steps begin.
 * @param channels how many numbers the last axis of the output has.
 */
export async function searchConstant(
  lossOf: LossOfRow,
  starts: readonly Float32Array[],
  scale: number,
  channels: number,
): Promise<FoundConstant> {
  let best = { row: starts[0] ?? new Float32Array(1), loss: Number.POSITIVE_INFINITY };
  for (const row of starts) {
    const loss = await lossOf(row);
    if (loss < best.loss) best = { row, loss };
  }
  const size = best.row.length;
  const apart = size <= MOST_APART ? size : channels <= MOST_APART ? channels : 1;
  const steps = Array.from({ length: apart }, () => scale);
  let trials = 0;
  const improves = async (number: number, step: number): Promise<boolean> => {
    trials++;
    const row = best.row.map((value, place) => (place % apart === number ? value + step : value));
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

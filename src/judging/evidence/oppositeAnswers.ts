import { average } from "../../foundation/numbers/statistics.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";

/** Fewer held-out examples are answered the wrong way round by chance. */
const FEWEST = 30;

/**
 * Measures how the predictions for held-out examples go with their targets: the correlation, averaged over the numbers of
 * the outputs. A network that has only learnt its training examples by heart guesses and comes to about 0. Far below 0 it
 * has learnt something that means the opposite here, as where two channels or two classes have changed places.
 *
 * @returns null for fewer than 30 examples, and where no number of the targets and of the predictions varies.
 */
export function correlationOnHeldOut({ outputs }: Pick<Evaluation, "outputs">): number | null {
  const correlations = outputs.flatMap(({ predictions, targets, examples }) => {
    const columns = targets.length / examples;
    if (examples < FEWEST) return [];
    return Array.from({ length: columns }, (_, column) =>
      correlationOf(columnOf(predictions, column, columns), columnOf(targets, column, columns)),
    ).filter((correlation) => correlation !== null);
  });
  return correlations.length === 0 ? null : average(correlations);
}

function columnOf(table: Float32Array, column: number, columns: number): number[] {
  return Array.from({ length: table.length / columns }, (_, row) => table[row * columns + column] as number);
}

/** Returns null where one of both is constant. */
function correlationOf(one: readonly number[], other: readonly number[]): number | null {
  const [mean, otherMean] = [average(one), average(other)];
  let [together, squares, otherSquares] = [0, 0, 0];
  one.forEach((value, at) => {
    const [a, b] = [value - mean, (other[at] as number) - otherMean];
    together += a * b;
    squares += a * a;
    otherSquares += b * b;
  });
  const size = Math.sqrt(squares * otherSquares);
  return size > 0 ? together / size : null;
}

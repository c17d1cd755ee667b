import { average, columnOf, correlation } from "../../../foundation/numbers/statistics.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";

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
      correlation(columnOf(predictions, columns, column), columnOf(targets, columns, column)),
    ).filter((one) => one !== null);
  });
  return correlations.length === 0 ? null : average(correlations);
}

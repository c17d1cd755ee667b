/** A probe looks at no more training examples than this. */
export const MOST_PROBED = 128;

/** Probes cost at most about a tenth of training, whose step costs three forward passes of its batch. */
const FORWARD_PASSES_PER_STEP = 3;
const SHARE = 0.08;

/**
 * Says at which steps a run is probed: at powers of two, since a network that dies does so within its
 * first 25 steps, then evenly, as often as a tenth of the training time affords.
 *
 * @param batchSize examples in a step.
 * @param examples examples in the training set.
 */
export function probeSchedule(batchSize: number, examples: number): (step: number) => boolean {
  const probed = Math.min(MOST_PROBED, examples);
  const interval = Math.max(10, Math.ceil(probed / (SHARE * FORWARD_PASSES_PER_STEP * batchSize)));
  return (step) => step % interval === 0 || (step & (step - 1)) === 0;
}

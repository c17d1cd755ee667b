/** A probe looks at no more training examples than this. */
export const MOST_PROBED = 128;

/**
 * A training step costs three forward passes of its batch. The forward passes of the even probes may cost this
 * share of training; with the early probes and the reading of weights, probes stay under a tenth.
 */
const FORWARD_PASSES_PER_STEP = 3;
const SHARE = 0.05;

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

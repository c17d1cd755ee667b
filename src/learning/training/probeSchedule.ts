/** The largest number of training examples that a probe uses. */
export const MOST_PROBED = 128;

/**
 * A training step costs as much as three forward passes of its batch. The forward passes of the evenly spaced probes
 * may cost this share of training. Together with the early probes and the reading of weights, all probes cost less than
 * a tenth.
 */
const FORWARD_PASSES_PER_STEP = 3;
const SHARE = 0.05;

/**
 * Says at which steps a run is probed: first at powers of two, since a network whose units die loses them within its
 * first 25 steps, then at even intervals, as often as a tenth of the training time allows.
 *
 * @param batchSize examples in a step.
 * @param examples examples in the training set.
 */
export function probeSchedule(batchSize: number, examples: number): (step: number) => boolean {
  const probed = Math.min(MOST_PROBED, examples);
  const interval = Math.max(10, Math.ceil(probed / (SHARE * FORWARD_PASSES_PER_STEP * batchSize)));
  return (step) => step % interval === 0 || (step & (step - 1)) === 0;
}

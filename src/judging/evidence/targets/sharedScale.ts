import type { Examples } from "../../../learning/subject/examples.ts";
import { spreadOf } from "../spread.ts";

/** Two ranges count as the same if their ends differ by at most this share of the range. */
const ALIKE = 0.05;

/**
 * Whether targets and inputs lie in the same range, as those of an autoencoder and of most models from picture to
 * picture do. Their scale then has one origin, the data, and neither the loss nor the outputs were chosen for it.
 */
export function shareScale({ inputs, targets }: Pick<Examples, "inputs" | "targets">): boolean {
  const [given, wanted] = [spreadOf(inputs), spreadOf(targets)];
  const range = wanted.most - wanted.least;
  const differ = Math.max(Math.abs(given.least - wanted.least), Math.abs(given.most - wanted.most));
  return range > 0 && differ <= ALIKE * range;
}

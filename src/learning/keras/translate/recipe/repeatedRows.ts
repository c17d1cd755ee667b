import type { RepeatedRows } from "../../../config/schema.ts";
import type { TranslatedOptimizer, Version } from "./translateOptimizer.ts";

/** The optimizers that take neither the square nor the size of a gradient. */
const WITHOUT_POWERS: readonly string[] = ["sgd", "momentum", "lion"];

/** The first Keras 2 that is TensorFlow's own, whose functions for limits TensorFlow's gradients of single lookups reach. */
const FIRST_OF_TENSORFLOW = 4;

/** What is known of a program where its optimizer meets tables. */
export interface RowFacts {
  readonly backend: string | undefined;
  readonly version: Version;
  /** The layers, as TensorFlow.js loads them. */
  readonly topology: unknown;
  /** How many batches are added up before an update. */
  readonly together: number;
}

/**
 * Returns how Keras updates a row that one step looks up several times. On TensorFlow the optimizer is given a gradient for each
 * lookup; Keras 2 adds them up once the limits are laid on them, Keras 3 squares them first. On other backends, and where the
 * gradients of several batches are added up, it is given their sum.
 *
 * @returns null where the sum says all.
 */
export function repeatedRowsOf(
  { backend, version: [major, minor], topology, together }: RowFacts,
  optimizer: TranslatedOptimizer,
): RepeatedRows | null {
  const hasTable = /"class_name":"(?:Embedding|TracedLayer)"/.test(JSON.stringify(topology));
  if (backend !== "tensorflow" || !hasTable || together > 1) return null;
  const isLimited = ["clipNorm", "globalClipNorm", "clipValue"].some((limit) => limit in optimizer);
  if (major >= 3) return isLimited || !WITHOUT_POWERS.includes(optimizer.name) ? "squaredApart" : null;
  return major === 2 && minor >= FIRST_OF_TENSORFLOW && isLimited ? "limitedApart" : null;
}

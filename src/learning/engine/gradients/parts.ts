/**
 * Gives the gradients of Unpack and SplitV a list where there is one part. TensorFlow.js hands the gradient of a single output
 * over as a tensor, and its own two gradients of these take lists alone, so that a batch of one row cannot be taken apart.
 */
import { mendGradient } from "./replaceGradient.ts";

/** Installs the gradients of Unpack and SplitV. */
export function installParts(): void {
  for (const kernel of ["Unpack", "SplitV"])
    mendGradient(
      kernel,
      (stock) => (dy, saved, attributes) => stock([dy].flat() as never, saved, attributes),
    );
}

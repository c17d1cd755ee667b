import { type ByOutput, byOutput } from "./byOutput.ts";
import type { ReadLosses } from "./recipe.ts";

/** Which outputs a definition says to be classes. */
export interface DefinedClasses {
  /** Undefined where the definition leaves it to the losses. */
  readonly classes: boolean | ByOutput<boolean> | undefined;
  readonly losses: ReadLosses | null;
}

/**
 * Tells for each output of a model whether its targets are classes. Left out, those of a sparse crossentropy are.
 *
 * @param ofSingle the config's `classification`, which speaks of a single output.
 */
export function classificationOf(
  { classes, losses }: DefinedClasses,
  outputs: readonly { readonly name: string }[],
  ofSingle: boolean,
): boolean[] {
  if (outputs.length === 1) return [ofSingle];
  if (typeof classes === "boolean") return outputs.map(() => classes);
  if (classes !== undefined)
    return byOutput(classes, outputs, "classification").map((isClass) => isClass === true);
  if (losses === null) return outputs.map(() => ofSingle);
  return byOutput(losses, outputs, "loss").map((loss) => loss?.isSparse === true);
}

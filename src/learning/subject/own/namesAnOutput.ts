import type { DefinedClasses } from "./classification.ts";
import { isClassNumber, type WrittenClassWeight } from "./exampleWeights.ts";
import type { DefinedLosses } from "./outputLosses.ts";

/** Whether a definition speaks of an output by its name, so that the model has to be asked for its names. */
export function namesAnOutput({
  classes,
  losses,
  lossWeights,
  classWeight,
}: DefinedClasses & DefinedLosses & { readonly classWeight: WrittenClassWeight | null }): boolean {
  return [classes, losses, lossWeights, classWeight].some(
    (written) =>
      typeof written === "object" &&
      written !== null &&
      !Array.isArray(written) &&
      !Object.keys(written).every(isClassNumber),
  );
}

import { equal, logicalOr, sub, type Tensor, tidy, where } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { LossConfig } from "../../config/schema.ts";
import type { LossChoice } from "../../loss/criterion.ts";
import { raiseRoots } from "../../loss/underRoots.ts";
import type { Part } from "../parts.ts";
import { type ByOutput, byOutput } from "./byOutput.ts";
import { ownLoss, type WrittenLoss } from "./ownLoss.ts";
import type { ReadLosses } from "./recipe.ts";

/** The losses that a definition gives. */
export interface DefinedLosses {
  /** The custom loss of every output; null if there is none. */
  readonly loss: WrittenLoss | null;
  /** A loss for each output; null if one loss is for all. */
  readonly losses: ReadLosses | null;
  readonly lossWeights: ByOutput<number> | null;
  /**
   * Whether the custom loss of every output gets the predictions first and the targets second, or its labels 0 and 1
   * exchanged. @defaultValue neither
   */
  readonly turn?: true | "labels" | undefined;
  /** What is added to the numbers that custom losses take roots and logarithms of. @defaultValue 0 */
  readonly underRoots?: number | undefined;
}

/**
 * Gives each output its loss and its weight.
 *
 * @param subject the subject's name, for errors of a custom loss.
 * @param named the config's loss, for outputs that get no other.
 * @throws {InputError} if an output has no loss, or a loss or weight names an output that the model lacks.
 */
export function outputLosses(
  subject: string,
  { loss, losses, lossWeights, turn, underRoots = 0 }: DefinedLosses,
  outputs: readonly Part[],
  named: LossConfig,
): LossChoice {
  const own = loss && ownLoss(subject, turnedBy(raiseRoots(loss, underRoots), turn));
  const shared = own ?? named;
  if (losses === null && lossWeights === null) return shared;
  const each = losses && byOutput(losses, outputs, "loss");
  const weights = lossWeights && byOutput(lossWeights, outputs, "lossWeights");
  return outputs.map(({ name }, index) => {
    const weight = weights?.[index] ?? 1;
    if (!each) return { loss: shared, weight };
    const one = each[index];
    if (!one)
      throw new InputError({
        code: "missing-key",
        field: `loss.${name}`,
        message: "must be given, since the model has an output of that name; add it",
        got: undefined,
      });
    return {
      loss: one.own ? ownLoss(subject, raiseRoots(one.own, underRoots)) : (one.config as LossConfig),
      weight,
    };
  });
}

function turnedBy(loss: WrittenLoss, turn: DefinedLosses["turn"]): WrittenLoss {
  if (turn === undefined) return loss;
  return turn === "labels" ? ofTurnedLabels(loss) : turned(loss);
}

/** The same function each time: what is known of a loss is kept by its function. */
const turned = onceFor(
  (loss: WrittenLoss): WrittenLoss =>
    (targets, predictions) =>
      loss(predictions, targets),
);

const ofTurnedLabels = onceFor(
  (loss: WrittenLoss): WrittenLoss =>
    (targets, predictions) =>
      loss(exchangeLabels(targets), predictions),
);

/** Makes 1 of 0 and 0 of 1, and leaves other numbers as they are. */
function exchangeLabels(targets: Tensor): Tensor {
  return tidy(() => where(logicalOr(equal(targets, 0), equal(targets, 1)), sub(1, targets), targets));
}

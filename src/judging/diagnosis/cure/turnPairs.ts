// Two changes make a contrastive loss and the labels of its pairs agree: other labels, or another loss. What the script does
// with the distances tells which of the two its author means.

import type { Values } from "../../../learning/config/changeConfig.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { TurnedPairs } from "../../evidence/loss/turnedPairs.ts";

/** The changes that make loss and labels agree, the likelier first. */
export function turnsOfPairs({ asked = [] }: Pick<Subject, "asked">, pairs: TurnedPairs): readonly Values[] {
  const turns = [{ "data.turnLabels": true }, { "rework.turnLoss": "labels" }];
  const decisions = asked
    .flatMap(({ readings }) => readings)
    .filter(({ does, decided }) => does === "threshold" && decided === true);
  // Pairs that are alike are to be close: a decision for their label below a bound takes the labels for what they are.
  const isMeant = decisions.length > 0 && decisions.every(({ above }) => above === !pairs.alikeIsHigh);
  return isMeant ? turns.reverse() : turns;
}

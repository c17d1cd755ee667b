import { spreadRows } from "../../learning/subject/spreadRows.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
import type { Law } from "./law.ts";
import { measureRung } from "./measureRung.ts";
import { overfitsOne } from "./overfitsOne.ts";
import { overfitsTwo } from "./overfitsTwo.ts";

/**
 * Returns the law that training drives the error on `count` examples to nearly zero. The examples are spread over the
 * targets; for 1 and 2 examples it returns {@link overfitsOne} and {@link overfitsTwo}, which choose extreme targets.
 */
export function overfits(count: number): Law {
  if (count === 1) return overfitsOne;
  if (count === 2) return overfitsTwo;
  return {
    name: `overfits${count}`,
    trains: true,
    claim: `it overfits ${count} examples to a loss near zero`,
    measure: (context) => {
      const { examples, places } = judgedRows(context.subject);
      return measureRung(context, {
        choices: [spreadRows(examples, count).map((row) => places[row] as number)],
        variance: ({ targetVariance }) => targetVariance || 1,
        threshold: NEAR_ZERO,
      });
    },
  };
}

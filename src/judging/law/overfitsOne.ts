import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import { canLearnOneExample } from "../rung/batchStatistics.ts";
import { farthestPair } from "../rung/farthestExample.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
import { knownPairFromOwnRun } from "./knownFromOwnRun.ts";
import type { Law } from "./law.ts";
import { measureRung } from "./measureRung.ts";

/**
 * The first rung. It proves little by itself, since the output biases alone can memorise one example;
 * what it catches is an output or an optimizer that cannot move to where the targets are. It holds as well where the
 * subject's own run tells even two examples apart.
 */
export const overfitsOne: Law = {
  name: "overfitsOne",
  trains: true,
  claim: "it overfits one example to a loss near zero",
  async measure(context) {
    if (!(await canLearnOneExample(context.subject))) return null;
    const { train } = context.subject;
    const variance = average(columnVariances(train.targets, train.outputs)) || 1;
    const { examples, places } = judgedRows(context.subject);
    const rows = farthestPair(examples);
    const choices = (rows ?? [0]).map((row) => [places[row] as number]);
    const rung = await measureRung(context, { choices, variance: () => variance, threshold: NEAR_ZERO });
    if (rung.holds || rows === null) return rung;
    return (await knownPairFromOwnRun(context, rows)) ?? rung;
  },
};

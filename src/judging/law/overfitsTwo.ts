import { outputVariances, type VarianceOf } from "../outcome/relativeError.ts";
import { farthestPair } from "../rung/farthestExample.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
import { knownPairFromOwnRun } from "./knownFromOwnRun.ts";
import { type Law, notAsked } from "./law.ts";
import { measureRung } from "./measureRung.ts";

/**
 * The second rung is the first to test whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here. The law also holds if the subject's own run tells the same two
 * examples apart.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  trains: true,
  claim: "it tells two examples apart",
  async measure(context) {
    const { examples, places } = judgedRows(context.subject);
    const rows = farthestPair(examples);
    if (rows === null) return notAsked("no two examples have different inputs and targets");
    const pair = rows.map((row) => places[row] as number);
    const variances = outputVariances(context.subject.train);
    // Two examples may differ in one output alone.
    const variance: VarianceOf = ({ targetVariance }, index) =>
      targetVariance || (variances[index] as number);
    const rung = await measureRung(context, { choices: [pair], variance, threshold: NEAR_ZERO });
    return rung.holds ? rung : ((await knownPairFromOwnRun(context, rows)) ?? rung);
  },
};

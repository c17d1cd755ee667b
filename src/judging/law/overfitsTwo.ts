import type { Subject } from "../../learning/subject/subject.ts";
import { outputVariances, type VarianceOf } from "../outcome/relativeError.ts";
import { farthestPair } from "../rung/farthestExample.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
import { knownPairFromOwnRun } from "./knownFromOwnRun.ts";
import { type Law, notAsked } from "./law.ts";
import { type AskedRung, measureRung } from "./measureRung.ts";

/**
 * The second rung is the first to test whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here. The law also holds if the subject's own run tells the same two
 * examples apart.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  needsTheEnd: true,
  trains: true,
  claim: "it tells two examples apart",
  rung: rungOfTwo,
  async measure(context) {
    const rows = farthestPair(judgedRows(context.subject).examples);
    const asked = rungOfTwo(context.subject);
    if (rows === null || asked === null) return notAsked("no two examples have different inputs and targets");
    return measureRung(context, asked, () => knownPairFromOwnRun(context, rows));
  },
};

function rungOfTwo(subject: Subject): AskedRung | null {
  const { examples, places } = judgedRows(subject);
  const rows = farthestPair(examples);
  if (rows === null) return null;
  const variances = outputVariances(subject.train);
  // Two examples may differ in one output alone.
  const variance: VarianceOf = ({ targetVariance }, index) => targetVariance || (variances[index] as number);
  return { choices: [rows.map((row) => places[row] as number)], variance, threshold: NEAR_ZERO };
}

import type { Examples } from "../../learning/subject/examples.ts";
import { spreadRows } from "../../learning/subject/spreadRows.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { FEW_ERRORS } from "../outcome/learntClasses.ts";
import type { VarianceOf } from "../outcome/relativeError.ts";
import { learnsDespiteNoise } from "../outcome/verdict.ts";
import { consistentRows } from "../rung/consistentRows.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { knownFromOwnRun } from "./knownFromOwnRun.ts";
import { type Law, notAsked } from "./law.ts";
import { type AskedRung, measureRung } from "./measureRung.ts";

const RUNG = 16;

/**
 * Bound on the mean squared error over the variance of the rung's targets: a constant scores 1, a bottleneck of one
 * unit 0.39. All of 312 healthy runs (12 configs, 26 seeds each) reached the bound after at most 150 steps.
 */
const NEARLY_ALL = 0.05;

/**
 * The third rung has more examples than a few lucky units can memorise. The law also holds if the subject's own run has
 * learnt these examples by the thresholds of the verdict.
 */
export const climbs: Law = {
  name: "climbs",
  needsTheEnd: true,
  trains: true,
  claim: `it memorises ${RUNG} examples`,
  rung: rungOfSixteen,
  async measure(context) {
    const count = Math.min(RUNG, context.subject.train.count);
    if (count < 3) return notAsked("there are fewer than three examples");
    if (learnsDespiteNoise(await context.run(), context.thresholds))
      return notAsked("the data are noisy, and what fits them need not memorise their noise");
    const rows = rowsOf(judgedRows(context.subject).examples, count);
    if (rows.length < 3) return notAsked("most of its examples contradict others of the same inputs");
    const { lossOverVariance } = context.thresholds;
    const known = { lossOverVariance, errorOverPrior: FEW_ERRORS };
    return measureRung(context, rungOfSixteen(context.subject), () => knownFromOwnRun(context, rows, known));
  },
};

/** Rows that are spread over the targets, of which none contradicts another. */
function rowsOf(examples: Examples, count: number): number[] {
  return [...consistentRows(examples, spreadRows(examples, count))];
}

function rungOfSixteen(subject: Subject): AskedRung {
  const { examples, places } = judgedRows(subject);
  const rows = rowsOf(examples, Math.min(RUNG, subject.train.count));
  const variance: VarianceOf = ({ targetVariance }) => targetVariance || 1;
  return { choices: [rows.map((row) => places[row] as number)], variance, threshold: NEARLY_ALL };
}

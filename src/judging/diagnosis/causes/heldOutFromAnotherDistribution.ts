import { printNumber } from "../../../foundation/print/printNumber.ts";
import { countDistinct } from "../../evidence/overlap.ts";
import { columnSpreads, type Spread, spreadOf } from "../../evidence/spread.ts";
import type { Cause } from "../cause.ts";

export const heldOutFromElsewhere: Cause<"held-out-from-another-distribution"> = {
  name: "held-out-from-another-distribution",
  claim: "the held-out examples are not like those trained on",
  examine({ subject, fails }) {
    const { train, heldOut } = subject;
    if (fails === null || !heldOut) return null;
    // What few examples differ by is chance.
    const allowance = 3 * Math.sqrt(1 / countDistinct(train) + 1 / heldOut.count);
    const differences = [
      ...compare("inputs", [spreadOf(train.inputs)], [spreadOf(heldOut.inputs)], allowance),
      ...compare(
        "targets",
        columnSpreads(train.targets, train.outputs),
        columnSpreads(heldOut.targets, train.outputs),
        allowance,
      ),
    ].sort((a, b) => b.size - a.size);
    const worst = differences[0];
    if (!worst || worst.size < FAR) return null;
    return { rank: "held-out examples differ", evidence: worst.words };
  },
};

/** Difference of means, in standard deviations of one example, or logarithm of the ratio of deviations. */
const FAR = 0.5;

function compare(what: string, ours: readonly Spread[], theirs: readonly Spread[], allowance: number) {
  return ours.map((own, index) => {
    const other = theirs[index] as Spread;
    const scale = own.deviation || 1;
    const shift = Math.abs(own.mean - other.mean) / scale - allowance;
    const stretch =
      other.deviation === 0 || own.deviation === 0
        ? 0
        : Math.abs(Math.log(other.deviation / own.deviation)) - allowance;
    const print = (spread: Spread) =>
      `mean ${printNumber(spread.mean)}, standard deviation ${printNumber(spread.deviation)}`;
    return {
      size: Math.max(shift, stretch),
      words: `${what}: trained on ${print(own)}, held out ${print(other)}`,
    };
  });
}

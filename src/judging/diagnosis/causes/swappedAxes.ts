import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { versionsOfSubject } from "../../../learning/config/ownDefaults.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { correlateAxes } from "../../evidence/axes.ts";
import { type ExchangedTargets, findExchangedTargets } from "../../evidence/targets/exchangedTargets.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { takeAxes } from "../cure/takeHeld.ts";

export const swappedAxes: Cause<"swapped-axes"> = {
  name: "swapped-axes",
  claim: "axes are in another order than they mean: those of the outputs, or those of the inputs",
  silent: true,
  async examine({ subject, run, outputs, fails }) {
    const axes = subject.showsBoxes ? correlateAxes(subject.train) : null;
    if (axes && axes.crossed > FOLLOWS && axes.straight < axes.crossed / 2) {
      return {
        rank: "targets follow the other axis",
        evidence: `the first target follows the box from top to bottom, the second from left to right (correlation ${printNumber(axes.crossed)}, straight ${printNumber(axes.straight)})`,
      };
    }
    const torn = fails === null ? undefined : versionsOfSubject(subject.name).find(({ of }) => of === "axes");
    if (torn)
      return {
        rank: "a reshape has torn the axes",
        evidence: `a reshape gave the inputs axes of the right lengths, and moved no number: it cuts each row of one axis into rows of the other, which a transpose would have exchanged (${torn.words})`,
      };
    const exchanged = fails === "training" ? await findExchangedTargets(subject) : null;
    if (exchanged) return describeExchanged(exchanged);
    const { heldOut } = run;
    if (fails !== "held-out" || !heldOut) return null;
    for (const { part, prefix } of outputs) {
      // Two classes of one output are no axes: there, the rows of one set are numbered otherwise.
      if (part.classification && !part.severalLabels) continue;
      const output = heldOut.outputs[part.index] as OutputEvaluation;
      const swap = part.size < 2 || part.size > 8 ? null : bestSwap(output, part.size);
      if (!swap || swap.error > output.targetVariance * 0.3) continue;
      return {
        rank: "outputs are exchanged",
        evidence: `${prefix}with outputs ${swap.pair.join(" and ")} exchanged the held-out error falls from ${printNumber(output.meanSquaredError)} to ${printNumber(swap.error)}`,
      };
    }
    return null;
  },
  cures: takeAxes,
};

const FOLLOWS = 0.3;

function describeExchanged({ outputs, own, others }: ExchangedTargets): Suspicion {
  const [first, second] = outputs;
  return {
    rank: "outputs are exchanged",
    evidence: `${first.name} and ${second.name} are given each other's targets: where the inputs that each is computed from are alike, its own targets differ by ${percent(own)} of what those of random pairs do, and those of the other by ${percent(others)}`,
    remedy: { "data.exchangeTargets": [first.index, second.index] },
  };
}

/** Finds the exchange of two outputs that gives the least held-out error. */
function bestSwap({ predictions, targets }: OutputEvaluation, outputs: number) {
  let best: { pair: [number, number]; error: number } | null = null;
  for (let a = 0; a < outputs; a++) {
    for (let b = a + 1; b < outputs; b++) {
      let sum = 0;
      targets.forEach((target, index) => {
        const output = index % outputs;
        const from = output === a ? b : output === b ? a : output;
        sum += ((predictions[index - output + from] as number) - target) ** 2;
      });
      const error = sum / targets.length;
      if (!best || error < best.error) best = { pair: [a, b], error };
    }
  }
  return best;
}

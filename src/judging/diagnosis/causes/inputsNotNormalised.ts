import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { columnsOf, inputParts, type Part, type Placed } from "../../../learning/subject/parts.ts";
import { inputUses } from "../../evidence/inputUses.ts";
import { columnSpreads, spreadOf } from "../../evidence/spread.ts";
import type { Cause } from "../cause.ts";

export const inputsNotNormalised: Cause<"inputs-not-normalised"> = {
  name: "inputs-not-normalised",
  claim: "the inputs are far from the scale on which the initial weights make sense",
  async examine({ fails, subject }) {
    if (fails !== "training") return null;
    const { train } = subject;
    const all = inputParts(train);
    const worstOf = (parts: typeof all) => worstPart(train, parts);
    if (!isFarOff(worstOf(all))) return null;
    const uses = await inputUses(subject);
    const parts = all.filter((_, place) => uses[place] === "numbers");
    const worst = worstOf(parts);
    if (!worst || !isFarOff(worst)) return null;
    const { inputs, far, tiny } = worst;
    const name = all.length === 1 ? "inputs lie" : `numbers of input ${worst.name} lie`;
    return {
      // This ranks before its effects: saturated units, dead units and steps that overflow.
      rank: far >= VERY_FAR || tiny ? "inputs are very far off" : "inputs are far off",
      evidence: `${name} from ${printNumber(inputs.least)} to ${printNumber(inputs.most)}, mean ${printNumber(inputs.mean)}, standard deviation ${printNumber(inputs.deviation)}`,
    };
  },
  cures: (config) => [
    changeConfig(config, kindOf(config).scaledInputs),
    changeConfig(config, kindOf(config).unitInputs),
    changeConfig(config, { "data.standardiseInputs": true, "data.standardiseTargets": true }),
    changeConfig(config, { ...kindOf(config).unitInputs, ...kindOf(config).unitTargets }),
  ],
};

/** Bounds on the root mean square of the inputs, and on their mean over their standard deviation. */
const FAR = 5;
const VERY_FAR = 20;
const TINY = 1e-3;

function worstPart({ inputs, count }: Examples, parts: readonly Placed<Part>[]) {
  return parts
    .map((part) => measurePart(columnsOf(inputs, inputs.length / count, part), part))
    .sort((a, b) => b.distance - a.distance)[0];
}

function isFarOff(part: ReturnType<typeof worstPart>): boolean {
  return part !== undefined && (part.far >= FAR || part.tiny);
}

/**
 * Measures how far the numbers of one input are from the scale of the initial weights. A table is judged by its worst
 * column, since the average hides one that is far from 0. A picture's pixels share one unit.
 */
function measurePart(values: Float32Array, { name, shape, size }: Placed<Part>) {
  const pooled = spreadOf(values);
  const columns = shape.length === 1 ? columnSpreads(values, size) : [];
  const inputs = columns.reduce((worst, column) => (column.size > worst.size ? column : worst), pooled);
  const far = Math.max(inputs.size, pooled.deviation === 0 ? 0 : Math.abs(pooled.mean) / pooled.deviation);
  const tiny = pooled.size < TINY;
  return { name, inputs, far, tiny, distance: tiny ? Math.max(far, VERY_FAR) : far };
}

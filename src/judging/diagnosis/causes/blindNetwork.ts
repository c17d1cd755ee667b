import { leastOf } from "../../../foundation/numbers/extremes.ts";
import type { InputReading } from "../../../learning/config/schema.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { type InputUse, inputUses } from "../../evidence/reference/inputUses.ts";
import { findUnmaskedPadding } from "../../evidence/series/unmaskedPadding.ts";
import type { Cause } from "../cause.ts";

export const blindNetwork: Cause<"blind-network"> = {
  name: "blind-network",
  claim: "the outputs are the same for all inputs, whatever the weights are",
  standsAlone:
    "while the network is blind to its inputs, no rate, width or number of steps lets its outputs follow them",
  async examine({ subject, fails }) {
    if (fails !== "training") return null;
    const { blindness } = await contractOf(subject);
    // What it has forgotten behind a fill it sees again behind a mask: that cause has its own name.
    if (blindness === null || (await findUnmaskedPadding(subject))) return null;
    const [first] = blindness.layers;
    const others = blindness.layers.slice(1).map((layer) => `, and so does ${layer}`);
    const readings = dividedCodes(subject.train, (await inputUses(subject))[0]);
    return {
      ...(readings && { remedy: { "data.readInputs": readings } }),
      rank: "no example differs from another",
      evidence: `before training, all examples get the same outputs for every draw of the weights: ${first} is given inputs that differ and answers each with the same numbers${others.join("")}${readings ? "; it takes whole numbers, and the codes that it is given were divided by one, so that it cuts all of them off to the same" : ""}`,
    };
  },
};

/** Codes that were divided by a number are whole again once they are multiplied by it. */
const MOST_CODES = 20_000;
const OFF = 0.01;

/** How to read codes that a division has made fractions; null where there are none. */
function dividedCodes(train: Examples, use: InputUse | undefined): readonly InputReading[] | null {
  if (use?.as !== "codes" || train.inputs.every(Number.isInteger)) return null;
  const numbers = [...new Set(train.inputs)].sort((a, b) => a - b);
  const distances = numbers.slice(1).map((value, at) => value - (numbers[at] as number));
  const most = numbers.at(-1) ?? 0;
  const usual = leastOf(distances);
  const step = usual > 0 ? most / Math.round(most / usual) : 0;
  if ((numbers[0] ?? -1) < 0 || !(most / step < MOST_CODES)) return null;
  if (numbers.some((value) => Math.abs(value / step - Math.round(value / step)) > OFF)) return null;
  return [{ as: "codes", step }];
}

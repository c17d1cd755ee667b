// An embedding takes whole numbers. Codes that were scaled like other columns are fractions, which it cuts off to the same few.

import { leastOf } from "../../../foundation/numbers/extremes.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { InputReading } from "../../../learning/config/schema.ts";
import { inputParts, type Part, type Placed } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { inputUses } from "./inputUses.ts";

/** Codes of which cutting off leaves few. */
export interface CutCodes {
  /** How to read them as the whole numbers that they were. */
  readonly readings: readonly InputReading[];
  /** How many different codes the inputs hold that are cut off, and how many of them are left. */
  readonly different: number;
  readonly left: number;
}

/** Codes that were divided by a number are whole again once they are multiplied by it. */
const MOST_CODES = 20_000;
const OFF = 0.01;
/** Where more codes are left than this share, cutting them off may be meant. */
const FEW_LEFT = 0.5;

/** Finds the inputs whose codes a division has made fractions; null where there are none. */
export const findCutCodes = onceFor(search);

async function search(subject: Subject): Promise<CutCodes | null> {
  const parts = inputParts(subject.train);
  if (subject.train.inputs.every(Number.isInteger)) return null;
  const uses = await inputUses(subject);
  const found = parts.flatMap((part, input) => {
    const cut = uses[input]?.as === "codes" ? cutIn(subject, part) : null;
    return cut ? [{ ...cut, input }] : [];
  });
  if (found.length === 0) return null;
  const sum = (of: "different" | "left") => found.reduce((all, cut) => all + cut[of], 0);
  return {
    readings: found.map(({ step, input }) => ({
      as: "codes",
      step,
      ...(parts.length > 1 && { input }),
    })),
    different: sum("different"),
    left: sum("left"),
  };
}

function cutIn({ train }: Subject, { offset, size }: Placed<Part>) {
  const columns = train.inputs.length / train.count;
  const own = train.inputs.filter((_, at) => at % columns >= offset && at % columns < offset + size);
  const numbers = [...new Set(own)].sort((a, b) => a - b);
  const distances = numbers.slice(1).map((value, at) => value - (numbers[at] as number));
  const most = numbers.at(-1) ?? 0;
  const usual = leastOf(distances);
  const step = usual > 0 ? most / Math.round(most / usual) : 0;
  if ((numbers[0] ?? -1) < 0 || !(most / step < MOST_CODES)) return null;
  if (numbers.some((value) => Math.abs(value / step - Math.round(value / step)) > OFF)) return null;
  const left = new Set(numbers.map(Math.trunc)).size;
  return left <= FEW_LEFT * numbers.length ? { step, different: numbers.length, left } : null;
}

import { columnOf } from "../../../foundation/numbers/statistics.ts";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { type Change, changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { columnsOf, inputParts, type Part, type Placed } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { type Dwarfed, findDwarfed } from "../../evidence/data/dwarfedColumns.ts";
import { sameSizeOf } from "../../evidence/data/rowSizes.ts";
import { findSingleCode, type SingleCode } from "../../evidence/data/singleCode.ts";
import { type Codes, findCodes } from "../../evidence/reference/codes.ts";
import { findHiddenColumn, type HiddenColumn } from "../../evidence/reference/hiddenColumns.ts";
import { type InputUse, inputUses } from "../../evidence/reference/inputUses.ts";
import { tabulateInputs } from "../../evidence/split/inputTable.ts";
import { columnSpreads, spreadOf } from "../../evidence/spread.ts";
import type { Cause, Suspicion } from "../cause.ts";
import { takeOtherInputs } from "../cure/takeHeld.ts";

export const inputsNotNormalised: Cause<"inputs-not-normalised"> = {
  name: "inputs-not-normalised",
  claim: "the inputs are far from the scale on which the initial weights make sense",
  async examine({ fails, subject }) {
    if (fails !== "training") return null;
    const alike = await findAlike(subject);
    if (alike) return alike;
    const codes = await findCodes(subject);
    if (codes) return describeCodes(codes);
    const hidden = findHiddenColumn(subject.train);
    if (hidden && (await inputUses(subject))[0]?.as !== "codes") return describeHidden(subject, hidden);
    const worst = await worstInput(subject);
    if (!worst || distanceOf(worst) < FAR) return describeSizes(subject.train);
    const { inputs, name, layer, dwarfed } = worst;
    const what = inputParts(subject.train).length === 1 ? "inputs" : `numbers of input ${name}`;
    const lie = layer === null ? `${what} lie` : `${what} that ${layer} has rescaled lie`;
    const beside = dwarfed
      ? `: in ${dwarfed.columns} of the columns they hardly differ beside what the largest column does (${printNumber(dwarfed.share)} of it), as where all columns are scaled by one number`
      : "";
    return {
      // This ranks before its effects: saturated units, dead units and steps that overflow.
      rank: distanceOf(worst) >= VERY_FAR ? "inputs are very far off" : "inputs are far off",
      evidence: `${lie} from ${printNumber(inputs.least)} to ${printNumber(inputs.most)}, mean ${printNumber(inputs.mean)}, standard deviation ${printNumber(inputs.deviation)}${beside}`,
    };
  },
  async cures(config) {
    const { scaledInputs, unitInputs, unitTargets } = kindOf(config);
    const plain = [
      changeConfig(config, scaledInputs),
      changeConfig(config, unitInputs),
      changeConfig(config, { "data.standardiseInputs": true, "data.standardiseTargets": true }),
      changeConfig(config, { ...unitInputs, ...unitTargets }),
    ];
    const subject = config.subject === "own" ? await createSubject(config) : null;
    const hidden = subject && findHiddenColumn(subject.train);
    const hasLost =
      subject !== null && (sameSizeOf(subject.train) !== null || (await findAlike(subject)) !== null);
    return [
      hidden && changeConfig(config, { "data.readInputs": [hidden.reading], "data.standardiseInputs": true }),
      ...(hasLost ? takeOtherInputs(config) : await withoutRescaling(config, scaledInputs)),
      ...plain,
    ];
  },
};

function describeHidden({ train }: Subject, { reading, bySize, read, different }: HiddenColumn): Suspicion {
  const name = train.columnNames?.[reading.place] ?? `input ${reading.place}`;
  const stands =
    reading.as === "names"
      ? `the ${different} different numbers of ${name} stand for names, and the network takes them by their size`
      : `${name} is a time of equal steps, and the targets come round every ${reading.period} of them, which its size does not tell`;
  const fix = reading.as === "names" ? "a column for each name" : "sine and cosine of its place in the round";
  return {
    rank: "a column is read by its size",
    evidence: `${stands}: references leave ${percent(bySize)} of what is to be told by its size, and ${percent(read)} once it is read as what it stands for; give the network ${fix}`,
    remedy: { "data.readInputs": [reading] },
  };
}

function describeCodes({ count, different, neighbours }: Codes): Suspicion {
  const next =
    neighbours < 0.5
      ? `what a number says of the target is not what the next number says (${percent(Math.max(0, neighbours))} of it)`
      : "what a number says of the target neither rises nor falls with it";
  return {
    rank: "codes are taken as numbers",
    evidence: `the inputs are ${different} different whole numbers up to ${count - 1} that are names, since ${next}; the network takes them by their size`,
    remedy: { "rework.lookUp": count },
  };
}

/** Inputs are alike where at least this share of the examples has the very same ones. */
const ALIKE = 0.95;

/** Says that the examples have the same inputs, as after a division that rounds them to 0. Codes have no scale. */
async function findAlike(subject: Subject): Promise<Suspicion | null> {
  const { count, inputs } = subject.train;
  const single = findSingleCode(subject.train, await inputUses(subject));
  if (single) return describeSingle(single);
  const { commonest } = tabulateInputs(subject.train);
  if (count === 1 || commonest < ALIKE * count) return null;
  if ((await inputUses(subject)).some(({ as }) => as === "codes")) return null;
  const { least, most } = spreadOf(inputs);
  const numbers = least === most ? `, ${printNumber(least)} everywhere` : "";
  return {
    rank: "examples have the same inputs",
    evidence: `${commonest} of ${count} training examples have the same inputs${numbers}: look where the numbers become what they are, such as a division or a cast to whole numbers that rounds them away`,
  };
}

function describeSizes(train: Examples): Suspicion | null {
  const size = sameSizeOf(train);
  return (
    size && {
      rank: "inputs are far off",
      evidence: `every row has a ${size} of the same size, as where each is divided by its own: what the sizes of rows tell of the targets is lost, which a scale for each column keeps`,
    }
  );
}

function describeSingle({ code, share }: SingleCode): Suspicion {
  return {
    rank: "examples have the same inputs",
    evidence: `of the words of all rows, ${percent(share)} have the number ${code}, so that rows differ in their length alone: look where words become numbers, such as a vocabulary that was made of other texts and knows none of these`,
  };
}

/** Bounds on how many times too large the inputs are, or too small, or on their mean over their standard deviation. */
const FAR = 5;
const VERY_FAR = 20;
/** Numbers up to this are as good as any other: those of a softmax or of normalised rows are as small. */
const SMALL = 0.2;
/** A column is judged by itself only where it is this many times too small: others may make up for it. */
const FAR_COLUMN = 100;

/** An input of a model, as it reaches the first weights. */
interface Received {
  readonly name: string;
  /** The layer that has rescaled it; null where none has. */
  readonly layer: string | null;
  /** Its numbers; of a table the column that is the farthest off. */
  readonly inputs: ReturnType<typeof spreadOf>;
  /** How many times too large its numbers are, or their mean for their standard deviation. */
  readonly far: number;
  /** How many times too small its numbers are. */
  readonly small: number;
  /** The columns of a table that hardly differ beside its largest. */
  readonly dwarfed: Dwarfed | null;
}

function distanceOf({ far, small }: Received): number {
  return Math.max(far, small);
}

/** Measures the input that is the farthest off, of those whose numbers reach weights as they are or rescaled. */
async function worstInput(subject: Subject): Promise<Received | null> {
  const { train } = subject;
  const uses = await inputUses(subject);
  const parts = inputParts(train).flatMap((part, place) => {
    const use = uses[place];
    return use?.as === "numbers" || use?.measured ? [measurePart(train, part, use)] : [];
  });
  return parts.sort((a, b) => distanceOf(b) - distanceOf(a))[0] ?? null;
}

/**
 * Measures how far the numbers of one input are from the scale of the initial weights. A table is judged by its worst
 * column, since the average hides one that is far from 0. A picture's pixels share one unit. Zeros are left out where
 * numbers may be too small: one-hot rows and counts of words have few others.
 */
function measurePart({ inputs, count }: Examples, part: Placed<Part>, use: InputUse): Received {
  const { name, shape, size } = part;
  const values = rescale(columnsOf(inputs, inputs.length / count, part), use, shape.at(-1) ?? 1);
  const layer = use.rescaled?.layer ?? use.measured?.layer ?? null;
  const pooled = spreadOf(values);
  const columns = shape.length === 1 ? columnSpreads(values, size) : [];
  const large = columns.reduce((worst, column) => (column.size > worst.size ? column : worst), pooled);
  const far = Math.max(large.size, pooled.deviation === 0 ? 0 : Math.abs(pooled.mean) / pooled.deviation);
  const small = SMALL / sizeWithoutZeros(values);
  const tiny = columns.find(
    ({ deviation, size: withZeros }, column) =>
      deviation > 0 &&
      SMALL / withZeros >= FAR_COLUMN &&
      SMALL / sizeWithoutZeros(columnOf(values, size, column)) >= FAR_COLUMN,
  );
  const place = { name, layer, dwarfed: null };
  if (small >= FAR || far >= FAR) return { ...place, inputs: small > far ? pooled : large, far, small };
  if (tiny !== undefined) return { ...place, inputs: tiny, far, small: FAR };
  const dwarfed = findDwarfed(columns);
  return { ...place, inputs: pooled, far, small: dwarfed ? VERY_FAR : small, dwarfed };
}

function rescale(values: Float32Array, { rescaled, measured }: InputUse, last: number): Float32Array {
  if (rescaled) return values.map((value) => rescaled.scale * value + rescaled.offset);
  if (!measured) return values;
  const { scales, offsets } = measured;
  const of = (numbers: readonly number[], index: number) =>
    numbers[(index % last) % numbers.length] as number;
  return values.map((value, index) => of(scales, index) * value + of(offsets, index));
}

/** Returns infinity where there are zeros alone: nothing can be too small then. */
function sizeWithoutZeros(values: Float32Array): number {
  const others = values.filter((value) => value !== 0);
  return others.length === 0 ? Number.POSITIVE_INFINITY : spreadOf(others).size;
}

/** Where a layer brings inputs too far, the inputs without it, and those standardised. */
async function withoutRescaling(config: Config, scaled: Values): Promise<readonly (Change | null)[]> {
  const subject = await createSubject(config);
  const uses = await inputUses(subject);
  if (uses.every(({ rescaled, measured }) => rescaled === null && !measured)) return [];
  const off = { "rework.rescaling": false };
  return [changeConfig(config, off), changeConfig(config, { ...off, ...scaled })];
}

// Pixels from 0 to 255 beside pixels from 0 to 1, from −1 to 1 or about a mean of 0 are told apart without any targets, and so
// are other whole levels of grey beside their shares of the largest, and raw columns beside standardised ones, if they lie far
// outside of what training has shown.

import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import type { Preparation } from "../../../learning/config/preparations.ts";
import { areSigned } from "../../../learning/subject/asked/signed.ts";
import { givesBackItsInputs } from "../../../learning/subject/codeWidth.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { inputParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { columnSpreads, type Spread } from "../spread.ts";
import { findKnownFactor } from "./sameRows.ts";

/** A row of fewer numbers may be no picture. */
const FEWEST_PIXELS = 64;
const MOST_IN_ROW = 4096;
/** Pixels of a dark picture scaled to 1 round to whole numbers up to here by chance. */
const CLEARLY_PIXELS = 30;
const WHOLE = 1e-3;
/** The largest level of a pixel. */
const LEVELS = 255;

/** Tells by which plain factor asked rows differ from those of training; null where none is sure. */
export function findPlainFactor(subject: Subject, asked: Examples): Preparation | null {
  const { train } = subject;
  if (train.inputParts !== undefined || inputParts(train).length !== 1) return null;
  if (train.inputs.length / train.count >= FEWEST_PIXELS) {
    const factor = factorOfPixels(train.inputs, asked.inputs);
    if (factor !== null) return factor;
    const known = findKnownFactor(subject, asked, [LEVELS, 1 / LEVELS]);
    return known === null ? null : known === LEVELS ? "over255" : "times255";
  }
  return isFarOut(subject, asked) ? "scale" : null;
}

function factorOfPixels(ours: Float32Array, theirs: Float32Array): Preparation | null {
  const [own, other] = [rangeOf(ours), rangeOf(theirs)];
  const isSmall = ({ least, most }: Range) => least >= -1.001 && most <= 1.001 && most > least;
  const isWhole = ({ least, most, areWhole }: Range) =>
    areWhole && least >= 0 && most > CLEARLY_PIXELS && most <= 255;
  // Pixels with noise on them reach below 0 as well, and as far up as others.
  const liesAboutZero = own.least < 0 && own.least > -CLEARLY_PIXELS && own.most < CLEARLY_PIXELS;
  if (liesAboutZero && !own.areWhole && isWhole(other))
    return isSmall(own) && areSigned(own.least, own.most) ? "signed" : "scale";
  if (isSmall(own) && !own.areWhole && isWhole(other)) return "over255";
  if (areBlackAndWhite(ours, 1) && areBlackAndWhite(theirs, LEVELS)) return "over255";
  if (isSmall(own) && !own.areWhole && areMultiplied(ours, own, other)) return "scale";
  const arePixels = theirs.every((value) => Math.abs(value * 255 - Math.round(value * 255)) < WHOLE * 255);
  return isWhole(own) && isSmall(other) && other.least >= 0 && !other.areWhole && arePixels
    ? "times255"
    : null;
}

/** Pictures of fewer levels of grey may have been cut off at one. */
const FEWEST_LEVELS = 8;

/** Whether asked pictures have whole levels of grey, such as 0 to 16, and those of training are these over the largest. */
function areMultiplied(ours: Float32Array, own: Range, { least, most, areWhole }: Range): boolean {
  if (!areWhole || least < 0 || own.least < 0 || own.most < 1 - WHOLE || most < FEWEST_LEVELS) return false;
  return ours.every((value) => Math.abs(value * most - Math.round(value * most)) < WHOLE);
}

/** Whether pictures have no levels but 0 and the largest, and both of them. */
function areBlackAndWhite(values: Float32Array, largest: number): boolean {
  return (
    values.every((value) => value === 0 || value === largest) &&
    values.includes(0) &&
    values.includes(largest)
  );
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly areWhole: boolean;
}

function rangeOf(values: Float32Array): Range {
  let [least, most, areWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    areWhole &&= Number.isInteger(value);
  }
  return { least, most, areWhole };
}

/** So many of the columns of training look scaled. */
const SCALED = 0.8;
/** Asked rows lie outside of the range of training by so many ranges, in this share of the columns. */
const RANGES = 5;
const FAR_SHARE = 0.5;
const FEWEST_COLUMNS = 2;

/**
 * Whether training has scaled columns, and asked rows lie many ranges outside of them: nobody asks a network that far
 * beyond what it has seen, unless the rows were not scaled. Outliers are what an autoencoder may be asked about.
 */
function isFarOut(subject: Subject, asked: Examples): boolean {
  const { train } = subject;
  const size = train.inputs.length / train.count;
  if (train.inputShape.length !== 1 || size > MOST_IN_ROW || givesBackItsInputs(subject)) return false;
  const columns = columnSpreads(train.inputs, size);
  const varying = columns.flatMap((spread, column) => (spread.deviation > 0 ? [{ spread, column }] : []));
  if (varying.length < FEWEST_COLUMNS) return false;
  if (varying.filter(({ spread }) => looksScaled(spread)).length < SCALED * varying.length) return false;
  const far = varying.filter(({ spread: { least, most }, column }) => {
    const reach = RANGES * (most - least);
    for (let row = 0; row < asked.count; row++) {
      const value = asked.inputs[row * size + column] as number;
      if (value >= least - reach && value <= most + reach) return false;
    }
    return true;
  });
  if (far.length < FAR_SHARE * varying.length) return false;
  const wasFitted = varying.filter(({ spread }) => isFitted(spread)).length >= SCALED * varying.length;
  return wasFitted || areOfOtherUnits(asked, size, varying);
}

/** Whether a scaler was fitted to the column: numbers that were drawn at random come near this by chance. */
function isFitted({ mean, deviation, least, most }: Spread): boolean {
  const isStandardised = Math.abs(mean) < 1e-3 && Math.abs(deviation - 1) < 5e-3;
  return isStandardised || (Math.abs(least) < 1e-6 && Math.abs(most - 1) < 1e-6);
}

/** Columns in units of their own differ by this factor; a toy that was trained on random numbers may be asked for 10 + 20. */
const OTHER_UNITS = 20;

function areOfOtherUnits(
  { inputs, count }: Examples,
  size: number,
  varying: readonly { readonly column: number }[],
): boolean {
  const sizes = varying.map(({ column }) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += Math.abs(inputs[row * size + column] as number);
    return sum / count;
  });
  return largestOf(sizes) >= OTHER_UNITS * leastOf(sizes.filter((one) => one > 0));
}

function looksScaled({ mean, deviation, least, most }: Spread): boolean {
  const isStandardised = Math.abs(mean) < 0.2 && deviation > 0.8 && deviation < 1.2;
  const fillsUnit = least >= -1.05 && most <= 1.05 && most - least > 0.8;
  return isStandardised || fillsUnit;
}

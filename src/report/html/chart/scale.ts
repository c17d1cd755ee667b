// Scales of axes. They place numbers of any size that a double can hold, from the smallest to the largest, and numbers
// that hardly differ.

import { printNumber } from "../../../foundation/print/printNumber.ts";

/** A mark on an axis. */
export interface Tick {
  /** Place from 0 (the least end) to 1. */
  readonly at: number;
  readonly label: string;
}

/** An axis: where its numbers lie, and its marks. */
export interface Scale {
  /** Returns the place of a finite number, from 0 (the least end) to 1. Numbers beyond an end lie at that end. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** A range smaller than this share of its numbers has fewer digits than labels need. */
const FINEST = 1e-9;
const MAX_TICKS = 6;

/**
 * A linear axis that holds every finite number of `values`.
 *
 * @param ends whether the axis ends at its least and greatest number, or at the marks beyond them.
 */
export function linearScale(values: readonly number[], ends: "numbers" | "marks" = "marks"): Scale {
  const finite = values.filter(Number.isFinite);
  const unit = powerOfTen(finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const range = widen(extent(finite.map((value) => value / unit)));
  const step = niceStep((range[1] - range[0]) / (MAX_TICKS - 1));
  const [least, most] = ends === "numbers" ? range : outward(range, step);
  const place = (value: number) => clamp((value / unit - least) / (most - least));
  const ticks: Tick[] = [];
  for (let index = Math.ceil(least / step - FINEST); index * step <= most + FINEST * step; index++)
    ticks.push({ at: clamp((index * step - least) / (most - least)), label: labelOf(index * step, unit) });
  return { place, ticks };
}

/** Decades below the greatest number that a logarithmic axis shows. */
const MAX_DECADES = 30;
/** The smallest power of ten that a double can hold. */
const LEAST_EXPONENT = -323;
/** The part of a logarithmic axis below its decades, where 0 has its place. */
const FLOOR = 0.08;

/**
 * A logarithmic axis that holds the numbers above 0. Where there are others, or such as are many decades smaller, they
 * lie on a floor below, which is labelled 0.
 *
 * @returns null where no number is above 0.
 */
export function logScale(values: readonly number[]): Scale | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return null;
  const exponents = positive.map(Math.log10);
  const [lowest, highest] = extent(exponents);
  const top = Math.ceil(highest - FINEST);
  const bottom = Math.max(Math.min(Math.floor(lowest + FINEST), top - 1), top - MAX_DECADES, LEAST_EXPONENT);
  const least = 10 ** bottom;
  const isBelow = (value: number) => Number.isFinite(value) && value < least * (1 - FINEST);
  const floor = values.some(isBelow) ? FLOOR : 0;
  const placeOf = (exponent: number) => clamp(floor + ((1 - floor) * (exponent - bottom)) / (top - bottom));
  const place = (value: number) => (isBelow(value) ? 0 : placeOf(Math.log10(value)));
  return { place, ticks: [...(floor > 0 ? [{ at: 0, label: "0" }] : []), ...decades(bottom, top, placeOf)] };
}

function decades(bottom: number, top: number, placeOf: (exponent: number) => number): Tick[] {
  const every = Math.ceil((top - bottom) / (MAX_TICKS - 1));
  const ticks: Tick[] = [];
  for (let exponent = top; exponent >= bottom; exponent -= every)
    ticks.push({ at: placeOf(exponent), label: labelOf(1, 10 ** exponent) });
  if (top - bottom === 1)
    ticks.push(
      ...[2, 5].map((digit) => ({
        at: placeOf(bottom + Math.log10(digit)),
        label: labelOf(digit, 10 ** bottom),
      })),
    );
  return ticks.sort((a, b) => a.at - b.at);
}

/** The power of ten at or below a size, so that numbers divided by it are near 1. */
function powerOfTen(size: number): number {
  return size === 0 ? 1 : 10 ** Math.max(LEAST_EXPONENT, Math.floor(Math.log10(size)));
}

function labelOf(digits: number, unit: number): string {
  const value = Number(digits.toPrecision(12)) * unit;
  return printNumber(Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)));
}

function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return least <= most ? [least, most] : [0, 0];
}

/** Numbers that hardly differ lie in the middle, as a flat line. */
function widen([least, most]: readonly [number, number]): readonly [number, number] {
  if (most - least > FINEST * Math.max(Math.abs(least), Math.abs(most))) return [least, most];
  const middle = (least + most) / 2;
  const half = Math.abs(middle) / 2 || 1;
  return [middle - half, middle + half];
}

function outward([least, most]: readonly [number, number], step: number): readonly [number, number] {
  return [step * Math.floor(least / step + FINEST), step * Math.ceil(most / step - FINEST)];
}

/** The least of 1, 2, 5, 10, 20 … times a power of ten that is at least `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5].find((digit) => digit * power >= step * (1 - FINEST)) ?? 10) * power;
}

function clamp(place: number): number {
  return Math.max(0, Math.min(1, place));
}

import { plot } from "asciichart";
import { largestOf, leastOf } from "../../foundation/numbers/extremes.ts";
import type { GatedSubject } from "./gatedSubject.ts";

const ROWS = 8;

/**
 * Draws loss curves as text charts on one logarithmic scale, one chart for each title.
 *
 * The charts are text because GitHub removes SVG from a workflow's pages and a terminal cannot show it. Losses that are
 * not finite are left out.
 */
export function plotCurves(curves: Readonly<Record<string, readonly (number | null)[]>>): string {
  const lines = Object.entries(curves).map(([title, curve]) => ({ title, exponents: exponentsOf(curve) }));
  const all = lines.flatMap(({ exponents }) => exponents);
  if (all.length === 0) return "no loss was finite";
  const range = { min: leastOf(all), max: largestOf(all) };
  const format = (exponent: number) => (10 ** exponent).toExponential(1).padStart(8);
  return lines
    .filter(({ exponents }) => exponents.length > 0)
    .map(({ title, exponents }) => `${title}\n${plot(exponents, { ...range, format, height: ROWS - 1 })}`)
    .join("\n\n");
}

/** The losses of a subject's first seed, before and now. */
export function curvesOf({
  baseline,
  measurements,
}: GatedSubject): Record<string, readonly (number | null)[]> {
  const [first] = measurements;
  const before = baseline?.measurements.find(({ seed }) => seed === first?.seed);
  return { ...(before && { baseline: before.curve }), ...(first && { now: first.curve }) };
}

/** A loss of 0 has no logarithm; it is drawn at this value. */
const BOTTOM = 1e-12;

function exponentsOf(curve: readonly (number | null)[]): number[] {
  return curve.filter((loss) => loss !== null).map((loss) => Math.log10(Math.max(loss, BOTTOM)));
}

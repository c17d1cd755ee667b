import { type MeasureName, measureNames } from "../config/measureNames.ts";
import type { ByOutput } from "../subject/own/byOutput.ts";
import type { MeasureFunction } from "./namedMeasures.ts";
import { noMeasure } from "./ownMeasure.ts";

/**
 * An error measure as a project may write it: a function of targets and predictions, `[examples, ...shape of the
 * output]`, that returns one error for each example, 0 where the prediction equals the target; or a name.
 */
export type WrittenMeasure = MeasureFunction | MeasureName;

/** The error measures of a definition. */
export interface ReadMeasures {
  /** The name of every output's measure; undefined where there is none or code gives it. */
  readonly named: MeasureName | undefined;
  /** A function for every output, or a measure for each; null where there is none or a name says all. */
  readonly own: MeasureFunction | ByOutput<WrittenMeasure> | null;
}

/**
 * Reads the field `errorMeasure` of a definition.
 *
 * @throws {InputError} for a measure that is neither a function nor a known name.
 */
export function readMeasures(written: unknown): ReadMeasures {
  if (written === undefined) return { named: undefined, own: null };
  if (typeof written === "object" && written !== null) {
    for (const [output, measure] of Object.entries(written)) refuseUnknown(measure, `errorMeasure.${output}`);
    return { named: undefined, own: written as ByOutput<WrittenMeasure> };
  }
  refuseUnknown(written, "errorMeasure");
  return typeof written === "function"
    ? { named: undefined, own: written as MeasureFunction }
    : { named: written as MeasureName, own: null };
}

function refuseUnknown(written: unknown, field: string): void {
  if (typeof written === "function" || (measureNames as readonly unknown[]).includes(written)) return;
  throw noMeasure(field, measureNames, typeof written === "object" ? "another object" : written);
}

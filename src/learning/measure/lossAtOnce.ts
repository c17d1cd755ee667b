// A loss may be one number for all examples that it is asked about, and grow with how many these are: the likelihood of an order
// compares each example with all others. It is asked about as many at once wherever its numbers are compared.

import { average } from "../../foundation/numbers/statistics.ts";
import { type Examples, gather } from "../subject/examples.ts";
import { lossTargets, type Placed, sizeOf, type TargetPart } from "../subject/parts.ts";
import { repeatRow } from "./errorMeasure.ts";
import { halvesOf } from "./referenceLoss.ts";
import { lossOfAll, type ShapedLoss } from "./rowLosses.ts";

/** Gives each example the loss of the examples that it is asked with, so many at once. */
export async function lossOfEach(
  shaped: ShapedLoss,
  { targets, predictions }: { readonly targets: Float32Array; readonly predictions: Float32Array },
  atOnce: number,
): Promise<Float32Array> {
  const [wanted, size] = [sizeOf(shaped.targets), sizeOf(shaped.outputs)];
  const rows = predictions.length / size;
  const each = Math.min(rows, atOnce);
  const values = new Float32Array(rows);
  // A last part that is smaller than the others would compare fewer examples: it takes up some of those before.
  for (let end = each; ; end = Math.min(rows, end + each)) {
    const [from, to] = [end - each, end];
    const loss = await lossOfAll(shaped, {
      targets: targets.subarray(from * wanted, to * wanted),
      predictions: predictions.subarray(from * size, to * size),
    });
    values.fill(loss, from, to);
    if (end === rows) return values;
  }
}

/** Asks for the loss of a constant on each half of the examples, as a reference is asked. */
export async function lossOfHalves(
  shaped: ShapedLoss,
  judged: Examples,
  part: Placed<TargetPart>,
  row: Float32Array,
): Promise<number> {
  const losses = await Promise.all(
    halvesOf(judged.count).map((rows) => {
      const { values: targets } = lossTargets(gather(judged, rows), part);
      return lossOfAll(shaped, { targets, predictions: repeatRow(row, rows.length) });
    }),
  );
  return average(losses);
}

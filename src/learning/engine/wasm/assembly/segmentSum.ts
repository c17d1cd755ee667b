/** Sums of rows by segment, the gradient of an embedding, which the stock backend lacks. */
import { loadPart, storePart } from "./tile";

/**
 * `out[s]` is the sum of the rows of `x` [rows, columns] whose entry in `segments` (int32) is s, in the order of the
 * rows. Rows of a segment below 0, or not below `count`, are left out.
 */
export function segmentSum(x: usize, segments: usize, out: usize, rows: i32, columns: i32, count: i32): void {
  const rowBytes = (columns as usize) << 2;
  const bytes = (count as usize) * rowBytes;
  for (let at: usize = 0; at < bytes; at += 4) f32.store(out + at, 0);
  for (let row = 0; row < rows; row++) {
    const segment = i32.load(segments + ((row as usize) << 2));
    if (segment >= 0 && segment < count) {
      let target = out + (segment as usize) * rowBytes;
      let source = x + (row as usize) * rowBytes;
      for (let column = 0; column < columns; column += 4) {
        const left = columns - column;
        storePart(target, f32x4.add(loadPart(target, left), loadPart(source, left)), left);
        target += 16;
        source += 16;
      }
    }
  }
}

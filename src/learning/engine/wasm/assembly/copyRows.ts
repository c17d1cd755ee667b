/** Copies rows out of a table, or into one. */
import { loadPart, storePart } from "./tile";

/**
 * Copies `columns` numbers of 32 bits of each row, for the rows from `first` up to `last`.
 *
 * @param fromRow bytes from one row to the next where they are. @param toRow the same where they go.
 */
export function copyRows(
  from: usize,
  to: usize,
  fromRow: usize,
  toRow: usize,
  columns: i32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  for (let row = first; row < last; row++) {
    let source = from + (row as usize) * fromRow;
    let target = to + (row as usize) * toRow;
    for (let left = columns; left > 0; left -= 4) {
      storePart(target, loadPart(source, left), left);
      source += 16;
      target += 16;
    }
  }
}

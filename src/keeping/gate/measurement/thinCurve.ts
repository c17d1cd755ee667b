/** Columns of a chart that a narrow terminal, a telephone and a pull request can show. */
const COLUMNS = 56;

/** A loss over time, thinned to at most {@link COLUMNS} points with three digits; null where it was not finite. */
export function thinCurve(losses: readonly number[]): (number | null)[] {
  const columns = Math.min(COLUMNS, losses.length);
  return Array.from({ length: columns }, (_, column) => {
    const loss = losses[Math.floor((column * losses.length) / columns)] as number;
    return Number.isFinite(loss) ? Number(loss.toPrecision(3)) : null;
  });
}

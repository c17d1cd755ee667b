/** Columns of a chart that a narrow terminal, a telephone and a pull request can show. */
export const MOST_POINTS = 56;

/** Thins losses to at most {@link MOST_POINTS} points with three digits; losses that are not finite become null. */
export function thinCurve(losses: readonly number[]): (number | null)[] {
  const columns = Math.min(MOST_POINTS, losses.length);
  return Array.from({ length: columns }, (_, column) => {
    const loss = losses[Math.floor((column * losses.length) / columns)] as number;
    return Number.isFinite(loss) ? Number(loss.toPrecision(3)) : null;
  });
}

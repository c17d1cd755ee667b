/** How many of the first rows are trained on where a share of them is held out, as TensorFlow.js counts them. */
export function keptRows(count: number, share: number): number {
  return Math.floor(count * (1 - share));
}

/**
 * The two values that targets take, such as 0 and 255 in a mask of bytes, or −1 and 1 for two classes; null if there are
 * fewer or more. Such targets are labels, whatever numbers stand for them.
 */
export function twoValuesOf(targets: Float32Array): readonly [least: number, most: number] | null {
  const first = targets[0];
  if (first === undefined) return null;
  const second = targets.find((target) => target !== first);
  if (second === undefined || targets.some((target) => target !== first && target !== second)) return null;
  return [Math.min(first, second), Math.max(first, second)];
}

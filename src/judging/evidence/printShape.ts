/** Prints the shape of an example's numbers, such as `6 × 2`. */
export function printShape(shape: readonly number[]): string {
  return shape.join(" × ");
}

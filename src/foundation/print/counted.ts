/**
 * Says how many there are of something: `1 step`, `2 steps`.
 *
 * @param name the word for one, whose plural takes an s.
 */
export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

import type { SeedStream } from "./seedStream.ts";

/** The whole numbers from 0 to `count` − 1 in random order: Fisher and Yates's shuffle. */
export function shuffledIndices(count: number, stream: SeedStream): Int32Array {
  const indices = new Int32Array(count);
  for (let index = 0; index < count; index++) indices[index] = index;
  for (let last = count - 1; last > 0; last--) {
    const chosen = stream.below(last + 1);
    const kept = indices[last] as number;
    indices[last] = indices[chosen] as number;
    indices[chosen] = kept;
  }
  return indices;
}

// A property that fails is asked of smaller and smaller configs. Only the last of them is explained, since an
// explanation trains for a cure and writes a capsule.

let searches = 0;

/** Whether a matcher that fails explains why. */
export function isExplaining(): boolean {
  return searches === 0;
}

/** Runs work in which matchers that fail say only what they wanted and got. */
export async function withoutExplaining<Value>(work: () => Promise<Value>): Promise<Value> {
  searches++;
  try {
    return await work();
  } finally {
    searches--;
  }
}

const ROUNDING = 1e-3;

/** Judges each position of an image or a sequence by itself, since each has a softmax of its own. */
export function everyGroupSumsToOne(targets: Float32Array, group: number): boolean {
  for (let start = 0; start < targets.length; start += group) {
    let sum = 0;
    for (let place = 0; place < group; place++) sum += targets[start + place] as number;
    if (Math.abs(sum - 1) > ROUNDING) return false;
  }
  return true;
}

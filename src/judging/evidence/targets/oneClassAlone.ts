import { percent } from "../../../foundation/print/printNumber.ts";
import type { Output } from "./outputs.ts";

/**
 * Says that every place which counts has one and the same class: a categorical crossentropy leaves out a place whose targets are
 * all 0, as where a mask holds 255 for what its loader looks for as class 1. Null where places of several classes count, which
 * may be meant, or where every place has a class.
 */
export function findOneClassAlone({ loss, train, group, prefix }: Output): string | null {
  if (typeof loss === "function" || loss.name !== "categoricalCrossentropy" || group < 2) return null;
  const { targets } = train;
  let [only, without] = [-1, 0];
  for (let start = 0; start < targets.length; start += group) {
    const at = classAt(targets, start, group);
    if (at === null || (at >= 0 && only >= 0 && at !== only)) return null;
    if (at < 0) without++;
    else only = at;
  }
  if (only < 0 || without === 0) return null;
  const share = percent((without * group) / targets.length);
  return `${prefix}every place that has a class has class ${only}, and the targets of ${share} of the places are all 0, which the crossentropy leaves out: nothing tells of another class; look at the numbers that stand for the others where the targets are made`;
}

/** The place of the only 1 among zeros; -1 where all are 0, null where they are anything else. */
function classAt(targets: Float32Array, start: number, group: number): number | null {
  let at = -1;
  for (let place = 0; place < group; place++) {
    const value = targets[start + place];
    if (value === 0) continue;
    if (value !== 1 || at >= 0) return null;
    at = place;
  }
  return at;
}

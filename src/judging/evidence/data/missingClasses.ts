import { type TargetPart, targetParts } from "../../../learning/subject/parts.ts";
import type { ExampleSets } from "../../../learning/subject/subject.ts";
import type { DataFinding } from "./dataFinding.ts";

/** The probability that a random split leaves any class out of a side, below which the split is to blame. */
const BY_CHANCE = 0.001;

/**
 * Finds classes that only one side of the split has. A class without a training row can never be learnt, and is named
 * however rare it is; one without a held-out row is named if a random split would hardly have left it out.
 */
export function findMissingClasses({ train, heldOut }: ExampleSets): DataFinding[] {
  const parts = targetParts(train);
  const [part] = parts;
  if (heldOut === null || parts.length !== 1 || !part || !hasOneClass(part)) return [];
  const [ours, theirs] = [countClasses(train), countClasses(heldOut)];
  const all = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b);
  const share = heldOut.count / (train.count + heldOut.count);
  return all.flatMap((number): DataFinding[] => {
    const [trained, held] = [ours.get(number) ?? 0, theirs.get(number) ?? 0];
    const finding = (claim: string): DataFinding => ({
      kind: "missing-classes",
      claim,
      rows: [],
      set: trained === 0 ? "train" : "heldOut",
      column: null,
    });
    if (trained === 0)
      return [
        finding(`class ${number} has ${held} held-out rows and no training row, so that it cannot be learnt`),
      ];
    if (held > 0 || (1 - share) ** trained > BY_CHANCE / all.length) return [];
    return [
      finding(
        `class ${number} has ${trained} training rows and no held-out row: a random split leaves hardly any class out, so look at how the rows were split`,
      ),
    ];
  });
}

/** With fewer untaught rows than this share, a rare class may have been left out by chance, and something else fails. */
export const MANY_UNTAUGHT = 0.2;

/** Returns the share of the held-out rows whose class has no training row; 0 where the targets are no classes. */
export function shareOfUntaughtRows({ train, heldOut }: ExampleSets): number {
  const [part, ...others] = targetParts(train);
  if (heldOut === null || others.length > 0 || !part || !hasOneClass(part)) return 0;
  const ours = countClasses(train);
  const untaught = [...countClasses(heldOut)].filter(([number]) => !ours.has(number));
  return untaught.reduce((sum, [, rows]) => sum + rows, 0) / heldOut.count;
}

/** Whether each row is of one class: a picture has one at each of its places, and a row of labels has several. */
function hasOneClass({ classification, severalLabels, shape }: TargetPart): boolean {
  return classification && !severalLabels && shape.length <= 1;
}

function countClasses({ targets, outputs, count }: ExampleSets["train"]): Map<number, number> {
  const times = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const own = targets.subarray(row * outputs, (row + 1) * outputs);
    const number = outputs === 1 ? (own[0] as number) : own.indexOf(1);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  return times;
}

// A loss of a project's own may weigh a missed example of a rare class, such as the few pixels of a lesion, more than a false
// alarm. It then asks for answers that name the rare class too often, which the share of wrong answers calls worse than never
// naming it. Such a run is judged by answers that count as the loss counts them.

import { average } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { areBinary } from "../subject/own/labels.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { ErrorMeasure } from "./errorMeasure.ts";
import { lossOfAll } from "./rowLosses.ts";

/** The name by which results show wrong answers that count as the loss counts them. */
export const WEIGHED_ANSWERS = "wrong answers as the loss weighs them";

/** A loss that weighs one class so many times as much as the other does so on purpose. */
const CLEARLY_MORE = 1.5;
/** The rare class is at most this share of all answers. */
const RARE = 0.4;
/** This share of the rare class is answered wrongly, and as many answers of the other class. */
const TURNED = 0.1;
const FEWEST_TURNED = 4;
/** Answers that are nearly 0 and 1: at these themselves, a logarithm may be cut off on one side alone. */
const NEARLY = 0.01;
const HALF = 0.5;

/**
 * Finds the error measure of a loss that weighs the rare class of targets of 0 and 1 more than the other.
 *
 * @returns null where the targets are others, or the loss weighs both alike or the common one more.
 */
export async function findWeighedAnswers(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<ErrorMeasure | null> {
  if (part.shape.at(-1) !== 1 || part.severalLabels) return null;
  const judged = sampleExamples(train, seed);
  const targets = columnsOf(judged.targets, judged.outputs, part);
  if (!areBinary({ values: targets })) return null;
  const ones = average([...targets]);
  const rare = ones < HALF ? 1 : 0;
  const share = Math.min(ones, 1 - ones);
  if (!(share > 0 && share <= RARE)) return null;
  const ratio = await weighRare(loss, targets, rare, part);
  if (ratio === null || ratio < CLEARLY_MORE) return null;
  // The weights even the classes out at most: never to name the rare one is no better than to name it always.
  return measureOf(rare, Math.min(ratio, (1 - share) / share), share, part.size);
}

/** What a missed answer of the rare class costs over what a false alarm costs; null where the loss does not tell. */
async function weighRare(
  loss: Loss,
  targets: Float32Array,
  rare: number,
  part: Placed<TargetPart>,
): Promise<number | null> {
  const places = (label: number) => [...targets.keys()].filter((at) => targets[at] === label);
  const [ofRare, others] = [places(rare), places(1 - rare)];
  const count = Math.floor(TURNED * ofRare.length);
  if (count < FEWEST_TURNED) return null;
  const answers = targets.map((target) => (target === 1 ? 1 - NEARLY : NEARLY));
  const turn = (of: readonly number[]) => {
    const turned = answers.slice();
    for (let one = 0; one < count; one++) {
      const at = of[Math.floor((one * of.length) / count)] as number;
      turned[at] = 1 - (turned[at] as number);
    }
    return turned;
  };
  const shaped = { loss, targets: part.shape, outputs: part.shape };
  try {
    const right = await lossOfAll(shaped, { targets, predictions: answers });
    const missed = (await lossOfAll(shaped, { targets, predictions: turn(ofRare) })) - right;
    const alarmed = (await lossOfAll(shaped, { targets, predictions: turn(others) })) - right;
    return missed > 0 && alarmed > 0 && Number.isFinite(missed / alarmed) ? missed / alarmed : null;
  } catch {
    // A loss that throws is reported where it trains.
    return null;
  }
}

function measureOf(rare: number, weight: number, share: number, size: number): ErrorMeasure {
  return {
    name: WEIGHED_ANSWERS,
    async errorsOf(targets, predictions) {
      const errors = new Float32Array(targets.length / size);
      for (const [at, target] of targets.entries()) {
        const answer = (predictions[at] as number) >= HALF ? 1 : 0;
        if (answer === target) continue;
        const row = Math.floor(at / size);
        errors[row] = (errors[row] as number) + (target === rare ? weight : 1) / size;
      }
      return errors;
    },
    best: async () => ({
      row: new Float32Array(size).fill(1 - rare),
      error: weight * share,
      degree: 0,
    }),
  };
}

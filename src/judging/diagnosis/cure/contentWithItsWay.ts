// A cure is a change behind which a check holds. A check leaves it to the author how far a run goes that is on its way: so does
// the search, where no change makes every law hold.

import type { Attempt, Cure } from "./attempt.ts";
import { CLEARLY, errorOf } from "./judgeCauses.ts";
import { type Search, smaller } from "./stages.ts";
import { takeBack } from "./takeBack.ts";

/**
 * Takes the smallest change whose run ends on its way, and learns where the original does not, or ends so far below its error that
 * no chance and no few more steps explain it. Where the original learns what it is trained on, how far it goes there tells nothing of what fails.
 */
export async function contentWithItsWay(search: Search): Promise<Cure | null> {
  const { config, trials, verdict, lossOverVariance } = search;
  if (verdict === "learns") return null;
  const before = errorOf({ lossOverVariance });
  // Classes are told long before the squared error of their probabilities is small: the verdict knows it.
  trials.contentWith(
    (attempt: Attempt) => attempt.verdict === "learns" || errorOf(attempt) * CLEARLY <= before,
  );
  const least = trials.attempts
    .filter(({ cures }) => cures)
    .reduce<Cure | null>((best, one) => smaller(best, one), null);
  return least && takeBack(config, least, trials);
}

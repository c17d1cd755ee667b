// Some evidence says no more than that a run could have come farther: healthy runs show it as well. Its author chose where
// it ends, and how large the network is, and may have been content with what it learns.

import type { RankName } from "./ranking.ts";

const MORE: ReadonlySet<RankName> = new Set<RankName>([
  // More of the same training would tell more, or larger steps of it.
  "few steps",
  "loss still falls",
  "early stopping ends what still learns",
  "steps are small",
  "steps are small in a long run",
  // Numbers that lie off by a little make it slower, and no more than that where it learns all the same.
  "targets are far off",
  "inputs are far off",
  // Dropout as it is usual slows a run down, which is what it is for.
  "dropout carries some of the loss",
  // Its layers are wide enough: it may have learnt all that there is to learn.
  "loss has stopped falling",
]);

/** Whether evidence asks for nothing but more of what a run has: steps, the size of its steps, or units. */
export function asksForMore(rank: RankName): boolean {
  return MORE.has(rank);
}

import { climbLadder, type Ladder } from "../judging/ladder/climbLadder.ts";
import type { Config } from "../learning/config/schema.ts";
import { allRuns } from "./followProgress.ts";
import { createTotalProgress } from "./progress.ts";

/** Rungs, and the split, that a healthy config climbs. */
const FORESEEN = 9;

/** Climbs the ladder under a line of progress. */
export async function climbVisibly(config: Config): Promise<Ladder> {
  const progress = createTotalProgress(FORESEEN * config.training.steps);
  return climbLadder(config, { onProgress: allRuns(progress) }).finally(progress.end);
}

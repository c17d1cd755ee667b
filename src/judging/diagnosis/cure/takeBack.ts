import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Cure, Proposal } from "./attempt.ts";
import { removedBy } from "./origin.ts";
import type { Trials } from "./trials.ts";

/** How the fields of a cure are taken back. */
export interface TakingBack {
  /** Tells which field is taken back before which: fields with lower numbers go first. @defaultValue as they stand */
  readonly order?: (path: string) => number;
  /** Whether a field is likely to be needed; all others are taken back at once first. @defaultValue every field is */
  readonly isNeeded?: (path: string, value: unknown) => boolean;
}

/** Takes the fields of a cure back one by one, as long as every law still holds, so that only what is needed is left. */
export async function takeBack(
  config: Config,
  cure: Cure,
  trials: Trials,
  { order = () => 0, isNeeded = () => true }: TakingBack = {},
): Promise<Cure> {
  let least = cure;
  const without = async (paths: readonly string[]) => {
    const smaller = withoutFields(config, least, paths);
    const trial = smaller && (await trials.run(smaller));
    if (trial?.attempt.cures) least = trial.attempt;
  };
  const paths = Object.keys(cure.values).sort((a, b) => order(a) - order(b));
  const needless = paths.filter((path) => !isNeeded(path, cure.values[path]));
  trials.foresee(paths.map((path) => withoutFields(config, least, [path])));
  if (needless.length > 1) await without(needless);
  for (const [place, path] of paths.entries()) {
    if (!(path in least.values) || Object.keys(least.values).length === 1) continue;
    // Most fields of a cure are needed: then the next one is taken back from the same cure.
    const next = paths.slice(place + 1).filter((other) => other in least.values);
    trials.foresee(next.map((other) => withoutFields(config, least, [other])));
    await without([path]);
  }
  return least;
}

function withoutFields(config: Config, { values, cause }: Cure, paths: readonly string[]): Proposal | null {
  const left = Object.fromEntries(Object.entries(values).filter(([path]) => !paths.includes(path)));
  const change = changeConfig(config, left);
  return change && { cause: removedBy(left, config)[0]?.[0] ?? cause, change };
}

import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Cure, Proposal } from "./attempt.ts";
import { removedBy } from "./origin.ts";
import type { Trials } from "./trials.ts";

/**
 * Takes the fields of a cure back one by one, as long as every law still holds, so that only what is needed is left.
 *
 * @param order tells which field is taken back before which: fields with lower numbers go first.
 */
export async function takeBack(
  config: Config,
  cure: Cure,
  trials: Trials,
  order: (path: string) => number = () => 0,
): Promise<Cure> {
  let least = cure;
  const paths = Object.keys(cure.values).sort((a, b) => order(a) - order(b));
  for (const path of paths) {
    const without = withoutField(config, least, path);
    if (!without) continue;
    const trial = await trials.run(without);
    if (trial?.attempt.cures) least = trial.attempt;
  }
  return least;
}

function withoutField(config: Config, { values, cause }: Cure, path: string): Proposal | null {
  const { [path]: _taken, ...left } = values;
  const change = changeConfig(config, left);
  return change && { cause: removedBy(left, config)[0]?.[0] ?? cause, change };
}

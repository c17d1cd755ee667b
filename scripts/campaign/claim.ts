import fc from "fast-check";
import { LARGEST_SEED } from "../../src/foundation/random/seed.ts";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import type { BoxConfig } from "../../src/learning/config/schema.ts";

/** Something that is said of all configs of a kind, and tried on many. */
export interface Claim {
  readonly name: string;
  readonly configs: fc.Arbitrary<BoxConfig>;
  /** The share of configs that each law must hold for. */
  readonly atLeast: number;
  /** Whether a single exception fails a campaign, though the share still holds. */
  readonly noException: boolean;
  /** Configs in a whole campaign that never stops early. */
  readonly most: number;
  /** What became of one config: whether each law held, by name. */
  readonly judge: (config: BoxConfig) => Promise<Readonly<Record<string, boolean>>>;
}

/**
 * Config `index` of a campaign: a function of the campaign's number and its own alone, so that any part of a
 * campaign, and any config, can be had again by itself.
 *
 * @param campaign the campaign's number, from 1 to 2147483647.
 * @param index from 0.
 */
export function configOfCampaign({ name, configs }: Claim, campaign: number, index: number): BoxConfig {
  const seed = 1 + seedStream(campaign, `campaign/${name}/${index}`).below(LARGEST_SEED);
  return fc.sample(configs, { seed, numRuns: 1 })[0] as BoxConfig;
}

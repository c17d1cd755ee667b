import fc from "fast-check";
import { LARGEST_SEED } from "../../src/foundation/random/seed.ts";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import type { BoxConfig } from "../../src/learning/config/schema.ts";

/** A statement about all configs of a kind, which is tested on many. */
export interface Claim {
  readonly name: string;
  readonly configs: fc.Arbitrary<BoxConfig>;
  /** The share of configs that each law must hold for. */
  readonly atLeast: number;
  /** Whether a single exception fails a campaign, even if the share still holds. */
  readonly noException: boolean;
  /** Number of configs in a complete campaign that does not stop early. */
  readonly most: number;
  /** Tests one config, and returns whether each law held, by name. */
  readonly judge: (config: BoxConfig) => Promise<Readonly<Record<string, boolean>>>;
}

/**
 * Returns config `index` of a campaign. It depends only on the campaign's number and the index, so that any part of a
 * campaign, and any config, can be repeated by itself.
 *
 * @param campaign the campaign's number, from 1 to 2147483647.
 * @param index from 0.
 */
export function configOfCampaign({ name, configs }: Claim, campaign: number, index: number): BoxConfig {
  const seed = 1 + seedStream(campaign, `campaign/${name}/${index}`).below(LARGEST_SEED);
  return fc.sample(configs, { seed, numRuns: 1 })[0] as BoxConfig;
}

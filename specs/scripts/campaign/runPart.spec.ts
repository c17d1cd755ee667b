import { describe, expect, test } from "vitest";
import { type Claim, configOfCampaign } from "../../../scripts/campaign/claim.ts";
import { describeCampaign } from "../../../scripts/campaign/describeCampaign.ts";
import { type PartResult, runPart } from "../../../scripts/campaign/runPart.ts";
import { LARGEST_SEED } from "../../../src/foundation/random/seed.ts";
import { healthyConfig } from "../../../src/lab/arbitrary/healthyConfig.ts";

/** A claim about seeds, which takes no training: that they lie in the lower part of their range. */
function claimThatSeedsAreBelow(share: number, changes: Partial<Claim> = {}): Claim {
  return {
    name: "seeds are low",
    configs: healthyConfig(),
    atLeast: 0.99,
    noException: true,
    most: 40,
    judge: async ({ seed }) => ({ isLow: seed <= share * LARGEST_SEED, isSeed: seed >= 1 }),
    ...changes,
  };
}

function inParts(claim: Claim, parts: number): Promise<PartResult[]> {
  return Promise.all(
    Array.from({ length: parts }, (_, part) => runPart(claim, { campaign: 3, part, parts })),
  );
}

describe("a campaign", () => {
  test("draws the same config for its number and the config's, and others for other numbers", () => {
    const claim = claimThatSeedsAreBelow(1);
    const configs = [
      [3, 7],
      [3, 7],
      [3, 8],
      [4, 7],
    ].map(([campaign, index]) => configOfCampaign(claim, campaign as number, index as number));

    expect(configs[0]).toEqual(configs[1]);
    expect(new Set(configs.map(({ seed }) => seed)).size).toBe(3);
    expect(configOfCampaign({ ...claim, name: "another" }, 3, 7)).not.toEqual(configs[0]);
  });

  test("finds the same exceptions in one part as in several", async () => {
    const claim = claimThatSeedsAreBelow(0.9, { atLeast: 0.5 });

    const [whole, split] = await Promise.all([inParts(claim, 1), inParts(claim, 3)]);

    const indices = (results: PartResult[]) =>
      results.flatMap(({ exceptions }) => exceptions.map(({ index }) => index)).sort((a, b) => a - b);
    expect(indices(whole).length).toBeGreaterThan(0);
    expect(indices(split)).toEqual(indices(whole));
    expect(split.map(({ tried }) => tried)).toEqual([14, 13, 13]);
  });

  test("is refuted by one exception where none is allowed, else by a share that is certainly too small", async () => {
    const refuted = async (share: number, changes: Partial<Claim>) =>
      (await runPart(claimThatSeedsAreBelow(share, changes), { campaign: 3, part: 0, parts: 1 })).refuted;

    expect(await refuted(0.9, { atLeast: 0.5 })).toBe(true);
    expect(await refuted(1, { atLeast: 0.5 })).toBe(false);
    expect(await refuted(0.9, { atLeast: 0.5, noException: false })).toBe(false);
    expect(await refuted(0.1, { atLeast: 0.9, noException: false })).toBe(true);
  });

  test("tries one config again by its number, in its part alone", async () => {
    const claim = claimThatSeedsAreBelow(0);
    const again = { campaign: 3, parts: 3, only: 7 };

    const results = await Promise.all([0, 1, 2].map((part) => runPart(claim, { ...again, part })));

    expect(results.map(({ tried }) => tried)).toEqual([0, 1, 0]);
    expect(results[1]?.exceptions).toEqual([
      { index: 7, broken: ["isLow"], config: configOfCampaign(claim, 3, 7) },
    ]);
    expect(results.some(({ stoppedEarly }) => stoppedEarly)).toBe(false);
  });

  test("stops as soon as one law certainly fails, or all certainly hold", async () => {
    const fails = await runPart(claimThatSeedsAreBelow(0), { campaign: 1, part: 0, parts: 1 });
    const holds = await runPart(claimThatSeedsAreBelow(1, { atLeast: 0.5 }), {
      campaign: 1,
      part: 0,
      parts: 1,
    });
    const open = await runPart(claimThatSeedsAreBelow(1), { campaign: 1, part: 0, parts: 1 });

    expect(fails).toMatchObject({ tried: 4, stoppedEarly: true, held: { isLow: 0, isSeed: 4 } });
    expect(holds).toMatchObject({ tried: 16, stoppedEarly: true, exceptions: [] });
    expect(open).toMatchObject({ tried: 40, stoppedEarly: false });
  });

  test("is summed up over its parts: how often each law held, and how to try an exception again", async () => {
    const results = await inParts(claimThatSeedsAreBelow(0.95, { atLeast: 0.5 }), 2);

    const text = describeCampaign(results);

    const missed = results.flatMap(({ exceptions }) => exceptions);
    expect(missed.length).toBeGreaterThan(0);
    expect(text).toContain("### seeds are low: campaign 3, 40 configs");
    expect(text).toContain("| isSeed | 40 of 40 | 91.19 % to 100.00 % |");
    expect(text).toContain(`| isLow | ${40 - missed.length} of 40 |`);
    for (const { index, config } of missed) {
      expect(text).toContain(
        `- config ${index} broke isLow; again: \`LEARNPROOF_CAMPAIGN=3 LEARNPROOF_CONFIG=${index} npm run campaign\``,
      );
      expect(text).toContain(JSON.stringify(config));
    }
  });
});

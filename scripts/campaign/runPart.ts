import type { BoxConfig } from "../../src/learning/config/schema.ts";
import { type Certainty, certaintyOf } from "./certainty.ts";
import { type Claim, configOfCampaign } from "./claim.ts";

/** One part of a campaign: the configs `part`, `part + parts`, `part + 2 parts`, … */
export interface Part {
  /** The campaign's number. */
  readonly campaign: number;
  /** The part's index, from 0. */
  readonly part: number;
  readonly parts: number;
  /** The only config to test, if it belongs to this part; all of them if left out. */
  readonly only?: number | undefined;
}

/** A config that broke a law. */
export interface Exception {
  readonly index: number;
  readonly broken: readonly string[];
  readonly config: BoxConfig;
}

/** The result of a part of a campaign. It is plain data, since it is stored in vitest's blob reports. */
export interface PartResult {
  readonly claim: string;
  readonly campaign: number;
  readonly tried: number;
  /** The number of tested configs for which each law held. */
  readonly held: Readonly<Record<string, number>>;
  readonly exceptions: readonly Exception[];
  /** Whether the part ended before its last config because the answer was certain. */
  readonly stoppedEarly: boolean;
  /** Whether a law certainly holds for fewer configs than claimed, or had an exception where none is allowed. */
  readonly refuted: boolean;
}

/** Tests a claim on the configs of a part, until one law certainly fails or all certainly hold. */
export async function runPart(claim: Claim, { campaign, part, parts, only }: Part): Promise<PartResult> {
  const held: Record<string, number> = {};
  const exceptions: Exception[] = [];
  let tried = 0;
  let certain = false;
  for (let index = part; index < claim.most && !certain; index += parts) {
    if (only !== undefined && only !== index) continue;
    const config = configOfCampaign(claim, campaign, index);
    const outcome = await claim.judge(config);
    tried++;
    for (const [law, holds] of Object.entries(outcome)) held[law] = (held[law] ?? 0) + (holds ? 1 : 0);
    const broken = Object.keys(outcome).filter((law) => !outcome[law]);
    if (broken.length > 0) exceptions.push({ index, broken, config });
    certain = isCertain(answers(held, tried, claim.atLeast));
  }
  const wanted = Math.ceil((claim.most - part) / parts);
  return {
    claim: claim.name,
    campaign,
    tried,
    held,
    exceptions,
    stoppedEarly: only === undefined && tried < wanted,
    refuted:
      ((claim.noException || only !== undefined) && exceptions.length > 0) ||
      answers(held, tried, claim.atLeast).includes("fails"),
  };
}

function answers(held: Readonly<Record<string, number>>, tried: number, atLeast: number): Certainty[] {
  return Object.values(held).map((count) => certaintyOf(count, tried, atLeast));
}

function isCertain(all: readonly Certainty[]): boolean {
  return all.includes("fails") || all.every((answer) => answer === "holds");
}

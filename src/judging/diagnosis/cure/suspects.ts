import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Cause } from "../cause.ts";
import { type CauseName, causes } from "../causes.ts";
import type { Finding } from "../finding.ts";
import type { Proposal } from "./attempt.ts";
import { removes } from "./origin.ts";

/** A likely cause and the changes that should remove it. */
export interface Suspect {
  readonly cause: CauseName;
  /** The likeliest change first; empty where the config has none. */
  readonly proposals: readonly Proposal[];
}

/** Causes whose rank is this much below the first one's are not tried. */
const UNLIKELY = 0.45;

/**
 * Lists the likely causes with their changes. A change that removes another suspect is left to that one: where both
 * the rate and the units that it killed are suspected, a lower rate is the rate's.
 */
export async function findSuspects(
  config: Config,
  findings: readonly Finding[],
): Promise<readonly Suspect[]> {
  const first = findings[0]?.rank ?? 0;
  const alone = causeThatStandsAlone(findings);
  const likely = findings.filter(({ cause, rank }) =>
    alone ? cause === alone.name : rank > first - UNLIKELY,
  );
  return Promise.all(
    likely.map(async (finding) => {
      const { cause } = finding;
      const others = likely.map((other) => other.cause).filter((other) => other !== cause);
      const changes = (await changesFor(finding, config)).filter(
        ({ values }) =>
          removes(cause, values, config) || !others.some((other) => removes(other, values, config)),
      );
      return { cause, proposals: changes.map((change) => ({ cause, change })) };
    }),
  );
}

/** Finds a cause among the findings that no change of another cause makes up for. */
export function causeThatStandsAlone(findings: readonly Finding[]): Cause | undefined {
  return causes.find(
    (cause: Cause) =>
      cause.standsAlone !== undefined && findings.some((finding) => finding.cause === cause.name),
  );
}

async function changesFor({ cause: name, remedy }: Finding, config: Config): Promise<Change[]> {
  const cause = causes.find((candidate) => candidate.name === name) as Cause;
  const told = remedy ? [changeConfig(config, remedy)] : [];
  const proposed = (await cause.cures?.(config)) ?? [];
  return [...told, ...proposed].filter((change): change is Change => change !== null);
}

/** Joins changes; of two values for one field the first counts. Null where they cannot stand together. */
export function unite(config: Config, proposals: readonly Proposal[]): Proposal | null {
  const [first] = proposals;
  if (!first) return null;
  const values = Object.assign({}, ...proposals.map(({ change }) => change.values).reverse());
  const change = changeConfig(config, values);
  return change && { cause: first.cause, change };
}

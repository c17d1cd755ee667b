// A cure of several changes says of none of them by itself that it is needed. Only a run without it can say so.

import { changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { Attempt, Cure, NotTried } from "./attempt.ts";

/**
 * Whether a run has shown that a cure needs one of its fields: an attempt with all the others, and without this one, did
 * not cure. Of a cure of one field, the original run is that attempt.
 */
export function isNeeded(path: string, cure: Cure, attempts: readonly Attempt[]): boolean {
  const others = Object.entries(without(path, cure.values)).map(([other, value]) => [
    other,
    JSON.stringify(value),
  ]);
  if (others.length === 0) return true;
  return attempts.some(
    ({ cures, values }) =>
      !cures &&
      !(path in values) &&
      others.every(([other, value]) => JSON.stringify(values[other as string]) === value),
  );
}

/** Says why no run was made without a field of a cure. */
export function whyNotTakenBack(
  path: string,
  cure: Cure,
  { config, notTried }: { readonly config: Config; readonly notTried: readonly NotTried[] },
): string {
  const smaller = changeConfig(config, without(path, cure.values));
  if (!smaller) return "the others cannot be made without it";
  return notTried.find(({ change }) => change === smaller.description)?.reason ?? "the search ended before";
}

function without(path: string, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([other]) => other !== path));
}

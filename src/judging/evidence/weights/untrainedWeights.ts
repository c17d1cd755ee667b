import type { WeightUse } from "../contract/weightUse.ts";

/** Weights that training does not reach. */
export interface Untrained {
  readonly count: number;
  /** Which weights, and why; empty if there are none. */
  readonly reason: string;
}

export function untrainedWeights({ withoutGradient, withoutUpdate, unknown }: WeightUse): Untrained {
  const clauses = [
    sentence(
      withoutGradient,
      "gets no gradient, because the loss does not depend on it by operations with a gradient",
    ),
    sentence(withoutUpdate, "gets a gradient, and the optimizer leaves it as it is"),
    sentence(unknown, "was made with the model and shapes the loss, and is none of the model's weights"),
  ].filter(Boolean);
  return {
    count: withoutGradient.length + withoutUpdate.length + unknown.length,
    reason: clauses.join("; "),
  };
}

/** The most names in a sentence. */
const MOST_NAMES = 4;

function sentence(names: readonly string[], what: string): string {
  if (names.length === 0) return "";
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${names.slice(0, MOST_NAMES).join(", ")}${more} ${what}`;
}

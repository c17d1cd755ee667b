// What `learnproof explain` and the pages of documentation say of a cause or a law.

import { type CauseName, causes } from "../../judging/diagnosis/causes.ts";
import { laws } from "../../judging/law/laws.ts";
import { writtenTexts } from "./causes/texts.ts";
import type { Explanation } from "./explanation.ts";
import { lawTexts } from "./laws.ts";

/** The text of every cause: a new cause does not compile without one. */
const causeTexts: Readonly<Record<CauseName, Explanation>> = writtenTexts;

/** A cause or a law with its explanation. */
export interface Explained extends Explanation {
  readonly name: string;
  readonly kind: "cause" | "law";
  /** The clause by which the code itself says what is wrong, or what must hold. */
  readonly claim: string;
}

/** Every cause and law, causes first, each in the order in which learnproof asks. */
export function explainAll(): readonly Explained[] {
  return [
    ...causes.map(({ name, claim }) => ({ name, claim, kind: "cause" as const, ...causeTexts[name] })),
    ...laws.map(({ name, claim }) => ({ name, claim, kind: "law" as const, ...textOf(name) })),
  ];
}

/** Laws are named by any text, so that only a spec can hold that each has an explanation. */
function textOf(name: string): Explanation {
  const text = lawTexts[name];
  if (!text)
    throw new RangeError(`${name}: the law has no explanation; write one in src/report/explain/laws.ts`);
  return text;
}

/** The explanation of a cause or a law; null for any other name. */
export function explain(name: string): Explained | null {
  return explainAll().find((one) => one.name === name) ?? null;
}

/** The headings of an explanation, with its parts. */
export function partsOf({
  kind,
  sees,
  means,
  neighbours,
  cures,
}: Explained): readonly (readonly [string, string])[] {
  return [
    [kind === "cause" ? "What one sees" : "When it is broken", sees],
    [kind === "cause" ? "What it means" : "What it asks, and why", means],
    [kind === "cause" ? "How it is told from its neighbours" : "What stands beside it", neighbours],
    [kind === "cause" ? "What cures it" : "What to do", cures],
  ];
}

/** An explanation as plain text. */
export function describeExplained(explained: Explained): string {
  const { name, kind, claim } = explained;
  const parts = partsOf(explained).map(([title, text]) => `${title}: ${text}`);
  return [`${name} (${kind}): ${claim}`, ...parts].join("\n\n");
}

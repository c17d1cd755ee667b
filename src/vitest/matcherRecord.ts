// What the matchers of a test tell the reporter. It travels with the test's meta data from its worker.

import type { CardGroup } from "../report/html/renderCards.ts";
import type { RunCard } from "../report/html/runCard.ts";
import type { KnownRun } from "./learner.ts";

/** One matcher's answer, with what is known of the run that it looked at. */
export interface MatcherRecord extends KnownRun {
  /** Such as `to learn`. */
  readonly wanted: string;
  readonly got: string;
  /** Whether the claim holds, negated or not. */
  readonly holds: boolean;
}

/** The test that a matcher belongs to, as far as records need it. */
export interface RecordedTask {
  meta?: object;
}

interface Meta {
  learnproof?: MatcherRecord[];
}

/** Keeps a record with its test; outside of a test there is nowhere to keep it. */
export function keepRecord(task: RecordedTask | undefined, record: MatcherRecord): void {
  const meta = task?.meta as Meta | undefined;
  if (!meta) return;
  meta.learnproof ??= [];
  meta.learnproof.push(record);
}

/** The records that a test's meta data hold. */
export function recordsOf(meta: object): readonly MatcherRecord[] {
  return (meta as Meta).learnproof ?? [];
}

/** A test with its records. */
export interface RecordedTest {
  /** The file, as a person knows it. */
  readonly file: string;
  readonly name: string;
  readonly records: readonly MatcherRecord[];
}

/** Cards by file: matchers of one test that looked at one run share a card. */
export function groupRecords(tests: readonly RecordedTest[]): readonly CardGroup[] {
  const groups = new Map<string, RunCard[]>();
  for (const { file, name, records } of tests) {
    const cards = groups.get(file) ?? [];
    groups.set(file, cards);
    cards.push(...cardsOf(name, records));
  }
  return [...groups].map(([title, cards]) => ({ title, cards }));
}

function cardsOf(title: string, records: readonly MatcherRecord[]): RunCard[] {
  const byRun = new Map<string, MatcherRecord[]>();
  for (const record of records) {
    const key = record.run ? `${record.run.digest} ${record.run.seed}` : "no run";
    byRun.set(key, [...(byRun.get(key) ?? []), record]);
  }
  return [...byRun.values()].map((own) => {
    // The last one knows the most: a matcher that fails searches for a cure.
    const {
      run,
      cause: finding,
      cure,
      cured,
    } = own.findLast((record) => record.cure !== null) ?? (own.at(-1) as MatcherRecord);
    const lines = own.map(({ wanted, got, holds }) => `${holds ? "✓" : "✕"} expected ${wanted}; got ${got}`);
    const cause = finding && { name: finding.cause, evidence: finding.evidence };
    return {
      title,
      isWell: own.every(({ holds }) => holds),
      lines,
      run,
      cause,
      cure: cure && `Tried, it works: ${cure}`,
      cured,
    };
  });
}

import type { KnownFailure } from "./knownFailures.ts";
import type { Outcomes } from "./runSuite.ts";

/** The tests that failed, with the reason. */
export function failures(outcomes: Outcomes): Outcomes {
  return Object.fromEntries(Object.entries(outcomes).filter(([, reason]) => reason !== null));
}

/** The tests that passed before and fail after, or are gone, with the reason. */
export function newFailures(before: Outcomes, after: Outcomes): Outcomes {
  const passed = Object.keys(before).filter((name) => before[name] === null);
  const reasons = passed.map((name) => [name, name in after ? after[name] : "did not run"] as const);
  return Object.fromEntries(reasons.filter((row): row is [string, string] => row[1] !== null));
}

/** The tests that fail and are not listed, with the reason. */
export function unlistedFailures(known: readonly KnownFailure[], outcomes: Outcomes): Outcomes {
  const listed = namesOf(known);
  return Object.fromEntries(Object.entries(failures(outcomes)).filter(([name]) => !listed.includes(name)));
}

/** The rows to delete: tests that are listed as failing and do not fail, or do not run. */
export function staleRows(known: readonly KnownFailure[], outcomes: Outcomes): string[] {
  return namesOf(known).filter((name) => (outcomes[name] ?? null) === null);
}

/** The names of the tests of several reasons. */
export function namesOf(known: readonly KnownFailure[]): string[] {
  return known.flatMap(({ tests }) => tests);
}

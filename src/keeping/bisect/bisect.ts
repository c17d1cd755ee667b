import type { Commit } from "../git/git.ts";
import { findFirst } from "./search.ts";

/** What a bisection asks of a commit. */
export interface CommitProbe {
  /** The digest of the run; null if the commit does not run. */
  readonly digest: (commit: Commit) => Promise<string | null>;
  /** Whether the gate finds the commit worse than the good one; null if the commit does not run. */
  readonly isWorse: (commit: Commit) => Promise<boolean | null>;
}

/** The first commit of which something is true. */
export interface FirstCommit extends Commit {
  /** Commits before it that do not run, one of which may be the first. */
  readonly unsure: readonly string[];
}

export interface Bisection {
  /** The first commit whose run is another one, bit for bit. */
  readonly firstDifferent: FirstCommit | null;
  /** The first commit that the gate finds worse. */
  readonly firstWorse: FirstCommit | null;
}

/**
 * Finds the first commit that is different, by the digest of one run, and then among those from there on the first that
 * is worse, by the gate's measurements.
 *
 * @param commits after the good one, oldest first; the last one is the bad one.
 * @param goodDigest of the good commit; null where an engine does not repeat bits, so that only measurements can tell.
 */
export async function bisect(
  commits: readonly Commit[],
  goodDigest: string | null,
  probe: CommitProbe,
): Promise<Bisection> {
  const bad = commits.at(-1);
  if (!bad) return { firstDifferent: null, firstWorse: null };
  const isDifferent = async (commit: Commit) => {
    const digest = await probe.digest(commit);
    return digest === null ? null : digest !== goodDigest;
  };
  const exact = goodDigest !== null;
  if (exact && (await isDifferent(bad)) === false) return { firstDifferent: null, firstWorse: null };
  const firstDifferent = exact ? await findCommit(commits, isDifferent) : null;
  const from = firstDifferent ? commits.findIndex(({ commit }) => commit === firstDifferent.commit) : 0;
  if ((await probe.isWorse(bad)) !== true) return { firstDifferent, firstWorse: null };
  return { firstDifferent, firstWorse: await findCommit(commits.slice(from), probe.isWorse) };
}

async function findCommit(
  commits: readonly Commit[],
  isTrue: (commit: Commit) => Promise<boolean | null>,
): Promise<FirstCommit> {
  const commitAt = (index: number) => commits[index] as Commit;
  const { at, unsure } = await findFirst(commits.length, (index) => isTrue(commitAt(index)));
  return { ...commitAt(at), unsure: unsure.map((index) => commitAt(index).commit) };
}

/** Where a subject comes from. */
export interface ReportSource {
  /** The config's file as the command was given it; null where there is none. */
  readonly file: string | null;
  /** The commit that is checked out; null outside a repository. */
  readonly commit: Commit | null;
}

/** A commit of the user's repository. */
export interface Commit {
  /** Its short name. */
  readonly id: string;
  /** The day of the commit, `2026-11-26`. A report has no other date: the same commit must give the same page. */
  readonly date: string;
  /** Whether files that git knows differ from the commit. */
  readonly changed: boolean;
}

/** The source in the words of a page's first line. */
export function describeSource({ file, commit }: ReportSource): string[] {
  const words = commit && `commit ${commit.id} of ${commit.date}${commit.changed ? ", with changes" : ""}`;
  return [...(file === null ? [] : [file]), ...(words === null ? [] : [words])];
}

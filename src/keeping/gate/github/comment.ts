import type { getOctokit } from "@actions/github";

type Octokit = ReturnType<typeof getOctokit>;

/** A pull request, and who speaks on it. */
export interface CommentTarget {
  readonly owner: string;
  readonly repo: string;
  /** Number of the pull request. */
  readonly number: number;
  /** What tells our comment from others: invisible, and one for each thing that comments. */
  readonly marker: string;
}

/** GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/** Whoever may not edit a comment is told so, or that there is none. */
const NOT_OURS = new Set([403, 404]);

/**
 * Writes the one comment on a pull request: the one that begins with the marker is updated in place, whatever
 * page it stands on; where there is none, or it is somebody else's, a new one is made.
 *
 * @throws what the API answers, for a token that may not comment, say.
 */
export async function writeComment(octokit: Octokit, markdown: string, target: CommentTarget): Promise<void> {
  const { owner, repo, number, marker } = target;
  const body = `${marker}\n${markdown.length > MOST_CHARACTERS ? shorten(markdown) : markdown}`;
  for (const id of await findComments(octokit, target)) {
    try {
      await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body });
      return;
    } catch (error) {
      if (!NOT_OURS.has((error as { status?: number }).status ?? 0)) throw error;
    }
  }
  await octokit.rest.issues.createComment({ owner, repo, issue_number: number, body });
}

async function findComments(
  octokit: Octokit,
  { owner, repo, number, marker }: CommentTarget,
): Promise<number[]> {
  const asked = { owner, repo, issue_number: number, per_page: 100 };
  const comments = await octokit.paginate(octokit.rest.issues.listComments, asked);
  return comments.filter(({ body }) => body?.startsWith(marker)).map(({ id }) => id);
}

/** A cut in the middle could leave a tag open; the first line says the outcome. */
function shorten(markdown: string): string {
  return `${markdown.split("\n", 1)[0]}\n\nToo long for a comment: see the summary of the job.`;
}

import type { getOctokit } from "./toolkit/client.ts";

type Octokit = ReturnType<typeof getOctokit>;

/** A pull request, and who speaks on it. */
export interface CommentTarget {
  readonly owner: string;
  readonly repo: string;
  /** Number of the pull request. */
  readonly number: number;
  /** An invisible text that identifies this program's comment among others by the same author. */
  readonly marker: string;
}

/** GitHub takes 65,536 characters, which are no more than its bytes; the marker stands before them. */
export const MOST_COMMENT_BYTES = 60_000;

/** The most pages that are read, of a hundred comments each. */
const MOST_PAGES = 10;

/** The author of comments made with the workflow's own token, which belongs to an app that may not query its name. */
const ACTIONS_BOT = "github-actions[bot]";

/**
 * Writes the one comment on a pull request: the one that begins with the marker and is by the token's own user or app
 * is updated in place; where there is none, a new one is made. Nobody else's comment is ever changed or deleted.
 *
 * @param markdown of at most {@link MOST_COMMENT_BYTES}.
 * @param signal ends the work, whatever GitHub does.
 * @throws what GitHub answers, for a token that may not comment, say, and for an answer that is no list of comments.
 */
export async function writeComment(
  octokit: Octokit,
  markdown: string,
  target: CommentTarget,
  signal: AbortSignal,
): Promise<void> {
  const { owner, repo, number, marker } = target;
  const common = { owner, repo, request: { signal } };
  const body = `${marker}\n${markdown}`;
  const { issues } = octokit.rest;
  const { ours, others } = await findMarked(octokit, target, signal);
  if (ours && (await unless404(issues.updateComment({ ...common, comment_id: ours.id, body }))))
    return signal.throwIfAborted();
  const { data } = await issues.createComment({ ...common, issue_number: number, body });
  signal.throwIfAborted();
  // GitHub names an app of somebody's own only beside what it wrote: what it wrote before makes way.
  const self = authorOf(data);
  for (const { id, author } of others)
    if (author !== undefined && author === self)
      await unless404(issues.deleteComment({ ...common, comment_id: id }));
}

/** Somebody may have deleted the comment since it was listed. */
async function unless404(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as { status?: number }).status === 404) return false;
    throw error;
  }
}

/** Comments with our marker: the one that is known to be ours, or else all of them. */
interface Marked {
  readonly ours: Comment | null;
  readonly others: readonly Comment[];
}

/** Looks for our comment, whatever page it stands on. */
async function findMarked(
  octokit: Octokit,
  { owner, repo, number, marker }: CommentTarget,
  signal: AbortSignal,
): Promise<Marked> {
  const others: Comment[] = [];
  let self: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const asked = { owner, repo, issue_number: number, per_page: 100, page, request: { signal } };
    const { data, headers } = await octokit.rest.issues.listComments(asked);
    // An answer that was cut off comes as an empty one.
    signal.throwIfAborted();
    const marked = readComments(data).filter(({ body }) => body.startsWith(marker));
    if (marked.length > 0) self ??= await ownLogin(octokit, signal);
    const ours = marked.find(({ author }) => author === self);
    if (ours) return { ours, others: [] };
    others.push(...marked);
    if (!/rel="next"/.test(headers.link ?? "")) return { ours: null, others };
  }
  throw new Error(
    `of more than ${MOST_PAGES} pages of comments the first ${MOST_PAGES} hold none of ours; see the summary of the job`,
  );
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string | undefined;
}

/** Reads comments from an answer that may come from a proxy, and so may be no list, or a list of something else. */
function readComments(data: unknown): Comment[] {
  if (!Array.isArray(data)) throw new Error("GitHub's list of comments was no list; run the job again");
  return data.flatMap((one: Partial<Record<"id" | "body", unknown>> | null) =>
    typeof one?.id === "number" && typeof one.body === "string"
      ? [{ id: one.id, body: one.body, author: authorOf(one) }]
      : [],
  );
}

function authorOf(comment: unknown): string | undefined {
  const login = (comment as { user?: { login?: unknown } | null } | null)?.user?.login;
  return typeof login === "string" ? login : undefined;
}

/** GitHub refuses to name an app by its token. */
const REFUSED = new Set([403, 404]);

/** The login under which this token's comments stand. */
async function ownLogin(octokit: Octokit, signal: AbortSignal): Promise<string> {
  try {
    const { data } = await octokit.rest.users.getAuthenticated({ request: { signal } });
    signal.throwIfAborted();
    const login: unknown = (data as Partial<typeof data> | null)?.login;
    return typeof login === "string" ? login : ACTIONS_BOT;
  } catch (error) {
    if (REFUSED.has((error as { status?: number }).status ?? 0)) return ACTIONS_BOT;
    throw error;
  }
}

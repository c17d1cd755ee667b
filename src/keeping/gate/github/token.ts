// This file reads the token with which learnproof authenticates to GitHub. The token goes into a header and nowhere
// else.

/** The characters that a header accepts and that tokens consist of. */
const WELL_FORMED = /^[\x21-\x7e]+$/;

/** So many consecutive characters of a token count as the token; fewer occur in ordinary words. */
const TELLING = 8;

/**
 * The token that the environment gives, without the white space that a pasted secret ends with.
 *
 * @throws {Error} that names no part of it, where there is none or it can be none.
 */
export function readToken(environment: Readonly<Record<string, string | undefined>>): string {
  const token = environment.GITHUB_TOKEN?.trim();
  if (!token) throw new Error("give the step GITHUB_TOKEN, and its job the permission pull-requests: write");
  if (!WELL_FORMED.test(token))
    throw new Error(
      "GITHUB_TOKEN holds characters that no token has, such as a line break; set the secret again",
    );
  return token;
}

/** Whether a text gives the token away: any part of it that is long enough, as it stands or as a URL escapes it. */
export function holdsToken(text: string, token: string | undefined): boolean {
  const secret = token?.trim() ?? "";
  if (secret === "") return false;
  const parts = Array.from({ length: Math.max(1, secret.length - TELLING + 1) }, (_, at) =>
    secret.slice(at, at + TELLING),
  );
  return parts.some((part) => text.includes(part) || text.includes(encodeURIComponent(part)));
}

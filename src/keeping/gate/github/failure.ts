// This file describes why a request to GitHub failed, in a sentence that reveals no secret.

import { plain } from "../plain.ts";
import { holdsToken } from "./token.ts";

/** GitHub's sentences name the rule and a page of its documentation. */
const LONGEST = 300;

/** Credentials in a URL, such as a proxy's. */
const CREDENTIALS = /\/\/[^/@\s]+@/g;

/** A sentence of bounded length; one that holds any part of `token` is left out but for GitHub's status. */
export function describeFailure(error: unknown, token: string | undefined): string {
  const { status, message } = (error ?? {}) as { status?: unknown; message?: unknown };
  const said = (typeof message === "string" ? message : String(error)).replace(CREDENTIALS, "//…@");
  const answered = typeof status === "number" ? `GitHub answered ${status}` : "it failed";
  if (holdsToken(said, token)) return `${answered}, and what was said is left out since it holds the token`;
  return plain(said, LONGEST);
}

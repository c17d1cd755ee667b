// This file reports to GitHub Actions through its own toolkit: annotations, outputs, the job summary and one comment on
// the pull request. Each is independent: if the summary cannot be written, the comment is still made.

import { stat } from "node:fs/promises";
import { changesJson } from "../gateJson.ts";
import type { GateResult } from "../gateResult.ts";
import { headline } from "../words.ts";
import { annotate } from "./annotations.ts";
import { describeFailure } from "./failure.ts";
import { MOST_SUMMARY_BYTES, summarise } from "./summary.ts";
import { readToken } from "./token.ts";

/** Whether this process is a step of a workflow. */
export function onGitHub(): boolean {
  return process.env.GITHUB_ACTIONS === "true";
}

/** A result, as it was also written to a file. */
export interface Published {
  readonly result: GateResult;
  /** Path of that file; null where it could not be written. */
  readonly report: string | null;
}

/** The longest time, in milliseconds, that a job waits for all requests to GitHub together. */
const PATIENCE_MS = 30_000;

/**
 * Reports the result to GitHub. If a part cannot be reported, a notice says so, and nothing fails.
 *
 * @param patienceMs how long GitHub may take for the comment, in milliseconds.
 */
export async function publish(published: Published, patienceMs: number = PATIENCE_MS): Promise<void> {
  const core = await import("./toolkit/commands.ts");
  const told = async (what: string, tell: () => unknown) => {
    try {
      await tell();
    } catch (error) {
      const why = describeFailure(error, process.env.GITHUB_TOKEN);
      core.notice(`The gate's ${what} could not be written: ${why}`, { title: "gate" });
    }
  };
  await told("annotations", () => annotate(published.result));
  await told("outputs", () => setOutputs(published));
  await told("job summary", () => writeSummary(published.result));
  await told("comment", () => comment(published.result, patienceMs));
}

async function setOutputs({ result, report }: Published): Promise<void> {
  const { setOutput } = await import("./toolkit/commands.ts");
  setOutput("passed", result.passed);
  setOutput("headline", headline(result));
  setOutput("changes", changesJson(result));
  if (report !== null) setOutput("report", report);
}

/** Steps of one job may have written to the same file before: GitHub's limit is on all of it. */
async function writeSummary(result: GateResult): Promise<void> {
  const { summary } = await import("./toolkit/commands.ts");
  const path = process.env.GITHUB_STEP_SUMMARY ?? "";
  const written = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  await summary.addRaw(summarise(result, MOST_SUMMARY_BYTES - written)).write();
}

async function comment(result: GateResult, patienceMs: number): Promise<void> {
  const { context, getOctokit } = await import("./toolkit/client.ts");
  const number: unknown = context.payload.pull_request?.number;
  if (number === undefined) return;
  if (!Number.isSafeInteger(number)) throw new Error("the event's pull request must have a number");
  const { MOST_COMMENT_BYTES, writeComment } = await import("./comment.ts");
  const baseUrl = process.env.GITHUB_API_URL;
  const octokit = getOctokit(readToken(process.env), { ...(baseUrl && { baseUrl }), log: SILENT });
  const marker = `<!-- learnproof gate ${result.engine} -->`;
  const target = { ...context.repo, number: number as number, marker };
  const patience = new AbortController();
  // A timer of our own keeps the process alive until it is decided, where AbortSignal.timeout would not.
  const timer = setTimeout(
    () => patience.abort(new Error(`GitHub did not answer within ${patienceMs / 1000} s; run the job again`)),
    patienceMs,
  );
  try {
    await writeComment(octokit, summarise(result, MOST_COMMENT_BYTES), target, patience.signal);
  } catch (error) {
    throw patience.signal.aborted ? patience.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

const quiet = () => undefined;
/** Silences the client, which would otherwise print to standard output and standard error. */
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

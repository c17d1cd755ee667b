// What GitHub Actions is told, through its own toolkit: annotations, outputs, the job summary and one comment
// on the pull request. Each is told by itself: a summary that cannot be written costs no comment.

import { readFile } from "node:fs/promises";
import type { InputError } from "../../../foundation/input/inputError.ts";
import { configLine } from "../configLine.ts";
import type { GatedSubject } from "../gatedSubject.ts";
import { type GateResult, stateOf } from "../gateResult.ts";
import { headline, printSide, replayLine, titleOf } from "../words.ts";

/** Whether this process is a step of a workflow. */
export function onGitHub(): boolean {
  return process.env.GITHUB_ACTIONS === "true";
}

/** A result, as it was also written to a file. */
export interface Published {
  readonly result: GateResult;
  readonly markdown: string;
  /** Path of that file; null where it could not be written. */
  readonly report: string | null;
}

/** Tells GitHub the result. What cannot be told is said in a notice and fails nothing. */
export async function publish(published: Published): Promise<void> {
  const core = await import("@actions/core");
  const told = async (what: string, tell: () => unknown) => {
    try {
      await tell();
    } catch (error) {
      core.notice(`The gate's ${what} could not be written: ${(error as Error).message}`, { title: "gate" });
    }
  };
  await told("annotations", () => annotate(published.result));
  await told("outputs", () => setOutputs(published));
  await told("job summary", () => core.summary.addRaw(published.markdown).write());
  await told("comment", () => comment(published));
}

/** Marks the line of a config that is bad input. */
export async function annotateInputError(error: InputError, configFile: string): Promise<void> {
  const { error: mark } = await import("@actions/core");
  const line = configLine(await readFile(configFile, "utf8").catch(() => ""), error.field);
  mark(error.message, { title: "learnproof: bad input", file: configFile, startLine: line });
}

async function annotate({ subjects, engine }: GateResult): Promise<void> {
  const core = await import("@actions/core");
  for (const subject of subjects) {
    const text = await readFile(subject.configFile, "utf8").catch(() => "");
    const line = configLine(text, subject.configChanges[0]?.field ?? "");
    const place = { title: `learnproof: ${subject.name}`, file: subject.configFile, startLine: line };
    const state = stateOf(subject);
    if (state === "regressed") core.error(wordsOf(subject, engine), place);
    else if (subject.changes.length > 0) core.notice(wordsOf(subject, engine), place);
  }
}

function wordsOf(subject: GatedSubject, engine: string): string {
  const changes = subject.changes.map(
    ({ kind, metric, baseline, now }) =>
      `${kind}: ${titleOf(metric)}, ${printSide(metric, baseline)} → ${printSide(metric, now)}`,
  );
  const fields = subject.configChanges.map(({ field, baseline, now }) => `${field}: ${baseline} → ${now}`);
  return [...changes, ...fields, `Replay: ${replayLine(subject, engine)}`].join("\n");
}

async function setOutputs({ result, report }: Published): Promise<void> {
  const { setOutput } = await import("@actions/core");
  setOutput("passed", result.passed);
  setOutput("headline", headline(result));
  setOutput("changes", result.changes);
  if (report !== null) setOutput("report", report);
}

async function comment({ markdown, result }: Published): Promise<void> {
  const { GITHUB_TOKEN: token, GITHUB_API_URL: baseUrl } = process.env;
  const { context, getOctokit } = await import("@actions/github");
  const number = context.payload.pull_request?.number;
  if (number === undefined) return;
  if (!token) throw new Error("give the step GITHUB_TOKEN, and its job the permission pull-requests: write");
  const { writeComment } = await import("./comment.ts");
  const octokit = getOctokit(token, { ...(baseUrl && { baseUrl }) });
  const marker = `<!-- learnproof gate ${result.engine} -->`;
  await writeComment(octokit, markdown, { ...context.repo, number, marker });
}

// A run as a card: plain data, so that a test's worker can send it to the process that writes the page.

import type { LawCheck } from "../../judging/law/checkLaws.ts";
import type { CheckVerdict } from "../../judging/outcome/openEnd.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { renderLines } from "./chart/figure.ts";
import { type Point, thin } from "./chart/series.ts";
import { escapeMarkup } from "./markup.ts";
import { describeError, headlineOf } from "./plainVerdict.ts";
import { errorChart } from "./runCharts.ts";

/** One run in few words and one curve. */
export interface RunPortrait {
  /** Name of the subject. */
  readonly name: string;
  readonly seed: number;
  /** Steps that the subject asks for. */
  readonly steps: number;
  readonly verdict: CheckVerdict;
  /** The verdict in plain words. */
  readonly headline: string;
  /** The error against that of a constant, as a sentence. */
  readonly error: string;
  readonly digest: string;
  /** Error / Var(Y) over the steps; empty without probes. */
  readonly curve: readonly Point[];
}

/** Points of a curve on a card. */
const MAX_POINTS = 60;

/** Draws the portrait of a run. */
export function portrayRun(
  subject: Subject,
  { run, verdict }: Pick<LawCheck, "run" | "verdict">,
  laws: LawCheck["laws"] = [],
): RunPortrait {
  const { name, seed, steps } = subject;
  const [series] = errorChart([{ name, subject, run }], steps).series;
  return {
    name,
    seed,
    steps,
    verdict,
    headline: headlineOf({ verdict, laws, run }, subject.train),
    error: describeError(run),
    digest: run.digest,
    curve: thin(series?.points ?? [], MAX_POINTS),
  };
}

/** A card of a page that gathers many runs. */
export interface RunCard {
  readonly title: string;
  /** Whether all is as it should be. */
  readonly isWell: boolean;
  /** Sentences below the title, such as what was claimed and what came of it. */
  readonly lines: readonly string[];
  readonly run: RunPortrait | null;
  readonly cause: { readonly name: string; readonly evidence: string } | null;
  /** What was tried against it and works, as a sentence. */
  readonly cure: string | null;
  /** The run with that change. */
  readonly cured: RunPortrait | null;
}

/** Renders a card. */
export function renderCard({ title, isWell, lines, run, cause, cure, cured }: RunCard): string {
  const words = lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join("");
  return `<article class="card ${isWell ? "good" : "bad"}"><h3>${escapeMarkup(title)}</h3>${words}${run ? renderRun(run) : ""}${
    cause
      ? `<p><strong>${escapeMarkup(cause.name.replaceAll("-", " "))}:</strong> ${escapeMarkup(cause.evidence)}</p>`
      : ""
  }${cure === null ? "" : `<p class="holds">${escapeMarkup(cure)}</p>`}${run ? renderCurves(run, cured, title) : ""}</article>`;
}

function renderRun({ verdict, headline, error, name, seed, digest }: RunPortrait): string {
  return `<p><span class="badge${verdict === "learns" ? " good" : ""}">${verdict}</span> ${escapeMarkup(headline)}. ${escapeMarkup(error)}</p><p class="soft">${escapeMarkup(name)} · seed ${seed} · digest ${escapeMarkup(digest.slice(0, 12))}</p>`;
}

function renderCurves(run: RunPortrait, cured: RunPortrait | null, title: string): string {
  if (!run.curve.some(([, y]) => Number.isFinite(y))) return "";
  const tone = run.verdict === "learns" ? ("cured" as const) : ("broken" as const);
  return renderLines(
    {
      xName: "step",
      yName: "error / Var(Y)",
      log: true,
      xMost: Math.max(run.steps, cured?.steps ?? 0),
      line: { name: "a constant", value: 1 },
      series: [
        { name: "this run", points: run.curve, tone },
        ...(cured ? [{ name: "with the cure", points: cured.curve, tone: "cured" as const }] : []),
      ],
    },
    { title: `Error / Var(Y): ${title}` },
  );
}

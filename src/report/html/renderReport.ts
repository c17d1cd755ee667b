import { printNumber } from "../../foundation/print/printNumber.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import type { Examination } from "../../judging/examine.ts";
import type { Ladder } from "../../judging/ladder/climbLadder.ts";
import type { LawCheck } from "../../judging/law/checkLaws.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { describeVerdict } from "../terminal/describeRun.ts";
import { escapeMarkup, renderPage, renderTable, type Section } from "./page.ts";
import { renderLadder } from "./renderLadder.ts";
import { renderDiagnosis, renderReplay, renderRun } from "./runSections.ts";

/** The content of a report. */
export interface ReportContent {
  readonly config: Config;
  readonly subject: Subject;
  readonly engine: Engine;
  /** The laws, the subject's own run, and what keeps it from learning. */
  readonly examination: Examination;
  /** The cures that were tried. */
  readonly cures: CureSearch;
  /** The ladder, if it was climbed. */
  readonly ladder?: Ladder | undefined;
}

/** The report of a check as one HTML page that needs nothing from outside itself. */
export function renderReport(content: ReportContent): string {
  const { config, subject, engine, examination, cures, ladder } = content;
  const { verdict, run, holds } = examination;
  const heading = `<h1 class="${holds ? "holds" : "broken"}">${escapeMarkup(describeVerdict(verdict))}</h1>
<p>${escapeMarkup(config.subject)}, seed ${config.seed}, engine ${escapeMarkup(engine.name)}${engine.device === "CPU" ? "" : ` on ${escapeMarkup(engine.device)}`}: ${run.steps} steps, mean squared error ${printNumber(run.train.meanSquaredError)}
 against Var(Y) = ${printNumber(run.train.targetVariance)}.</p>`;
  return renderPage(`learnproof: ${verdict}`, heading, [
    renderLaws(examination),
    ...renderDiagnosis(cures),
    ...renderRun({ config, subject, run }),
    ...(ladder ? [renderLadder(ladder)] : []),
    renderReplay(config, engine.name, run.digest),
  ]);
}

function renderLaws({ laws }: LawCheck): Section {
  const rows = laws.map(({ name, claim, holds, measured, threshold, bound, detail }) => [
    holds ? '<span class="holds">holds</span>' : '<span class="broken">broken</span>',
    `<strong>${escapeMarkup(name)}</strong>: ${escapeMarkup(claim)}<br><small>${escapeMarkup(detail)}</small>`,
    printNumber(measured),
    `${escapeMarkup(bound)} ${printNumber(threshold)}`,
  ]);
  return {
    id: "laws",
    title: "Laws",
    body: renderTable("Laws", ["verdict", "claim", "#measured", "#must be"], rows),
  };
}

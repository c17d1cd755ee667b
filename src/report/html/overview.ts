// The first screen: what is wrong, why, and what to do.

import { counted } from "../../foundation/print/counted.ts";
import type { CureSearch, JudgedCause } from "../../judging/diagnosis/cure/attempt.ts";
import { type Examination, stateOf } from "../../judging/examine.ts";
import type { KerasEdit } from "../../learning/keras/words/edit.ts";
import { explain, partsOf } from "../explain/explain.ts";
import { changedFields } from "./changedFields.ts";
import { renderLines } from "./chart/figure.ts";
import { renderChips } from "./lawSection.ts";
import { escapeMarkup, renderFolded } from "./markup.ts";
import { describeError, explainVerdict, headlineOf } from "./plainVerdict.ts";
import { type JudgedRun, renderExamples } from "./predictions.ts";
import { besideCure, comparesWithTargets, errorChart, lossChart } from "./runCharts.ts";
import { renderEdits, renderPlace, type ScriptPlaces } from "./scriptPlaces.ts";

/** What the first screen is made of. */
export interface Overview extends JudgedRun {
  readonly examination: Examination;
  readonly cures: CureSearch;
  /** The command that makes the run again. */
  readonly again: string;
  readonly script?: ScriptPlaces | undefined;
}

/** Renders the verdict in plain words, the likeliest cause, the cure that was tried, and the run beside the cured one. */
export function renderOverview(overview: Overview): string {
  const { config, subject, run, examination, cures } = overview;
  const { verdict, holds, laws } = examination;
  const isWell = holds && verdict === "learns";
  const cured = curedRun(cures);
  const { runs, steps } = besideCure({ subject, run }, cured, isWell ? "cured" : "broken");
  const badge = `<span class="badge${isWell ? " good" : ""}">${verdict}</span>`;
  const beside = cured ? ": this run, and with the cure" : "";
  const chart = !comparesWithTargets(run)
    ? renderLines(lossChart(runs, steps), { title: `Loss of each step${beside}` })
    : run.trace.probes.length > 0
      ? renderLines(errorChart(runs, steps), { title: `Error / Var(Y)${beside}` })
      : "";
  return `<h1>${badge} ${escapeMarkup(headlineOf(examination, subject.train))}</h1>
<p class="lead">${escapeMarkup(explainVerdict(examination))}</p>
<div class="cards">${isWell ? "" : stateOf(examination) === "unfinished" ? renderUnfinished(overview) : renderWhy(cures.causes, overview.script) + renderWhatToDo(overview)}${renderAgain(overview)}</div>
<div class="beside two"><div class="card">${renderExamples({ config, subject, run }, cured, "first")}</div>${chart === "" ? "" : `<div class="card">${chart}</div>`}</div>
${renderChips(laws)}`;
}

function renderUnfinished({ run, subject }: Overview): string {
  return `<div class="card"><h2 class="label">What to do</h2><p class="big">Give it more time</p><p>The budget ended its run after ${run.steps} of ${counted(subject.steps, "step")}. Nothing is wrong with it that more steps could not still change.</p></div>`;
}

/** The run with the cure, if there is one. */
export function curedRun({ cure, cured }: CureSearch): JudgedRun | null {
  return cure && cured && { config: cure.config, ...cured };
}

function renderWhy([likeliest, ...others]: readonly JudgedCause[], script: ScriptPlaces | undefined): string {
  if (!likeliest)
    return `<div class="card bad"><h2 class="label">Why</h2><p class="big">No known cause</p><p>The run was examined for every cause that learnproof knows, and there is no evidence for any.</p></div>`;
  const also =
    others.length === 0
      ? ""
      : `<p class="soft">also: ${others.map(({ cause }) => escapeMarkup(readable(cause))).join(" · ")}</p>`;
  return `<div class="card bad"><h2 class="label">Why</h2><p class="big">${escapeMarkup(sentenceCase(readable(likeliest.cause)))}${likeliest.status === "proven" ? ' <span class="proven">proven</span>' : ""}</p><p>${escapeMarkup(likeliest.evidence)}</p>${renderPlace(script?.causes[likeliest.cause])}${also}${explainCause(likeliest.cause)}</div>`;
}

/** The text that `learnproof explain` prints: the page is read where nothing else is at hand. */
function explainCause(name: string): string {
  const explained = explain(name);
  if (!explained) return "";
  const parts = partsOf(explained).map(
    ([title, text]) => `<p><strong>${escapeMarkup(title)}.</strong> ${escapeMarkup(text)}</p>`,
  );
  return renderFolded(
    "What this means",
    `${parts.join("")}<p class="soft"><code>npx learnproof explain ${escapeMarkup(name)}</code></p>`,
  );
}

function renderWhatToDo({ config, cures, script }: Overview): string {
  const { attempts, causes, cure, cured } = cures;
  if (cure && cured) {
    const fields = config === null ? "" : writeChange(changedFields(config, cure.config));
    return renderCure({ change: cure.change, fields, run: cured.run, edits: script?.edits ?? [] });
  }
  const tried =
    attempts.length > 0
      ? `${attempts.length === 1 ? "One change was" : `${attempts.length} changes were`} tried, and none made every law hold.`
      : config === null
        ? "The program made this subject itself, so no change could be tried."
        : "No change to the config is known to help.";
  const next = causes.length === 0 ? "" : ` <a href="#causes">What was found and tried</a>`;
  return `<div class="card bad"><h2 class="label">What to do</h2><p class="big">No cure was found</p><p>${tried}${next}</p></div>`;
}

interface ShownCure {
  readonly change: string;
  /** The changed fields as JSON, to be copied; empty where there is no config. */
  readonly fields: string;
  readonly run: JudgedRun["run"];
  /** The same change in the words of a Keras script. */
  readonly edits: readonly KerasEdit[];
}

function renderCure({ change, fields, run, edits }: ShownCure): string {
  const copy =
    fields === ""
      ? ""
      : `<div class="change" id="change">${escapeMarkup(fields)}</div><button type="button" data-copies="change" hidden>Copy the change</button>`;
  return `<div class="card good"><h2 class="label">What to do: tried, it works</h2><p class="big">${escapeMarkup(change)}</p><p>Every law holds. ${escapeMarkup(describeError(run))}</p>${renderEdits(edits)}${copy}</div>`;
}

function renderAgain({ again, run }: Overview): string {
  return `<div class="card"><h2 class="label">Again</h2><p><code>${escapeMarkup(again)}</code></p><p class="soft">The same bits: digest <code>${escapeMarkup(run.digest.slice(0, 12))}</code>. <a href="#replay">Config and replay</a></p></div>`;
}

/** A change this long is written on lines of its own. */
const MAX_LINE = 120;

function writeChange(fields: object): string {
  const lines = JSON.stringify(fields, null, 2);
  const line = lines.replace(/\s*\n\s*/g, " ");
  return line.length <= MAX_LINE ? line : lines;
}

/** Names of causes are words that hyphens join. */
function readable(name: string): string {
  return name.replaceAll("-", " ");
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

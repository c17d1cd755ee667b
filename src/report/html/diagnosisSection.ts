import { printNumber } from "../../foundation/print/printNumber.ts";
import type { CauseStatus, CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import { howItHolds } from "../../judging/diagnosis/cure/causeWords.ts";
import { afterSteps } from "../../judging/diagnosis/cure/cutRun.ts";
import { escapeMarkup, renderTable } from "./markup.ts";
import type { Section } from "./page.ts";
import { renderPlace, type ScriptPlaces } from "./scriptPlaces.ts";

/** All causes with their evidence, and all changes that were tried; empty where no cause was found. */
export function renderDiagnosis(cures: CureSearch, script?: ScriptPlaces): Section[] {
  if (cures.causes.length === 0) return [];
  return [
    {
      id: "causes",
      title: "Causes",
      body: [renderCauses(cures, script), renderAttempts(cures), renderNotTried(cures)].join("\n"),
    },
  ];
}

/** The statuses in words. */
export const STATUS_WORDS: Readonly<Record<CauseStatus, string>> = {
  proven: "proven",
  contributes: "contributes",
  acquitted: "acquitted",
  "not-tried": "not tried",
};

function renderCauses({ causes }: CureSearch, script: ScriptPlaces | undefined): string {
  return renderTable(
    "Causes",
    ["cause", "what trying its change has shown", "evidence"],
    causes.map(({ cause, evidence, status, why }) => [
      `<strong>${escapeMarkup(cause)}</strong>${renderPlace(script?.causes[cause])}`,
      `${escapeMarkup(STATUS_WORDS[status] ?? status)}: ${escapeMarkup(why)}`,
      escapeMarkup(evidence),
    ]),
  );
}

function renderAttempts({ attempts }: CureSearch): string {
  if (attempts.length === 0) return `<p>No change to the config is known to help.</p>`;
  return renderTable(
    "Changes tried",
    ["change tried", "verdict", "#error / Var(Y)", "does it cure?"],
    attempts.map((attempt) => [
      `<code>${escapeMarkup(attempt.change)}</code>`,
      `${attempt.verdict}${afterSteps(attempt.cut)}`,
      printNumber(attempt.lossOverVariance),
      attempt.cures
        ? `<span class="holds">yes: ${howItHolds(attempt)}</span>`
        : `<span class="broken">no</span>${attempt.brokenLaws.length > 0 ? `: breaks ${escapeMarkup(attempt.brokenLaws.join(", "))}` : ""}`,
    ]),
  );
}

function renderNotTried({ notTried }: CureSearch): string {
  if (notTried.length === 0) return "";
  const items = notTried.map(
    ({ change, reason }) => `<li><code>${escapeMarkup(change)}</code>: ${escapeMarkup(reason)}</li>`,
  );
  return `<p>Could not be tried:</p><ul>${items.join("")}</ul>`;
}

import { printBoth } from "../../foundation/print/printNumber.ts";
import type { LawCheck } from "../../judging/law/checkLaws.ts";
import type { LawResult } from "../../judging/law/law.ts";
import { explain } from "../explain/explain.ts";
import { escapeMarkup, renderFolded, renderTable } from "./markup.ts";
import type { Section } from "./page.ts";

/** Broken laws one by one, those that hold and those that were not asked in folded parts. */
export function renderLaws({
  laws,
  notAsked,
  notMeasured,
}: Pick<LawCheck, "laws" | "notAsked" | "notMeasured">): Section {
  const broken = laws.filter(({ holds }) => !holds);
  const held = laws.filter(({ holds }) => holds);
  return {
    id: "laws",
    title: "Laws",
    body: [
      ...broken.map(renderBroken),
      broken.length === 0
        ? `<p class="holds">Every law${notMeasured.length > 0 ? " that could be judged" : ""} holds.</p>`
        : "",
      ...notMeasured.map(({ name, reason }) => `<p>Not judged: ${escapeMarkup(`${name}: ${reason}`)}.</p>`),
      held.length === 0 ? "" : renderFolded(countHeld(held.length), renderHeld(held)),
      notAsked.length === 0 ? "" : renderFolded(countNotAsked(notAsked.length), renderNotAsked(notAsked)),
    ].join("\n"),
  };
}

/** The laws as a row of links: each broken one with its number, those that hold by their count. */
export function renderChips(laws: readonly LawResult[]): string {
  const held = laws.filter(({ holds }) => holds).length;
  const chips = laws
    .filter(({ holds }) => !holds)
    .map(
      (law, index) =>
        `<li><a class="broken" href="#law-${index}">✕ ${escapeMarkup(law.name)} ${describeNumber(law)}</a></li>`,
    );
  const rest = held === 0 ? "" : `<li><a class="holds" href="#laws">✓ ${countHeld(held)}</a></li>`;
  return `<ul class="chips" aria-label="Laws">${chips.join("")}${rest}</ul>`;
}

function countHeld(count: number): string {
  return count === 1 ? "1 law holds" : `${count} laws hold`;
}

function countNotAsked(count: number): string {
  return count === 1 ? "1 law does not apply" : `${count} laws do not apply`;
}

function renderNotAsked(laws: LawCheck["notAsked"]): string {
  const items = laws.map(({ name, reason }) => `<li>${escapeMarkup(name)}: ${escapeMarkup(reason)}</li>`);
  return `<ul>${items.join("")}</ul>`;
}

function describeNumber({ measured, bound, threshold }: LawResult): string {
  const [value, limit] = printBoth(measured, threshold);
  return `${value} (${escapeMarkup(bound)} ${limit})`;
}

function renderBroken(law: LawResult, index: number): string {
  const { name, claim, detail, measured, bound, threshold } = law;
  const [value, limit] = printBoth(measured, threshold);
  return `<div class="law" id="law-${index}"><h3 class="broken">${escapeMarkup(name)}: broken</h3>
<p>It should be so that ${escapeMarkup(claim)}. Measured: ${escapeMarkup(detail)} is <strong>${value}</strong>, and must be ${escapeMarkup(bound)} ${limit}.</p>${explainLaw(name)}</div>`;
}

function explainLaw(name: string): string {
  const explained = explain(name);
  return explained
    ? `<p class="soft">${escapeMarkup(explained.means)} ${escapeMarkup(explained.cures)}</p>`
    : "";
}

function renderHeld(laws: readonly LawResult[]): string {
  return renderTable(
    "Laws that hold",
    ["law", "claim", "#measured", "#must be"],
    laws.map(({ name, claim, detail, measured, bound, threshold }) => {
      const [value, limit] = printBoth(measured, threshold);
      return [
        escapeMarkup(name),
        `${escapeMarkup(claim)}<br><small>${escapeMarkup(detail)}</small>`,
        value,
        `${escapeMarkup(bound)} ${limit}`,
      ];
    }),
  );
}

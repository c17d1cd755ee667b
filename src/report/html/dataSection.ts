import type { DataFinding } from "../../judging/evidence/data/dataFinding.ts";
import { escapeMarkup } from "./markup.ts";
import type { Section } from "./page.ts";

/** What the data say by themselves; no section where they say nothing. */
export function renderData(data: readonly DataFinding[]): Section[] {
  if (data.length === 0) return [];
  const items = data.map(({ claim, rows }) => {
    const all = rows.length > 10 ? `<br><small>All: ${rows.join(", ")}</small>` : "";
    return `<li>${escapeMarkup(claim)}.${all}</li>`;
  });
  return [
    {
      id: "data",
      title: "Data",
      body: `<p class="soft">These rows and columns stand out by themselves. They break no law.</p><ul>${items.join("\n")}</ul>`,
    },
  ];
}

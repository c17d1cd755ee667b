import { escapeText } from "../../foundation/input/printable.ts";

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as markup that shows it and does nothing else: its lines stay, what turns the reading direction is shown. */
export function escapeMarkup(text: string): string {
  const shown = text.split("\n").map(escapeText).join("\n");
  return shown.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

/** A table whose cells are markup. Columns named with a leading `#` hold numbers; the first column names its row. */
export function renderTable(
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const ofClass = (column: number) => ((head[column] as string).startsWith("#") ? ' class="number"' : "");
  const header = head.map(
    (name, column) => `<th scope="col"${ofClass(column)}>${escapeMarkup(name.replace(/^#/, ""))}</th>`,
  );
  const body = rows.map(([first = "", ...cells]) => {
    const rest = cells.map((cell, column) => `<td${ofClass(column + 1)}>${cell}</td>`);
    return `<tr><th scope="row"${ofClass(0)}>${first}</th>${rest.join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeMarkup(label)}"><table><thead><tr>${header.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

/** Parts that a person opens. `summary` and `body` are markup. */
export function renderFolded(summary: string, body: string, isOpen = false): string {
  return `<details${isOpen ? " open" : ""}><summary>${summary}</summary>\n${body}</details>`;
}

// The frame of every report: one HTML page that needs nothing from outside itself.

import { escapeText } from "../../foundation/input/printable.ts";

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6edf3); --line: #8886;
  --good: light-dark(#166534, #4ade80); --bad: light-dark(#b91c1c, #f87171); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: light-dark(#fff, #0d1117);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
a { color: light-dark(#0550ae, #79c0ff); } nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: 0; list-style: none; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding-bottom: .5rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.holds { color: var(--good); } .broken { color: var(--bad); font-weight: 600; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid currentColor; }
figure { margin: 0 0 1rem; } figure svg { max-width: 100%; height: auto; } figcaption { font-size: .9rem; opacity: .85; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; } .row figure { flex: 1 1 18rem; min-width: 0; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: .5rem; }
.gallery svg { width: 100%; height: auto; border: 1px solid var(--line); }
code { overflow-wrap: anywhere; } pre { overflow-x: auto; padding: .8rem; border: 1px solid var(--line); border-radius: .4rem; }
@media print { nav { display: none; } }
`;

/** A part of a page, with a heading that can be jumped to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Markup. */
  readonly body: string;
}

/** A whole page. `heading` is markup, `title` text. */
export function renderPage(title: string, heading: string, sections: readonly Section[]): string {
  const links = sections.map(({ id, title: name }) => `<li><a href="#${id}">${escapeMarkup(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${heading}</header>
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
<main>
${sections.map(renderSection).join("\n")}
</main>
</body>
</html>
`;
}

function renderSection({ id, title, body }: Section): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeMarkup(title)}</h2>\n${body}</section>`;
}

/** A drawing with the words that stand for it where it cannot be seen. */
export function renderFigure(label: string, svg: string, caption = label): string {
  return `<figure role="img" aria-label="${escapeMarkup(label)}">${svg}<figcaption>${escapeMarkup(caption)}</figcaption></figure>`;
}

/** A table whose cells are markup. Columns named with a leading `#` hold numbers. */
export function renderTable(
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const isNumber = (column: number) => (head[column] as string).startsWith("#");
  const ofClass = (column: number) => (isNumber(column) ? ' class="number"' : "");
  const header = head.map(
    (name, column) => `<th scope="col"${ofClass(column)}>${escapeMarkup(name.replace(/^#/, ""))}</th>`,
  );
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, column) => `<td${ofClass(column)}>${cell}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(label)}"><table><thead><tr>${header.join("")}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

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

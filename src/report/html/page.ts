// The frame of every report: one HTML page that needs nothing from outside itself, and may ask for nothing.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { escapeMarkup } from "./markup.ts";

/** A part of a page, with a heading that can be jumped to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Markup. */
  readonly body: string;
}

/** A whole page. */
export interface Page {
  /** The title of the window. */
  readonly title: string;
  /** What the page is about, for the line at its top: such as the names of a subject and its file. */
  readonly about: readonly string[];
  /** Markup of the part before the sections, with the only h1. */
  readonly opening: string;
  readonly sections: readonly Section[];
}

/** Renders a page. Its policy allows the page's own style and script, which are known by their hashes, and nothing else. */
export function renderPage({ title, about, opening, sections }: Page): string {
  const [style, script] = [readPart("page.css"), readPart("page.js")];
  const policy = `default-src 'none'; img-src data:; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const links = sections.map(({ id, title: name }) => `<li><a href="#${id}">${escapeMarkup(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<header><a class="skip" href="#top">Skip to the verdict</a><p><strong>learnproof</strong> ${about.map(escapeMarkup).join(" · ")}</p>
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav></header>
<main id="top">
${opening}
${sections.map(renderSection).join("\n")}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function renderSection({ id, title, body }: Section): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeMarkup(title)}</h2>\n${body}</section>`;
}

/** The text of a part without its indentation, which a page need not carry. */
function readPart(name: string): string {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8").replace(/\r?\n[ \t]*/g, "\n");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

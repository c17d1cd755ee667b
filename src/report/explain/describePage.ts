// A page of documentation about a cause or a law.

import { type Explained, explain, partsOf } from "./explain.ts";

/** A real run that a page shows. */
export interface ShownBug {
  /** What was reported, in our own words. */
  readonly report: string;
  /** The name of its file in fixtures/reported-bugs, without the ending. */
  readonly name: string;
  /** The picture, seen from the page. */
  readonly picture: string;
}

/** The page as Markdown. The code alone decides what it says; a run may follow. */
export function describePage(explained: Explained): string {
  const { name, kind, claim } = explained;
  const title = kind === "cause" ? `Cause: ${name}` : `Law: ${name}`;
  const parts = partsOf(explained).map(([heading, text]) => `## ${heading}\n\n${linkNames(text, kind)}`);
  return `${[`# ${title}`, sentence(claim), footer(kind), ...parts].join("\n\n")}\n`;
}

/** The part of a page that shows a real run. */
export function describeBug({ report, name, picture }: ShownBug): string {
  return `\n## A real run\n\n${report} The broken program and the corrected one:\n\n![Error / Var(Y) over the steps of both programs](${picture})\n\nBoth configs are in [${name}.json](../../fixtures/reported-bugs/${name}.json).\n`;
}

function sentence(claim: string): string {
  return `${claim.charAt(0).toUpperCase()}${claim.slice(1)}.`;
}

function footer(kind: Explained["kind"]): string {
  return kind === "cause"
    ? "See [all causes](../causes.md), and [how good the diagnosis is](../how-good.md)."
    : "See [all laws](../laws.md).";
}

/** Names of causes in a text become links to their pages. */
function linkNames(text: string, kind: Explained["kind"]): string {
  const folder = kind === "cause" ? "" : "../causes/";
  return text.replaceAll(/\b[a-zA-Z]+(?:-[a-z]+)+\b/g, (word) => {
    const name = word.toLowerCase();
    return explain(name)?.kind === "cause" ? `[${word}](${folder}${name}.md)` : word;
  });
}

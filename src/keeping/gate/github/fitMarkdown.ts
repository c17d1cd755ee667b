// Markdown within a number of bytes: GitHub drops a page that is too long whole, so parts of it are left out by
// the line, and the page says how many.

/** A part of a page: lines that may be left out, from the last one on, between what frames them. */
export interface MarkdownPart {
  /** Plural, for the word on what was left out, such as `subjects`. */
  readonly what: string;
  readonly before?: string;
  readonly lines: readonly string[];
  readonly after?: string;
}

/** Bytes kept for the word on what was left out. */
const WORD_ON_REST = 1_000;

/**
 * Joins a title and parts into a page of at most `most` bytes of UTF-8. No part but the last takes more than half of
 * what is left, so that a long one leaves room for the others; one that has lines and no room for any is left out.
 */
export function fitMarkdown(title: string, parts: readonly MarkdownPart[], most: number): string {
  let room = most - WORD_ON_REST - bytesOf(title);
  const page = [title];
  const leftOut = new Map<string, number>();
  parts.forEach((part, index) => {
    const text = fitPart(part, index === parts.length - 1 ? room : Math.floor(room / 2));
    const missing = part.lines.length - text.lines;
    if (missing > 0) leftOut.set(part.what, (leftOut.get(part.what) ?? 0) + missing);
    if (text.lines === 0 && part.lines.length > 0) return;
    page.push(text.markdown);
    room -= bytesOf(text.markdown) + PARAGRAPH.length;
  });
  const rest = [...leftOut].map(([what, count]) => `${count} ${what}`).join(", ");
  return [...page, ...(rest ? [`Left out, since GitHub takes no more: ${rest}.`] : []), ""].join(PARAGRAPH);
}

const PARAGRAPH = "\n\n";

function fitPart({ before = "", lines, after = "" }: MarkdownPart, most: number) {
  let size = bytesOf(before) + bytesOf(after) + 2;
  const kept: string[] = [];
  for (const line of lines) {
    size += bytesOf(line) + 1;
    if (size > most) break;
    kept.push(line);
  }
  const body = kept.join("\n");
  return { lines: kept.length, markdown: `${before}${body}${after}` };
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

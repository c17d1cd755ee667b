/** A fenced block of a page. */
export interface Snippet {
  /** The word behind the fence, such as `js`. */
  readonly language: string;
  readonly text: string;
  /** Number of its first line in the page, from 1. */
  readonly line: number;
}

/** Lists the fenced blocks of a page in Markdown, in their order. */
export function snippetsOf(page: string): readonly Snippet[] {
  const lines = page.split(/\r?\n/);
  const snippets: Snippet[] = [];
  for (let at = 0; at < lines.length; at++) {
    const language = /^```(\w+)$/.exec(lines[at] as string)?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf("```", at);
    if (end < 0) throw new Error(`the block of line ${at + 1} must end`);
    snippets.push({ language, text: `${lines.slice(at + 1, end).join("\n")}\n`, line: at + 2 });
    at = end;
  }
  return snippets;
}

// Untrusted text on GitHub's pages: names of files and configs, and messages that quote them.

/**
 * Text as inline code that nothing in it can leave: every character but letters, digits and spaces becomes
 * an HTML entity, so neither Markdown, nor HTML, nor a table's bars see it, and GitHub makes no mention, no
 * link and no reference of what stands in code.
 */
export function inlineCode(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** The same for lines of text, which keep their breaks. */
export function block(lines: readonly string[]): string {
  return `<pre>${lines.map(entities).join("\n")}</pre>`;
}

function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return isBreak(character) ? `&#92;u${code.toString(16).padStart(4, "0")}` : `&#${code};`;
  });
}

/** What ends a line, steers a terminal or reverses what follows. */
function isBreak(character: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character);
}

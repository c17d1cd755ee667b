// Untrusted text on GitHub's pages: names of files and configs, and messages that quote them.

/**
 * Text as inline code that nothing in it can leave: GitHub makes no mention, no link and no reference of what
 * stands in code.
 */
export function inlineCode(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/**
 * Text for inside of an HTML element: every character but letters, digits and spaces becomes an entity, so neither
 * Markdown, nor HTML, nor a table's bars see it. A line break is shown, not made.
 */
export function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return isBreak(character) ? `&#92;u${code.toString(16).padStart(4, "0")}` : `&#${code};`;
  });
}

/** Whether a character ends a line, controls a terminal or reverses the text direction. */
function isBreak(character: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character);
}

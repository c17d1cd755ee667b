// Finds where an expression of Python ends, so that an edit replaces the whole of it.

/** A string of Python, with its escapes; three quotes come first, since two of them are an empty string. */
const STRING = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y;
/** Its parameters have commas, up to the colon behind them. */
const LAMBDA = /(?<!\w)lambda(?!\w)/y;
/** An expression that ends here goes on in a line that the text does not show. */
const UNFINISHED = /(?:[-+*/%@.=<>&|^~\\]|\b(?:if|else|and|or|not|in|is|lambda|for))$/;

/**
 * Returns the expression that begins at a place of a source: it ends at a comma, a semicolon, a comment or a bracket that
 * closes around it.
 *
 * @returns null where the source does not show the end of it.
 */
export function expressionAt(text: string, from: number): string | null {
  /** What is open: brackets, and the parameters of a lambda. */
  const open: string[] = [];
  let place = from;
  while (place < text.length) {
    const letter = text[place] as string;
    if (letter === "'" || letter === '"') {
      STRING.lastIndex = place;
      if (!STRING.test(text)) return null;
      place = STRING.lastIndex;
      continue;
    }
    LAMBDA.lastIndex = place;
    if (LAMBDA.test(text)) open.push(":");
    else if ("([{".includes(letter)) open.push(letter);
    else if (letter === ":" && open.at(-1) === ":") open.pop();
    else if (")]}".includes(letter)) {
      if (open.pop() === undefined) break;
    } else if (open.length === 0 && ",;#\n".includes(letter)) break;
    place++;
  }
  const found = text.slice(from, place).trimEnd();
  return open.length > 0 || found === "" || UNFINISHED.test(found) ? null : found;
}

/**
 * Lists the arguments of a call.
 *
 * @param text the source.
 * @param open the place of the bracket that opens the arguments.
 * @returns null where the source does not show all of them.
 */
export function argumentsAt(
  text: string,
  open: number,
): { readonly parts: readonly string[]; readonly close: number } | null {
  const parts: string[] = [];
  let place = open + 1;
  while (place < text.length) {
    place += /^\s*/.exec(text.slice(place))?.[0].length ?? 0;
    if (text[place] === ")") return { parts, close: place };
    const part = expressionAt(text, place);
    if (part === null) return null;
    parts.push(part);
    place += part.length;
    place += /^\s*,?/.exec(text.slice(place))?.[0].length ?? 0;
  }
  return null;
}

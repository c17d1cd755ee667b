/** Deeper lists and objects than this are refused before anything walks through them. */
export const MOST_NESTING = 100;

/** Finds how deep lists and objects of a JSON text are nested, without parsing it. */
export function nestingOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let place = 0; place < json.length; place++) {
    const code = json.charCodeAt(place);
    if (quoted) {
      if (code === BACKSLASH) place++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === BRACKET || code === BRACE) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) depth--;
  }
  return deepest;
}

/**
 * Whether lists and objects of a value are nested more than {@link MOST_NESTING} deep, as in a value that contains
 * itself.
 */
export function isTooDeep(value: unknown, levels: number = MOST_NESTING): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const [BRACKET, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

import { findNodeAtLocation, parseTree } from "jsonc-parser";

/**
 * The line, from 1, on which a field of a config stands in its file; where the field is left to its default,
 * the line of the nearest object around it.
 */
export function configLine(text: string, field: string): number {
  const tree = parseTree(text);
  const path = field
    .split(/\.|\[|\]/)
    .filter((key) => key !== "")
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  for (let length = path.length; tree && length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    // The key of a property stands before its value, and on its line even where the value is long.
    if (node) return lineAt(text, (node.parent ?? node).offset);
  }
  return 1;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

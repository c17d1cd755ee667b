import fc from "fast-check";

/** JSON whose every part may be looked into. */
type Node = unknown[] | Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

/** Lists every place in a value, as paths from its root. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (!isNode(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** Values that a reader may not expect: wrong kinds, numbers at the edge, texts that steer a terminal. */
const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
  fc.constantFrom(null, -1, 0, 1.7e308, 1e39, 2 ** 31, "", "\u001b[31m\u202e", "../../etc", [], {}, true),
  fc.string({ unit: "binary", maxLength: 60 }),
);

/** The value with one part replaced by an odd value, removed, or joined by a key that nobody knows. */
export function mutatedJson(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value).filter((path) => path.length > 0);
  return fc
    .record({
      path: fc.constantFrom(...places),
      odd: oddValues,
      how: fc.constantFrom("replace", "remove", "add"),
    })
    .map(({ path, odd, how }) => {
      const copy = structuredClone(value);
      const parent = path
        .slice(0, -1)
        .reduce<Node>((node, key) => (node as Record<string, Node>)[key] as Node, copy as Node);
      const key = path.at(-1) as string;
      if (how === "replace") (parent as Record<string, unknown>)[key] = odd;
      if (how === "remove") delete (parent as Record<string, unknown>)[key];
      if (how === "add") (parent as Record<string, unknown>)[`${key}x`] = odd;
      return copy;
    });
}

/** A text that was cut, had a piece taken out, or had other characters put in. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: text.length });
  return fc
    .tuple(place, place, fc.string({ unit: "binary", maxLength: 20 }))
    .map(([a, b, piece]) => text.slice(0, Math.min(a, b)) + piece + text.slice(Math.max(a, b)));
}

import { createJsonSchema } from "./jsonSchema.ts";

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly allOf?: readonly Node[];
}

/** Lists the keys that any kind of config may have at a path, such as `["training", "optimizer"]`, for a message. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let nodes = alternatives(createJsonSchema());
  for (const key of path) {
    const inner = (node: Node) => (typeof key === "number" ? node.items : node.properties?.[String(key)]);
    nodes = nodes.flatMap((node) => alternatives(inner(node) ?? {}));
  }
  return [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** A node and everything that it may be instead. */
function alternatives(node: Node): readonly Node[] {
  const { oneOf = [], anyOf = [], allOf = [] } = node;
  return [node, ...[...oneOf, ...anyOf, ...allOf].flatMap(alternatives)];
}

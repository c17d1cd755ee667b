import type { TracedGraph, TracedNode } from "./tracedGraph.ts";

/** Returns the operation that makes each output of a traced function; what hands numbers on as they are is passed over. */
export function lastOperations({ nodes, outputs }: TracedGraph): readonly (TracedNode | undefined)[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const behind = (tensor: string): TracedNode | undefined => {
    const node = byName.get(tensor.split(":")[0] ?? tensor);
    return node?.op === "Identity" ? (behind(node.inputs[0] ?? "") ?? node) : node;
  };
  return outputs.map(behind);
}

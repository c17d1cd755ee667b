import type { TracedGraph } from "./tracedGraph.ts";

/** What is asked of a number here, such as whether it is below 0, hands on nothing of its size. */
const ASKS = /^(Shape|Size|Rank|Less|LessEqual|Greater|GreaterEqual|Equal|NotEqual|ZerosLike|OnesLike)$/;
const GATHERS = /^(Gather|GatherV2|ResourceGather)$/;

/**
 * Whether a layer of the program's own looks its only input up, as the layer of tokens and positions of a transformer does:
 * nothing of the input but the rows that it chooses of a table reaches what the layer gives.
 */
export function looksUp({ inputs, nodes, outputs }: TracedGraph): boolean {
  const [input, ...others] = inputs;
  if (!input || others.length > 0) return false;
  const handed = new Set([nodeOf(input.name)]);
  let isLookedUp = false;
  for (const { name, op, inputs: taken } of nodes) {
    const places = taken.flatMap((one, place) => (handed.has(nodeOf(one)) ? [place] : []));
    const chooses = op === "OneHot" || (GATHERS.test(op) && !places.includes(0));
    if (places.length === 0 || ASKS.test(op)) continue;
    if (chooses) isLookedUp = true;
    else handed.add(name);
  }
  return isLookedUp && outputs.every((output) => !handed.has(nodeOf(output)));
}

function nodeOf(tensor: string): string {
  return tensor.split(":")[0] as string;
}

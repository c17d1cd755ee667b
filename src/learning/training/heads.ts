import { type ActivationLayer, isKernelLayer } from "./activationLayers.ts";
import type { Call } from "./calls.ts";

/**
 * Finds the layer with a kernel that makes an output: the last one on the way to it, behind which only activations,
 * reshapes and other layers without a kernel stand.
 *
 * @param made the call that gave the output; -1 if no layer gave it.
 * @returns null if the output depends on no layer with a kernel.
 */
export function headOf(
  calls: readonly Call[],
  made: number,
  activations: readonly ActivationLayer[],
): ActivationLayer | null {
  const waiting = [made];
  const seen = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const call = calls[at];
    if (!call || seen.has(at)) continue;
    seen.add(at);
    if (isKernelLayer(call.layer)) return activations.find(({ layer }) => layer === call.path) ?? null;
    waiting.push(...[...call.from].sort((a, b) => a - b));
  }
  return null;
}

// The JSON topology of a layers model, as far as changes of a model read it.

export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The calls of the layer, each with the layers that it takes its inputs from; left out in a Sequential model. */
  readonly inbound_nodes?: readonly (readonly Reference[])[];
}

/** A layer's name, and which of its calls and outputs is meant. */
export type Reference = readonly [layer: string, ...rest: unknown[]];

export interface ModelJson {
  readonly class_name: string;
  readonly config: {
    readonly layers: readonly LayerJson[];
    readonly output_layers?: readonly Reference[];
  };
}

/** Whether a layer has a kernel, so that it mixes its inputs. */
export function hasKernel({ config }: LayerJson): boolean {
  return "kernel_initializer" in config || "depthwise_initializer" in config;
}

/** The layers of a model that stands as a layer; none of any other layer. */
export function partsOf({ config: { layers } }: LayerJson): readonly LayerJson[] {
  return Array.isArray(layers) ? layers : [];
}

/** The layer that another one applies to every step; null where there is none. */
export function appliedToSteps({ class_name: kind, config: { layer } }: LayerJson): LayerJson | null {
  return kind === "TimeDistributed" ? (layer as LayerJson) : null;
}

/** Whether a layer has a kernel, or a part of a model that stands as a layer, or the layer that it applies to every step. */
export function hasKernelWithin(layer: LayerJson): boolean {
  const applied = appliedToSteps(layer);
  if (applied) return hasKernelWithin(applied);
  return hasKernel(layer) || partsOf(layer).some(hasKernelWithin);
}

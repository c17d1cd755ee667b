/** Units of the first hidden layer, for a network that has none to copy. */
export const NEW_LAYER = 8;

/** Multiplies a width; at least one unit remains. */
export function widen(units: number, factor: number): number {
  return Math.max(1, Math.round(units * factor));
}

/** Adds copies of the last layer; `first` is copied where there is none. */
export function deepen<Layer>(hidden: readonly Layer[], first: Layer, layers: number): Layer[] {
  return [...hidden, ...Array.from({ length: layers }, () => hidden.at(-1) ?? first)];
}

interface Dense {
  readonly units: number;
}

/** Resizes the hidden layers of a fully connected network. A network without any has no width, so it gets one layer. */
export function resizeHidden<Layer extends Dense>(
  hidden: readonly Layer[],
  factor: number,
  layers: number,
): readonly object[] {
  const first = { units: widen(NEW_LAYER, factor), activation: "relu" };
  if (hidden.length === 0 && factor > 1) return [first];
  const widened: readonly object[] = hidden.map((layer) => ({
    ...layer,
    units: widen(layer.units, factor),
  }));
  return deepen(widened, first, layers);
}

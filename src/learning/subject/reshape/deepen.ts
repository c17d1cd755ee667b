// Puts further hidden layers into a topology.

import { InputError } from "../../../foundation/input/inputError.ts";
import { hasKernel, type LayerJson, type ModelJson, type Reference } from "../topologyJson.ts";
import { isActivation } from "./bends.ts";
import { endsOf } from "./outputEnds.ts";

/** Adds `more` copies of the last hidden dense layer, or hidden layers where there is none.
 *
 * @throws {InputError} if the hidden layers are no chain with a dense one.
 */
export function deepen(
  model: ModelJson,
  layers: readonly LayerJson[],
  last: number,
  more: number,
): LayerJson[] {
  if (last >= 0 && !endsOf(model) && !layers.slice(0, last).some(hasKernel))
    return insertHidden(layers, last, more);
  const place = layers.findLastIndex((layer, at) => at < last && layer.class_name === "Dense");
  const pattern = layers[place];
  if (model.class_name !== "Sequential" || !pattern)
    throw new InputError({
      code: "conflict",
      field: "rework.layers",
      message: "must be 0 for a model whose hidden layers are no chain with a dense one; widen it instead",
      got: more,
    });
  // The copies go behind the layer's activation if that is a separate layer.
  const behind = isActivation(layers[place + 1]) ? place + 2 : place + 1;
  const group = layers.slice(place, behind);
  const copies = Array.from({ length: more }, (_, copy) =>
    group.map((layer) => {
      const { batch_input_shape: _shape, ...config } = layer.config;
      return { ...layer, config: { ...config, name: `${config.name}-${copy + 2}` } };
    }),
  );
  return [...layers.slice(0, behind), ...copies.flat(), ...layers.slice(behind)];
}

/** Units of a layer that is put into a network without any hidden one. */
const NEW_UNITS = 16;

/** Puts hidden dense layers in front of the last one, whose inputs they take over. */
function insertHidden(layers: readonly LayerJson[], last: number, more: number): LayerJson[] {
  const { batch_input_shape: shape, ...config } = (layers[last] as LayerJson).config;
  const { inbound_nodes: inbound, ...end } = layers[last] as LayerJson;
  const nameOf = (place: number) => `${config.name}-hidden-${place + 1}`;
  const added = Array.from({ length: more }, (_, place): LayerJson => {
    const given = place === 0 ? inbound : [[[nameOf(place - 1), 0, 0, {}] as Reference]];
    return {
      class_name: "Dense",
      config: {
        name: nameOf(place),
        units: NEW_UNITS,
        activation: "relu",
        trainable: true,
        ...(place === 0 && shape !== undefined && { batch_input_shape: shape }),
      },
      ...(inbound && { name: nameOf(place), inbound_nodes: given }),
    } as LayerJson;
  });
  const ending: LayerJson = {
    ...end,
    config,
    ...(inbound && { inbound_nodes: [[[nameOf(more - 1), 0, 0, {}] as Reference]] }),
  };
  return [...layers.slice(0, last), ...added, ending, ...layers.slice(last + 1)];
}

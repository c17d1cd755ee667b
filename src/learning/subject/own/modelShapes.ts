import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { onceFor } from "../../../foundation/onceFor.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { noteVariables } from "../disposeModel.ts";
import { generatedKind } from "../layerNames.ts";
import type { Shares } from "../parts.ts";
import { changesOutput } from "../reshape/reshapeModel.ts";
import { rebuild } from "../topology.ts";
import { andThen, type Soon } from "./later.ts";
import { buildOwnModel } from "./ownModel.ts";
import { findShares } from "./shares.ts";

/** An input or an output of a model. */
export interface Port {
  /** The name of its layer; `input 0` or `output 0` where TensorFlow.js made the name up. */
  readonly name: string;
  /** The name of its layer in any case. */
  readonly layer: string;
  /** Its shape for one example; open dimensions are null. */
  readonly shape: readonly (number | null)[];
}

/** The inputs and outputs of a model, in its order. */
export interface ModelShapes {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The same of a model that was built, with the shares among the numbers of each output. */
export interface BuiltShapes extends ModelShapes {
  readonly shares: readonly (readonly Shares[])[];
}

/** The known shapes, by definition and then by the model's settings. */
const knownOf = onceFor((_definition: object) => new Map<string, BuiltShapes>());

/**
 * Finds the inputs and outputs of a project's model, after what the config changes about its output. The model has to be built for that, so this is called only if the
 * examples leave something open.
 *
 * @throws {InputError} where it cannot be built.
 */
export function modelShapes(config: OwnConfig): Soon<BuiltShapes> {
  const { name, model: settings, seed, rework } = config;
  const definition = definitionOf(config);
  const ofDefinition = knownOf(definition);
  const changes = changesOutput(rework);
  const key = JSON.stringify(changes ? [settings, rework] : settings);
  const before = ofDefinition.get(key);
  if (before) return before;
  const disposeModel = noteVariables();
  const build = () => definition.buildModel({ model: settings, seed });
  const keep = (model: LayersModel) => {
    const shapes = { ...shapesOf(model), shares: findShares(model) };
    disposeModel(model);
    ofDefinition.set(key, shapes);
    return shapes;
  };
  return andThen(buildOwnModel({ subject: name, name: "buildModel" }, build), (model) =>
    changes
      ? rebuild(model, rework)
          .then(keep)
          .finally(() => disposeModel(model))
      : keep(model),
  );
}

/** Reads the inputs and outputs of a model. */
export function shapesOf({ inputs, outputs }: Pick<LayersModel, "inputs" | "outputs">): ModelShapes {
  return { inputs: portsOf(inputs, "input"), outputs: portsOf(outputs, "output") };
}

function portsOf(ends: readonly SymbolicTensor[], kind: string): Port[] {
  const layers = ends.map(({ sourceLayer }) => sourceLayer.name);
  return ends.map(({ shape }, index) => {
    const layer = layers[index] as string;
    const isOwn = generatedKind(layer) === undefined && layers.indexOf(layer) === layers.lastIndexOf(layer);
    return { name: isOwn ? layer : `${kind} ${index}`, layer, shape: shape.slice(1) };
  });
}

/** Finds the input or output of a name, which may be the one that TensorFlow.js made up. */
export function portNamed(ports: readonly Port[], name: string | null): Port | undefined {
  return ports.find((port) => port.name === name) ?? ports.find((port) => port.layer === name);
}

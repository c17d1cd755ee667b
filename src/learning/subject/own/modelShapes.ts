import type { LayersModel } from "@tensorflow/tfjs-layers";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { andThen, type Soon } from "./later.ts";
import { buildOwnModel } from "./ownModel.ts";

/** The shapes of a model's input and output, for one example. */
export interface ModelShapes {
  /** Shape of the input; open dimensions are null. */
  readonly input: readonly (number | null)[];
  /** Numbers in one output. */
  readonly outputs: number;
}

/** The known shapes, by definition and then by the model's settings. */
const known = new WeakMap<object, Map<string, ModelShapes>>();

/**
 * Finds the shapes of a project's model. The model has to be built for that, so this is called only if the examples
 * leave the shapes open.
 *
 * @throws {InputError} where it cannot be built.
 */
export function modelShapes(config: OwnConfig): Soon<ModelShapes> {
  const { name, model: settings, seed } = config;
  const definition = definitionOf(config);
  const ofDefinition = known.get(definition) ?? new Map<string, ModelShapes>();
  known.set(definition, ofDefinition);
  const key = JSON.stringify(settings);
  const before = ofDefinition.get(key);
  if (before) return before;
  const build = () => definition.buildModel({ model: settings, seed });
  return andThen(buildOwnModel({ subject: name, name: "buildModel" }, build), (model) => {
    const shapes = shapesOf(model);
    model.dispose();
    ofDefinition.set(key, shapes);
    return shapes;
  });
}

function shapesOf({ inputs, outputs }: LayersModel): ModelShapes {
  return { input: inputs[0]?.shape.slice(1) ?? [], outputs: outputs[0]?.shape.at(-1) ?? 1 };
}

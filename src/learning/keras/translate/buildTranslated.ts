import { type io, tensor, type Variable } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../../foundation/input/inputError.ts";
import { reasonOf } from "../../../foundation/input/reason.ts";
import { noteVariables } from "../../subject/disposeModel.ts";
import { isModel, type Layer, placedLayers } from "../../subject/layerTree.ts";
import { withinBudget } from "../../subject/weightBudget.ts";
import type { WeightTable } from "./capturedProgram.ts";
import type { TranslatedProgram } from "./translateProgram.ts";

/**
 * Builds the model of a translated program, with the captured weights if there are any. The caller disposes it.
 *
 * @throws {InputError} if TensorFlow.js cannot build the layers, or the weights do not fit them.
 */
export async function buildTranslated({
  topology,
  weights,
}: Pick<TranslatedProgram, "topology" | "weights">): Promise<LayersModel> {
  const disposeModel = noteVariables();
  const model = await load(topology);
  try {
    for (const { layer, tables } of weights) giveWeights(model, layer, tables);
    return model;
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

async function load(modelTopology: object): Promise<LayersModel> {
  const artifacts = { modelTopology } as io.ModelArtifacts;
  try {
    return await withinBudget("model", () => loadLayersModel({ load: async () => artifacts }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "invalid-model",
      field: "model",
      message: `must be a model that can be built from its config (${reasonOf(error)}); check that it builds in Keras, and capture it again`,
      got: "a Keras model",
    });
  }
}

function giveWeights(model: LayersModel, path: string, tables: readonly WeightTable[]): void {
  const layers = layersAt(model, path);
  const wanted = layers.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const isSame = (place: number) => String(wanted[place]) === String(tables[place]?.shape);
  if (wanted.length !== tables.length || !wanted.every((_, place) => isSame(place)))
    throw new InputError({
      code: "conflict",
      field: `weights of ${path}`,
      message: `must have the shapes of the layer, which are ${printShapes(wanted)}; capture model and weights together`,
      got: printShapes(tables.map(({ shape }) => shape)),
    });
  // A layer's setWeights would apply its constraints, which Keras applies after an update only.
  layers
    .flatMap(({ weights }) => weights)
    .forEach((weight, place) => {
      const { shape, values } = tables[place] as WeightTable;
      const value = tensor(values, [...shape]);
      (weight.read() as Variable).assign(value);
      value.dispose();
    });
}

/** Finds the layer of a path, or the layers of the nested model that stands there. */
function layersAt(model: LayersModel, path: string): Layer[] {
  const placed = placedLayers(model);
  const found = placed.filter((one) => one.path === path || one.path.startsWith(`${path}/`));
  return found.map(({ layer }) => layer).filter((layer) => !isModel(layer) && layer.weights.length > 0);
}

function printShapes(shapes: readonly (readonly (number | null)[])[]): string {
  return shapes.length === 0 ? "none" : shapes.map((shape) => `[${shape.join(", ")}]`).join(" ");
}

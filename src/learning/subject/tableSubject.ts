import { readSavedModel } from "../../foundation/savedModel/savedModelFile.ts";
import type { SavedModelConfig, TableConfig } from "../config/schema.ts";
import { buildDenseNetwork } from "./denseNetwork.ts";
import { loadSavedModel, prepareModel, refuseMisfit } from "./foreignModel.ts";
import { refuseTooLarge } from "./modelFootprint.ts";
import { changesOutput } from "./reshape/reshapeModel.ts";
import type { Subject } from "./subject.ts";
import { readTableExamples } from "./tableExamples.ts";

/** Creates the subject that trains a fully connected network on a table. */
export function createTableSubject(config: TableConfig): Subject {
  const { train, heldOut } = readTableExamples(config.data, config.seed);
  const model = { ...config.model, inputs: config.data.inputs.length, outputs: train.outputs };
  return {
    ...config.training,
    name: config.subject,
    seed: config.seed,
    train,
    heldOut,
    buildModel: (seed) => buildDenseNetwork(model, seed),
  };
}

/** Creates the subject that trains a saved layers model on a table, whose columns are reshaped to the model's input. */
export function createSavedModelSubject(config: SavedModelConfig): Subject {
  const { train, heldOut } = readTableExamples(config.data, config.seed, inputShapeOf(config));
  return {
    ...config.training,
    name: config.subject,
    seed: config.seed,
    train,
    heldOut,
    async buildModel(seed) {
      const built = await loadSavedModel(config.model);
      const reshapes = changesOutput(config.rework);
      if (!reshapes) refuseMisfit(built, train);
      const keepWeights = config.model.initialWeights === "saved";
      const model = await prepareModel(built, { rework: config.rework, seed, keepWeights });
      if (reshapes) refuseMisfit(model, train);
      refuseTooLarge(model, config);
      return model;
    },
  };
}

/**
 * Returns the model's input shape if a row has that many numbers; otherwise a plain list, which the model then refuses.
 */
function inputShapeOf({ model, data }: SavedModelConfig): readonly number[] {
  const { inputs } = data;
  const wanted = firstShape(readSavedModel(model.file).modelTopology)?.slice(1);
  const size = wanted?.reduce<number>((product, side) => product * (side ?? 0), 1);
  return wanted && size === inputs.length ? (wanted as number[]) : [inputs.length];
}

/** Finds the first `batch_input_shape` in a topology, which is that of the input layer. */
function firstShape(part: unknown): readonly (number | null)[] | undefined {
  if (typeof part !== "object" || part === null) return undefined;
  const { batch_input_shape: shape } = part as { batch_input_shape?: readonly (number | null)[] };
  if (Array.isArray(shape)) return shape;
  for (const inner of Object.values(part)) {
    const found = firstShape(inner);
    if (found) return found;
  }
  return undefined;
}

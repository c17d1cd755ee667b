import { InputError } from "../../foundation/input/inputError.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { OwnConfig } from "../config/schema.ts";
import { watchBackend } from "../engine/keepBackend.ts";
import { adaptOptimizer, definitionOf, type ExampleTables, readTables } from "./defineSubject.ts";
import { noteVariables } from "./disposeModel.ts";
import { type ExampleSet, type Examples, firstExamples } from "./examples.ts";
import { prepareModel, refuseMisfit } from "./foreignModel.ts";
import { drawingFrom } from "./seededRandomness.ts";
import { standardiseExamples } from "./standardise.ts";
import type { Subject } from "./subject.ts";

/** The subject that a project's own code defines. */
export function createOwnSubject(config: OwnConfig): Subject {
  const { loss, optimizer, buildModel, keepWeights = false } = definitionOf(config);
  const checkBackend = watchBackend();
  const train = examplesOf(config, "train");
  return {
    ...config.training,
    name: config.name,
    seed: config.seed,
    train,
    heldOut: config.data.heldOut > 0 ? examplesOf(config, "heldOut") : null,
    loss: loss ?? config.training.loss,
    optimizer: optimizer ? () => adaptOptimizer(optimizer()) : config.training.optimizer,
    async buildModel(seed) {
      await checkBackend("examples");
      const disposeModel = noteVariables();
      // Where it builds in one go, what it draws comes from the run's seed too.
      const built = await drawingFrom(
        () => seedStream(seed, "random/buildModel"),
        () => buildModel({ model: config.model, seed }),
      );
      try {
        await checkBackend("buildModel");
        refuseMisfit(built, train);
        return await prepareModel(built, { rework: config.rework, seed, keepWeights });
      } catch (error) {
        disposeModel(built);
        throw error;
      }
    },
  };
}

function examplesOf(config: OwnConfig, set: ExampleSet): Examples {
  return standardiseExamples(readExamples(config, set), () => readExamples(config, "train"), config.data);
}

function readExamples(config: OwnConfig, set: ExampleSet): Examples {
  const { data, seed } = config;
  const { examples } = definitionOf(config);
  const count = set === "train" ? data.examples : data.heldOut;
  if (typeof examples !== "function")
    return firstExamples(asExamples(examples[set] as ExampleTables, data), count);
  const drawn = asExamples(readTables(examples({ set, count, seed, data }), `examples (${set})`), data);
  if (drawn.count === count) return drawn;
  throw new InputError({
    code: "conflict",
    field: `examples (${set})`,
    message: `must give as many examples as are asked for, ${count}; correct the subject's definition`,
    got: drawn.count,
  });
}

function asExamples({ inputs, targets }: ExampleTables, { classification }: OwnConfig["data"]): Examples {
  return {
    count: inputs.shape[0] as number,
    inputShape: inputs.shape.slice(1),
    inputs: inputs.values,
    outputs: targets.shape[1] as number,
    targets: targets.values,
    classification,
  };
}

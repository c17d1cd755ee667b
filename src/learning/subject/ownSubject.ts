import { getBackend } from "@tensorflow/tfjs-core";
import { DEFAULT_SEED } from "../../foundation/random/seed.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { definitionOf } from "../config/ownDefaults.ts";
import type { OwnConfig } from "../config/schema.ts";
import { watchBackend } from "../engine/keepBackend.ts";
import { codeWidth, givesBackItsInputs } from "./codeWidth.ts";
import { noteVariables } from "./disposeModel.ts";
import { prepareModel, refuseMisfit } from "./foreignModel.ts";
import type { Callback } from "./own/blame.ts";
import { drawExamples } from "./own/drawExamples.ts";
import { evenLosses } from "./own/evenLosses.ts";
import { andThen, type Soon } from "./own/later.ts";
import { outputLosses } from "./own/outputLosses.ts";
import { blameLayers, buildOwnModel } from "./own/ownModel.ts";
import { ownOptimizer } from "./own/ownOptimizer.ts";
import { targetParts } from "./parts.ts";
import { changesOutput } from "./reshape/reshapeModel.ts";
import { drawingFrom } from "./seededRandomness.ts";
import type { ExampleSets, Subject } from "./subject.ts";

/** Creates the subject that a project's own code defines: a promise of it if the examples come asynchronously. */
export function createOwnSubject(config: OwnConfig): Soon<Subject> {
  const backend = getBackend();
  const checkBackend = watchBackend();
  const subject = andThen(drawExamples(config), (examples) =>
    getBackend() === backend
      ? describe(config, examples)
      : checkBackend("examples").then(() => describe(config, examples)),
  );
  return andThen(subject, (made) => (givesBackItsInputs(made) ? withCode(made) : made));
}

async function withCode(subject: Subject): Promise<Subject> {
  const width = await codeWidth(subject);
  return width === null ? subject : { ...subject, codeWidth: width };
}

function describe(config: OwnConfig, examples: ExampleSets): Subject {
  const definition = definitionOf(config);
  const { name, training, seed, rework } = config;
  const { optimizer, keepWeights, variational, idleBecause, gaps, order, classesBecause, programExamples } =
    definition;
  const lossWeights = rework.lossWeights === undefined ? definition.lossWeights : null;
  const losses =
    rework.ownLoss === false
      ? training.loss
      : outputLosses(
          name,
          { ...definition, lossWeights, turn: rework.turnLoss, underRoots: rework.underRoots },
          targetParts(examples.train),
          training.loss,
        );
  const callback: Callback = { subject: name, name: "buildModel" };
  return {
    ...training,
    name,
    seed,
    ...(variational && { variational }),
    ...(gaps && !config.data.fillGaps && { gaps }),
    ...(order && seed === DEFAULT_SEED && { order }),
    ...(classesBecause && { classesBecause }),
    ...(!config.data.asHeld &&
      definition.held?.facts.some(({ rescaled }) => rescaled) && { scaledAnew: true }),
    ...(definition.movesBecause && { movesBecause: definition.movesBecause }),
    ...(programExamples !== undefined && { programExamples }),
    ...(idleBecause && rework.ownOptimizer !== false && { idleBecause }),
    ...examples,
    loss: rework.lossWeights === "even" ? evenLosses(losses, examples.train) : losses,
    optimizer:
      optimizer && rework.ownOptimizer !== false ? () => ownOptimizer(name, optimizer) : training.optimizer,
    ...(typeof definition.examples === "function" && {
      redraw: async () => ({ first: examples, second: await drawExamples(config) }),
    }),
    async buildModel(seed) {
      const disposeModel = noteVariables();
      // If the function is synchronous, its random numbers come from the run's seed too.
      const build = () =>
        drawingFrom(
          () => seedStream(seed, "random/buildModel"),
          () => definition.buildModel({ model: config.model, seed }),
        );
      const built = await buildOwnModel(callback, build);
      try {
        if (!changesOutput(rework)) refuseMisfit(built, examples.train);
        const model = await prepareModel(built, { rework, seed, keepWeights });
        if (changesOutput(rework)) refuseMisfit(model, examples.train);
        blameLayers(name, model);
        return model;
      } catch (error) {
        disposeModel(built);
        throw error;
      }
    },
  };
}

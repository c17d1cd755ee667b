// Finds the layer that makes a run irreproducible, by comparing two models that were built from one seed.

import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { noteVariables } from "../subject/disposeModel.ts";
import { firstExamples } from "../subject/examples.ts";
import { inputTensors } from "../subject/parts.ts";
import type { Subject } from "../subject/subject.ts";
import { watching } from "./calls.ts";
import { stockForward } from "./forward.ts";
import { layersWithWeights, readWeights } from "./layerWeights.ts";

/** A layer that differs between two models of one seed. */
export interface UnseededLayer {
  /** The layer's name, preceded by the names of the models that contain it: `base/dense1`. */
  readonly layer: string;
  /** The first difference: the layer's initial weights, or its outputs in training mode. */
  readonly differs: "initial weights" | "answers";
}

/** Number of forward passes in training mode; a layer may differ only from its second call on. */
const PASSES = 3;

/**
 * Finds the first layer, in the order of a forward pass, that draws random numbers that no seed controls.
 *
 * @returns null if all layers give the same outputs twice. The cause is then elsewhere, for example in a loss or an
 * optimizer.
 */
export async function findUnseededLayer(subject: Subject): Promise<UnseededLayer | null> {
  const [first, second] = [await askOnce(subject), await askOnce(subject)];
  const start = first.start.find(({ values }, index) => !same(values, second.start[index]?.values));
  if (start) return { layer: start.layer, differs: "initial weights" };
  const answer = first.answers.find(({ values }, index) => !same(values, second.answers[index]?.values));
  return answer ? { layer: answer.layer, differs: "answers" } : null;
}

interface Asked {
  readonly start: readonly Numbers[];
  readonly answers: readonly Numbers[];
}

interface Numbers {
  readonly layer: string;
  readonly values: ArrayLike<number>;
}

async function askOnce(subject: Subject): Promise<Asked> {
  const disposeModel = noteVariables();
  const model = await subject.buildModel(subject.seed);
  try {
    const start: Numbers[] = [];
    for (const layer of layersWithWeights(model)) {
      for (const values of await readWeights(layer)) start.push({ layer: layer.layer, values });
    }
    return { start, answers: answersOf(model, subject) };
  } finally {
    disposeModel(model);
  }
}

function answersOf(model: LayersModel, { train, batchSize }: Subject): Numbers[] {
  const seen = firstExamples(train, batchSize);
  const forward = stockForward(model);
  const answers: Numbers[] = [];
  const note = (path: string, answered: readonly Tensor[]) => {
    for (const one of answered) answers.push({ layer: path, values: one.dataSync() });
  };
  for (let pass = 0; pass < PASSES; pass++) {
    tidy(() => {
      watching(
        model,
        (_layer, path, _given, answered) => note(path, answered),
        () => forward(inputTensors(seen), true),
      );
    });
  }
  return answers;
}

function same(a: ArrayLike<number>, b: ArrayLike<number> | undefined): boolean {
  return a.length === b?.length && Array.from(a).every((value, index) => Object.is(value, b[index]));
}

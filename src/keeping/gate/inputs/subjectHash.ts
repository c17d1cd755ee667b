// This file hashes the data, the model and the first steps that a subject produces for one seed. A subject may depend
// on a file that it reads, a package, a computed import or an environment variable; any difference shows in these
// results.

import { createHash, type Hash } from "node:crypto";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { layersWithWeights, readWeights } from "../../../learning/training/layerWeights.ts";
import { train } from "../../../learning/training/train.ts";
import { describeTopology } from "./topology.ts";

/** SHA-256 hashes, in hexadecimal, of what a subject produces for its seed. */
export interface SubjectHash {
  /** Hash of the examples and the initial weights, which the same seed must reproduce. */
  readonly given: string;
  /** Hash of the same, the layers and the first steps; two runs with the same hash begin alike. */
  readonly begun: string;
}

/** Two steps show what a loss and an optimizer do, because the second step uses the moments of the first. */
const FIRST_STEPS = 2;

/**
 * Hashes the data, the model and the weights that a subject produces for its seed.
 *
 * @param trainFirst whether to hash the first training steps as well. On a bit-exact engine they show what a loss, an
 * optimizer and layers of the user's own code do.
 */
export async function hashSubject(subject: Subject, trainFirst: boolean): Promise<SubjectHash> {
  const hash = createHash("sha256");
  addExamples(hash, subject.train);
  if (subject.heldOut) addExamples(hash, subject.heldOut);
  const model = await subject.buildModel(subject.seed);
  try {
    await addWeights(hash, model);
    const given = hash.copy().digest("hex");
    hash.update(describeTopology(model));
    if (trainFirst) hash.update(await beginTraining(subject));
    return { given, begun: hash.digest("hex") };
  } finally {
    model.dispose();
  }
}

function addExamples(
  hash: Hash,
  { count, inputShape, outputs, classification, inputParts, targetParts, inputs, targets, weights }: Examples,
): void {
  const shapes = {
    count,
    inputShape,
    outputs,
    classification: classification === true,
    inputParts,
    targetParts,
  };
  hash.update(JSON.stringify(shapes));
  hash.update(bytesOf(inputs)).update(bytesOf(targets));
  if (weights) hash.update(bytesOf(weights));
}

async function addWeights(hash: Hash, model: LayersModel): Promise<void> {
  for (const layer of layersWithWeights(model)) {
    hash.update(JSON.stringify(layer.variables.map(({ shape }) => shape)));
    for (const values of await readWeights(layer)) hash.update(bytesOf(values));
  }
}

async function beginTraining(subject: Subject): Promise<string> {
  const steps = Math.min(FIRST_STEPS, subject.steps);
  const { digest } = await train({ ...subject, heldOut: null, steps }, { probes: false });
  return digest;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

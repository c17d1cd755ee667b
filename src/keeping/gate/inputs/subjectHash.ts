// What came out for one seed, hashed: however a subject gets its data, its model and its functions (from a file that it
// reads, a package, a computed import, an environment variable), a difference shows in what it gives.

import { createHash, type Hash } from "node:crypto";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { layersWithWeights, readWeights } from "../../../learning/training/layerWeights.ts";
import { train } from "../../../learning/training/train.ts";
import { describeTopology } from "./topology.ts";

/** SHA-256, in hexadecimal, of what a subject gives. */
export interface SubjectHash {
  /** Of the examples and the initial weights, which the same seed has to give again. */
  readonly given: string;
  /** Of these, the layers and the first steps: two runs that agree in it begin alike. */
  readonly begun: string;
}

/** Steps that show what a loss and an optimizer do: the second one has the moments of the first. */
const FIRST_STEPS = 2;

/**
 * Hashes what a subject gives for its seed.
 *
 * @param trainFirst whether to hash the first training steps, too: they show what a loss, an optimizer and layers of
 * somebody else's code do, on an engine that promises the same bits.
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
  { count, inputShape, outputs, classification, inputs, targets }: Examples,
): void {
  hash.update(JSON.stringify({ count, inputShape, outputs, classification: classification === true }));
  hash.update(bytesOf(inputs)).update(bytesOf(targets));
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

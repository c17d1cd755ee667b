import { dispose, ones, type Tensor, tidy, type Variable, zeros } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { untrackedIn } from "../../../learning/keras/traced/tracedLayer.ts";
import { createOptimizer } from "../../../learning/optimizer/optimizer.ts";
import { allLayers } from "../../../learning/subject/layerTree.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { ownWeights } from "../../../learning/subject/weightOrigins.ts";
import { planGradients, trainableVariables } from "../../../learning/training/gradients.ts";
import { layersWithWeights } from "../../../learning/training/layerWeights.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { read } from "../../../learning/training/read.ts";
import type { FreshModel } from "./freshModel.ts";

const EXAMPLES = 8;
/** A schedule may start at a rate of 0. */
const MOST_UPDATES = 3;

/** Which weights training can reach. Each weight is named with its layer, such as `dense1/bias`. */
export interface WeightUse {
  /** Trainable weights of the model. */
  readonly trainable: number;
  /** Trainable weights that the loss does not depend on, so that they get no gradient. */
  readonly withoutGradient: readonly string[];
  /** Trainable weights that the optimizer leaves as they are, although it is given a gradient of ones. */
  readonly withoutUpdate: readonly string[];
  /** Variables that were made with the model, and that the loss depends on, but that the model does not know. */
  readonly unknown: readonly string[];
  /** Variables that layers of a captured program read, and that Keras does not know of. */
  readonly untracked: readonly string[];
}

/** Makes one pass forward and backward and some updates, with which it uses the model up. */
export async function measureWeightUse(fresh: FreshModel): Promise<WeightUse> {
  const { model, criterion, created, subject } = fresh;
  const { train, seed } = subject;
  const variables = trainableVariables(model);
  const known = new Set(
    allLayers(model).flatMap((layer) => ownWeights(layer).map((weight) => weight.read())),
  );
  const strangers = created.filter((variable) => variable.trainable && !known.has(variable));
  const all = [...variables, ...strangers];
  const seen = sampleExamples(train, seed, mostAtOnce(model, EXAMPLES, train));
  const { gradients } = await planGradients(model, all, criterion)(seen);
  dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  const nameOf = namesIn(model);
  const reached = (variable: Variable) => gradients[all.indexOf(variable)] !== null;
  return {
    trainable: variables.length,
    withoutGradient: variables.filter((variable) => !reached(variable)).map(nameOf),
    withoutUpdate: (await findNotUpdated(fresh, variables.filter(reached))).map(nameOf),
    unknown: strangers.filter(reached).map(nameOf),
    untracked: untrackedIn(allLayers(model)),
  };
}

/**
 * Returns the variables that the optimizer does not move; none where it moves no variable at all. All start at 0, since the
 * steps of a very small rate are lost in the rounding of larger weights, which the optimizer moves all the same.
 */
async function findNotUpdated({ subject }: FreshModel, variables: readonly Variable[]): Promise<Variable[]> {
  const optimizer = createOptimizer(subject.optimizer);
  const slopes = variables.map(({ shape }) => ones(shape));
  tidy(() => {
    for (const variable of variables) variable.assign(zeros(variable.shape));
  });
  try {
    for (let step = 0; step < MOST_UPDATES; step++) {
      optimizer.update(variables, slopes);
      const after = await Promise.all(variables.map(read));
      const still = variables.filter((_, index) => after[index]?.every((value) => value === 0));
      if (still.length < variables.length) return still;
    }
    return [];
  } finally {
    dispose(slopes);
    optimizer.dispose();
  }
}

/** Names a weight by its layer and the last part of its own name; a number that keeps names apart is left out. */
function namesIn(model: LayersModel): (variable: Variable) => string {
  const layers = layersWithWeights(model);
  return (variable) => {
    const own = (variable.name.split("/").at(-1) as string).replace(/_\d+$/, "");
    const layer = layers.find(({ variables }) => variables.includes(variable));
    return layer ? `${layer.layer}/${own}` : variable.name;
  };
}

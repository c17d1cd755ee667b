// Says of a change of the optimizer what it is in the Keras script.

import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { Place } from "../program/capturedFile.ts";
import { rateSetters } from "../translate/recipe/translateCallbacks.ts";
import { asPython, changeArgument, type KerasEdit, snake } from "./edit.ts";
import type { Situation } from "./shapeEdits.ts";

/** The edits of the optimizer, or of the word that names it. */
export function ofOptimizer({ captured, before, after }: Situation): KerasEdit[] {
  const { idleInGraph, neverApplied } = captured.program.fit ?? {};
  if ((idleInGraph || neverApplied) && before.rework.ownOptimizer !== after.rework.ownOptimizer) {
    const value = neverApplied ? APPLIED : COUNTED;
    return [{ argument: null, value, layer: null, source: captured.source.fit ?? null, replace: null }];
  }
  const [old, now] = [before.training.optimizer, after.training.optimizer] as unknown as Record<
    string,
    unknown
  >[];
  if (!old || !now || JSON.stringify(old) === JSON.stringify(now)) return [];
  const source = captured.source.optimizer ?? captured.source.compile;
  const changed = Object.keys(now).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  const isScheduled = rateSetters(captured.program.fit?.callbacks ?? []).length > 0;
  if (old.schedule && !now.schedule && old.name === now.name && !isScheduled)
    return [
      changeArgument("learning_rate", asPython(now.learningRate), {
        source,
        call: CLASSES[String(now.name)] ?? null,
      }),
    ];
  if (!changed.includes("name")) {
    const call = CLASSES[String(now.name)] ?? null;
    const edits = changed.map((key) =>
      changeArgument(snake(key), asPython(plain(now[key])), { source, call }),
    );
    if (edits.every(({ replace }) => replace) || !isWord(source)) return edits;
  }
  return [replaceOptimizer(now, captured.source.compile)];
}

/** What a loop leaves out that only computes gradients. */
const APPLIED = "optimizer.apply_gradients(zip(gradients, model.trainable_variables)) behind the gradients";

/** What a step counts that is read anew each time. */
const COUNTED = "self.steps.assign_add(1), a tf.Variable, and tf.cond in place of an if on numbers of Python";

/** Whether the optimizer is written as a word, such as `optimizer="adam"`, which has no arguments. */
function isWord(source: Place | null | undefined): boolean {
  return OPTIMIZER_WORD.test(source?.text ?? "");
}

const OPTIMIZER_WORD =
  /(["'])(adam|sgd|rmsprop|adagrad|adadelta|adamax|nadam|lion|ftrl|adafactor|lamb|muon)\1/i;
const CLASSES: Readonly<Record<string, string>> = {
  adam: "Adam",
  sgd: "SGD",
  momentum: "SGD",
  rmsprop: "RMSprop",
  adagrad: "Adagrad",
  adadelta: "Adadelta",
  adamax: "Adamax",
  nadam: "Nadam",
  lion: "Lion",
  ftrl: "Ftrl",
  adafactor: "Adafactor",
  lamb: "Lamb",
  muon: "Muon",
};

function replaceOptimizer(now: Record<string, unknown>, source: Place | null | undefined): KerasEdit {
  const momentum = now.name === "momentum" ? `, momentum=${asPython(now.momentum)}` : "";
  const made = `keras.optimizers.${CLASSES[String(now.name)] ?? "Adam"}(learning_rate=${asPython(now.learningRate)}${momentum})`;
  const word = OPTIMIZER_WORD.exec(source?.text ?? "");
  return {
    ...changeArgument("optimizer", made, { source }),
    ...(word && { replace: { find: word[0], with: made } }),
  };
}

function plain(value: unknown): unknown {
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : value;
}

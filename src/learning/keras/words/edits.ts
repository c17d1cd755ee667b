// Says of a change to a config what it is in the Keras script that the config was made from.

import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { OwnConfig } from "../../config/schema.ts";
import type { CapturedProgram, Place } from "../program/capturedFile.ts";
import { ofData } from "./dataEdits.ts";
import { addBefore, asPython, changeArgument, changeCallbacks, type KerasEdit, snake } from "./edit.ts";
import { argumentsAt } from "./expression.ts";
import { ofQuestions } from "./questionEdits.ts";
import { type ScriptLayer, scriptLayers } from "./scriptLayers.ts";
import { ofShapes, type Situation } from "./shapeEdits.ts";

/**
 * The edits of the script that make a change of the config.
 *
 * @returns an empty list where the config did not change, or no edit of the script does the same.
 */
export function editsFor(
  captured: CapturedProgram,
  before: OwnConfig,
  after: OwnConfig,
): readonly KerasEdit[] {
  const situation = { captured, layers: scriptLayers(captured), before, after };
  return [
    ...ofOptimizer(situation),
    ...ofLoss(situation),
    ...ofFit(situation),
    ...ofLayers(situation),
    ...ofShapes(situation),
    ...ofData(situation),
    ...ofQuestions(situation),
  ];
}

function ofOptimizer({ captured, before, after }: Situation): KerasEdit[] {
  if (captured.program.fit?.idleInGraph && before.rework.ownOptimizer !== after.rework.ownOptimizer)
    return [
      { argument: null, value: COUNTED, layer: null, source: captured.source.fit ?? null, replace: null },
    ];
  const [old, now] = [before.training.optimizer, after.training.optimizer] as unknown as Record<
    string,
    unknown
  >[];
  if (!old || !now || JSON.stringify(old) === JSON.stringify(now)) return [];
  const source = captured.source.optimizer ?? captured.source.compile;
  const changed = Object.keys(now).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  const isScheduled = captured.program.fit?.callbacks?.some(({ class_name: name }) => name === SCHEDULER);
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

/** What a step counts that is read anew each time. */
const COUNTED = "self.steps.assign_add(1), a tf.Variable, and tf.cond in place of an if on numbers of Python";

/** Whether the optimizer is written as a word, such as `optimizer="adam"`, which has no arguments. */
function isWord(source: Place | null | undefined): boolean {
  return OPTIMIZER_WORD.test(source?.text ?? "");
}

const OPTIMIZER_WORD = /(["'])(adam|sgd|rmsprop|adagrad|adadelta|adamax|nadam)\1/i;
const CLASSES: Readonly<Record<string, string>> = {
  adam: "Adam",
  sgd: "SGD",
  momentum: "SGD",
  rmsprop: "RMSprop",
  adagrad: "Adagrad",
  adadelta: "Adadelta",
  adamax: "Adamax",
  nadam: "Nadam",
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

const LOSSES: Readonly<Record<string, string>> = {
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  msle: "mean_squared_logarithmic_error",
  huber: "huber",
  binaryCrossentropy: "binary_crossentropy",
  categoricalCrossentropy: "categorical_crossentropy",
};

function ofLoss({ captured, before, after }: Situation): KerasEdit[] {
  const [old, now] = [before.training.loss, after.training.loss];
  const losesOwn = before.rework.ownLoss !== false && after.rework.ownLoss === false;
  const rereads =
    before.data.oneHot !== after.data.oneHot || before.data.classNumbers !== after.data.classNumbers;
  if (!losesOwn && !rereads && JSON.stringify(old) === JSON.stringify(now)) return [];
  const name = "name" in now ? String(now.name) : "mse";
  const sparse = after.data.classNumbers && name === "categoricalCrossentropy" ? "sparse_" : "";
  const value = asPython(`${sparse}${LOSSES[name] ?? snake(name)}`);
  return [changeArgument("loss", value, { source: captured.source.compile })];
}

function ofFit({ captured, before, after }: Situation): KerasEdit[] {
  const { fit: source } = captured.source;
  const edits: KerasEdit[] = [];
  const [old, now] = [before.training.optimizer, after.training.optimizer];
  const isScheduled = captured.program.fit?.callbacks?.some(({ class_name: name }) => name === SCHEDULER);
  const callbacks = [
    before.training.earlyStopping && !after.training.earlyStopping && "EarlyStopping",
    old?.onPlateau && !now?.onPlateau && "ReduceLROnPlateau",
    old?.schedule && !now?.schedule && isScheduled && SCHEDULER,
  ];
  for (const value of callbacks) if (value) edits.push(changeCallbacks(value, source));
  if (before.training.shuffle === false && after.training.shuffle)
    edits.push(changeArgument("shuffle", "True", { source }));
  if (before.training.batchSize !== after.training.batchSize)
    edits.push(changeArgument("batch_size", asPython(after.training.batchSize), { source }));
  const { class_weight: weights, epochs, calls, isOneLine } = captured.program.fit ?? {};
  if (before.data.evenClasses !== after.data.evenClasses) {
    const argument = weights ? "class_weight" : "sample_weight";
    edits.push(
      changeArgument(argument, weights ? BALANCED : `compute_sample_weight("balanced", y)`, { source }),
    );
  }
  // Where several lines train, it is for the author to say which of them should train longer.
  if (before.training.steps !== after.training.steps && isOneLine !== false) {
    const more = Math.ceil(((epochs ?? 1) * after.training.steps) / before.training.steps / (calls ?? 1));
    edits.push(changeArgument("epochs", asPython(more), { source }));
  }
  return edits;
}

const SCHEDULER = "LearningRateScheduler";

/** Each class counts as much as every other. */
const BALANCED = "{c: len(y) / (len(np.unique(y)) * np.sum(y == c)) for c in np.unique(y)}";

function ofLayers(situation: Situation): KerasEdit[] {
  const { captured, layers, before, after } = situation;
  const [old, now] = [before.rework, after.rework];
  const hidden = layers.filter(({ isOutput, hasKernel }) => hasKernel && !isOutput);
  const weighty = layers.filter(({ hasKernel }) => hasKernel);
  const set = (of: readonly ScriptLayer[], argument: string, value: string) =>
    of.map(({ name, source }) => changeArgument(argument, value, { layer: name, source }));
  const edits: KerasEdit[] = [];
  if (old.activation !== now.activation)
    edits.push(
      ...layers.filter((one) => one.isHiddenActivation).map((one) => setActivation(one, now.activation)),
    );
  if (old.outputActivation !== now.outputActivation)
    edits.push(
      ...layers.filter((one) => one.isLastActivation).map((one) => setActivation(one, now.outputActivation)),
    );
  if (old.kernelInitializer !== now.kernelInitializer)
    edits.push(
      ...set(weighty, "kernel_initializer", asPython(snake(now.kernelInitializer ?? "glorotUniform"))),
    );
  if (old.useBias !== now.useBias) edits.push(...set(weighty, "use_bias", asPython(now.useBias)));
  if (old.l2 !== now.l2)
    edits.push(...set(weighty, "kernel_regularizer", now.l2 ? `keras.regularizers.L2(${now.l2})` : "None"));
  if (old.dropout !== now.dropout)
    edits.push(
      ...set(
        layers.filter(({ kind }) => /Dropout/.test(kind)),
        "rate",
        asPython(now.dropout),
      ),
      ...(now.dropout === 0
        ? set(
            layers.filter(({ kind }) => kind === "GaussianNoise"),
            "stddev",
            "0",
          )
        : []),
    );
  const last = weighty.at(-1);
  if (last && now.outputUnits !== undefined && old.outputUnits !== now.outputUnits)
    edits.push(widen(last, now.outputUnits / last.width.value));
  const first = layers.findIndex(({ hasKernel }) => hasKernel);
  if (old.rescaling !== now.rescaling)
    edits.push(
      ...layers
        .slice(0, first)
        .filter(({ kind }) => kind === "Rescaling")
        .map(unscale),
    );
  if (old.width !== now.width) edits.push(...hidden.map((one) => widen(one, now.width)));
  if (old.constraints !== now.constraints)
    edits.push(
      ...layers.flatMap((one) => one.constraints.flatMap((argument) => set([one], argument, "None"))),
    );
  if (old.momentum !== now.momentum)
    edits.push(
      ...set(
        layers.filter(({ kind }) => /^(Sync)?BatchNormalization/.test(kind)),
        "momentum",
        String(now.momentum),
      ),
    );
  if (old.trainable !== now.trainable)
    edits.push(
      ...set(
        layers.filter((one) => one.isFrozen),
        "trainable",
        "True",
      ),
    );
  if (old.apart !== now.apart || old.causal !== now.causal) edits.push(...ofSequences(situation));
  if (old.lossWeights !== now.lossWeights)
    edits.push(
      changeArgument(
        "loss_weights",
        now.lossWeights === "even" ? "1 / the loss of each output that answers a constant" : "None",
        { source: captured.source.compile },
      ),
    );
  if (old.layers !== now.layers) edits.push(deepen(hidden.at(-1), now.layers, last));
  return edits;
}

/** The lines that keep examples apart, and steps from what follows them. */
function ofSequences({ captured, layers, before, after }: Situation): KerasEdit[] {
  const line = (value: string) => ({
    argument: null,
    value,
    layer: null,
    source: captured.source.fit ?? null,
    replace: null,
  });
  const edits: KerasEdit[] = [];
  if (after.rework.apart && !before.rework.apart) {
    const own = layers.filter(({ kind }) => kind === "Softmax");
    edits.push(...own.map(({ name, source }) => changeArgument("axis", "-1", { layer: name, source })));
    if (own.length === 0)
      edits.push(line("softmax over an axis of each example, such as axis=1 or -1, in place of axis=0,"));
  }
  if (after.rework.causal && !before.rework.causal) {
    const convolutions = layers.filter(
      ({ kind, looksAhead }) => looksAhead && /^Conv(olution)?1D$/.test(kind),
    );
    edits.push(
      ...convolutions.map(({ name, source }) =>
        changeArgument("padding", '"causal"', { layer: name, source }),
      ),
    );
    if (layers.some(({ kind }) => kind === "Bidirectional"))
      edits.push(line("a recurrent layer of twice the units in place of Bidirectional,"));
    if (edits.length === 0) edits.push(line(LOOKING_BACK));
  }
  return edits;
}

const LOOKING_BACK =
  "use_causal_mask=True where attention is called, or a mask that is 1 for what may be seen, np.tril(np.ones((n, n))),";

/** A Rescaling that hands its inputs on as they are. */
function unscale({ name, source }: ScriptLayer): KerasEdit {
  return {
    argument: "scale",
    value: "1.0",
    layer: name,
    source,
    replace: withoutScale(source?.text ?? ""),
  };
}

/** The factor and the offset of a Rescaling come first, or have names. */
const SCALES = 2;

function withoutScale(text: string): KerasEdit["replace"] {
  const start = text.indexOf("Rescaling(");
  const written = start < 0 ? null : argumentsAt(text, start + "Rescaling".length);
  if (!written) return null;
  const others = written.parts.filter((part, place) => {
    const [, name] = /^(\w+)\s*=(?!=)/.exec(part) ?? [];
    return name === undefined ? place >= SCALES : !["scale", "offset"].includes(name);
  });
  return {
    find: text.slice(start, written.close + 1),
    with: `Rescaling(${["1.0", ...others].join(", ")})`,
  };
}

/** A layer of its own writes its activation without a name: `Activation("relu")`. */
function setActivation({ name, kind, source }: ScriptLayer, activation: string | null): KerasEdit {
  const value = asPython(snake(activation ?? "linear"));
  const edit = changeArgument("activation", value, { layer: name, source });
  const word = kind === "Activation" && !edit.replace ? /(["'])\w+\1/.exec(source?.text ?? "") : null;
  return word ? { ...edit, replace: { find: word[0], with: value } } : edit;
}

function widen({ name, source, width }: ScriptLayer, factor: number): KerasEdit {
  const argument = width.argument;
  const value = asPython(Math.max(1, Math.round(width.value * factor)));
  const edit = changeArgument(argument, value, { layer: name, source });
  const call = edit.replace ? null : new RegExp(`(\\w+\\(\\s*)${width.value}\\b`).exec(source?.text ?? "");
  return call ? { ...edit, replace: { find: call[0], with: `${call[1]}${value}` } } : edit;
}

function deepen(last: ScriptLayer | undefined, layers: number, output?: ScriptLayer): KerasEdit {
  if (!last) return addBefore(output, 'keras.layers.Dense(16, activation="relu")');
  const value = `${layers} more hidden layer${layers === 1 ? "" : "s"} like this one`;
  return { argument: null, value, layer: last?.name ?? null, source: last?.source ?? null, replace: null };
}

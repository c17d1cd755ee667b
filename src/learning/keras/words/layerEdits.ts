// Says of a change of layers what it is in the Keras script.

import { addBefore, asPython, changeArgument, type KerasEdit, snake } from "./edit.ts";
import { argumentsAt } from "./expression.ts";
import type { ScriptLayer } from "./scriptLayers.ts";
import type { Situation } from "./shapeEdits.ts";

/** The edits of the layers' arguments, and of what stands between layers. */
export function ofLayers(situation: Situation): KerasEdit[] {
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
  const { leastUnits: least = 1 } = now;
  if (old.leastUnits !== now.leastUnits)
    edits.push(
      ...hidden.filter(({ width }) => width.value < least).map((one) => widen(one, least / one.width.value)),
    );
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
        onceALine(layers.filter((one) => one.isFrozen && !WEIGHTLESS.test(one.kind))),
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

/** Layers that have nothing to train. */
const WEIGHTLESS =
  /^(Input|Rescaling|Random)|Pool|^(Flatten|Reshape|Permute|Dropout|Activation|ReLU|Add|Concatenate)$|Padding/;

/** One layer of each line: a loop of the script makes several. */
function onceALine(layers: readonly ScriptLayer[]): readonly ScriptLayer[] {
  const lineOf = ({ source, name }: ScriptLayer) => (source ? `${source.file}:${source.line}` : name);
  return layers.filter(
    (layer, place) => layers.findIndex((other) => lineOf(other) === lineOf(layer)) === place,
  );
}

// Says of a change of the shapes of outputs or targets what it is in the Keras script.

import type { OwnConfig } from "../../config/schema.ts";
import type { CapturedProgram } from "../program/capturedFile.ts";
import { addBefore, changeArgument, type KerasEdit } from "./edit.ts";
import type { ScriptLayer } from "./scriptLayers.ts";

/** A change of a config, and the script that the config was made from. */
export interface Situation {
  readonly captured: CapturedProgram;
  readonly layers: readonly ScriptLayer[];
  readonly before: OwnConfig;
  readonly after: OwnConfig;
}

/** The edits that give the output the shape of the targets, or the targets that of the output. */
export function ofShapes({ captured, layers, before, after }: Situation): KerasEdit[] {
  const [old, now] = [before.rework, after.rework];
  const { fit: source = null } = captured.source;
  const change = (argument: string, value: string, of: readonly ScriptLayer[]) =>
    of.map(({ name, source }) => changeArgument(argument, value, { layer: name, source }));
  const add = (value: string): KerasEdit => ({ argument: null, value, layer: null, source, replace: null });
  const edits: KerasEdit[] = [];
  if (old.flatten !== now.flatten) edits.push(flatten(layers));
  if (old.everyStep !== now.everyStep)
    edits.push(...change("return_sequences", "True", layers.filter(isRecurrent).slice(-1)));
  if (old.samePadding !== now.samePadding)
    edits.push(...change("padding", '"same"', layers.filter(isConvolution)));
  if (old.swapAxes !== now.swapAxes)
    edits.push(
      addBefore(
        layers.find(({ kind }) => kind !== "InputLayer"),
        "keras.layers.Permute((2, 1))",
      ),
    );
  if (now.lookUp !== undefined && old.lookUp !== now.lookUp)
    edits.push(
      addBefore(
        layers.find(({ kind }) => kind !== "InputLayer"),
        `keras.layers.Embedding(${now.lookUp}, 16), which takes the codes of a row as whole numbers of shape (steps,)${layers.some(isRecurrent) ? "" : ", and keras.layers.Flatten() behind it"},`,
      ),
    );
  if (old.keepPlaces !== now.keepPlaces)
    edits.push(...layers.filter(({ kind }) => POOLS_ALL.test(kind)).map(flattenInstead));
  if (now.ownEnds && !old.ownEnds)
    edits.push(add("make a layer for each output, in place of one that is called for several,"));
  if (old.averagesInEvaluation !== now.averagesInEvaluation)
    edits.push(
      ...change(
        "training",
        "training",
        layers.filter(({ kind }) => NORMALISES.test(kind)),
      ),
    );
  if (old.batchStatistics !== now.batchStatistics)
    edits.push(
      add("call the model with training=True where the loss is computed, as in model(x, training=True),"),
    );
  if (old.masking !== now.masking && now.masking !== undefined && now.masking !== false) {
    const masks = layers.filter(({ kind }) => kind === "Masking");
    const lookups = layers.filter(({ kind }) => kind === "Embedding");
    const first = layers.find(({ kind }) => kind !== "InputLayer");
    const value = now.masking === true ? "0.0" : String(now.masking);
    edits.push(
      ...(masks.length > 0
        ? change("mask_value", value, masks)
        : now.masking === true && lookups.length > 0
          ? change("mask_zero", "True", lookups)
          : [addBefore(first, `keras.layers.Masking(${value})`)]),
    );
  } else if (old.masking !== now.masking) {
    edits.push(
      ...change(
        "mask_zero",
        "False",
        layers.filter(({ kind }) => kind === "Embedding"),
      ),
    );
    edits.push(
      ...change(
        "mask_value",
        UNHEARD_OF,
        layers.filter(({ kind }) => kind === "Masking"),
      ),
    );
  }
  const { classes, targetShape } = after.data;
  if (classes && before.data.classes !== classes) edits.push(add(renumbered(classes)));
  if (targetShape && before.data.targetShape !== targetShape)
    edits.push(add(`y = y.reshape(len(y), ${targetShape.join(", ")})`));
  return edits;
}

/** Only the last step of a sequence is asked for, or a layer flattens before the last one with weights. */
function flatten(layers: readonly ScriptLayer[]): KerasEdit {
  const every = layers.findLast(({ source }) => /return_sequences\s*=\s*True/.test(source?.text ?? ""));
  if (every) return changeArgument("return_sequences", "False", { layer: every.name, source: every.source });
  const last = layers.findLast(({ hasKernel }) => hasKernel);
  const axes = /Conv([12])D/.exec(last?.kind ?? "")?.[1];
  if (axes === undefined || !last) return addBefore(last, "keras.layers.Flatten()");
  const pooling = `keras.layers.GlobalAveragePooling${axes}D() as a layer behind this one`;
  return { argument: null, value: pooling, layer: last.name, source: last.source, replace: null };
}

const NORMALISES = /BatchNormalization/;
const POOLS_ALL = /^Global(Average|Avg|Max)Pool(ing)?[123]D$/;
/** A value that no step has. */
const UNHEARD_OF = "-1e9";

function flattenInstead({ name, kind, source }: ScriptLayer): KerasEdit {
  const [find] = new RegExp(POOLS_ALL.source.slice(1, -1)).exec(source?.text ?? "") ?? [];
  const value = "Flatten()";
  return { argument: kind, value, layer: name, source, replace: find ? { find, with: "Flatten" } : null };
}

function isRecurrent({ kind }: ScriptLayer): boolean {
  return /LSTM|GRU|RNN|Bidirectional/.test(kind);
}

function isConvolution({ kind }: ScriptLayer): boolean {
  return /^(Depthwise|Separable)?Conv\dD$/.test(kind);
}

/** Numbers classes from 0: by a subtraction where none is left out. */
function renumbered(classes: readonly number[]): string {
  const [first = 0] = classes;
  const areInOrder = classes.every((label, place) => label === first + place);
  if (!areInOrder) return `y = np.searchsorted([${classes.join(", ")}], y)`;
  return first > 0 ? `y = y - ${first}` : `y = y + ${-first}`;
}

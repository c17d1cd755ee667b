import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../foundation/savedModel/modelJson.ts";
import { ACTIVATION_CLASSES } from "../../subject/activationClasses.ts";
import type { Argument, Place } from "./arguments/argument.ts";
import { regularizer } from "./arguments/regularizer.ts";
import type { Generation, WeightTable } from "./capturedProgram.ts";
import type { Findings } from "./findings.ts";
import type { Call, CallArgument, GraphLayer } from "./graph/graph.ts";
import type { LayerEntry, TranslatedLayer } from "./table/entry.ts";
import { everywhere } from "./table/shared.ts";
import { layerEntry } from "./table/table.ts";
import { translateTraced } from "./translateTraced.ts";

/** What a translation of layers depends on beside the layer. */
export interface Setting {
  readonly generation: Generation;
  readonly findings: Findings;
  readonly hasWeights: boolean;
  /** Returns the captured weights of a layer of the model that is translated, by the layer's name. */
  weightsOf(layer: string): readonly WeightTable[];
  /** Whether the layer computes as in evaluation, because its model is called with `training=False`. */
  readonly isFrozen: boolean;
  /** Whether the layer always computes as in training. @defaultValue false */
  readonly isSteady?: boolean;
  /** Whether a layer of the model makes masks, which Keras drops where an operation is written on tensors. @defaultValue false */
  readonly hasMasks?: boolean;
}

/** The part of a layer of a graph that its translation needs; a layer that stands within another has no calls. */
type Written = Pick<GraphLayer, "className" | "name" | "module" | "dtype" | "config"> &
  Partial<Pick<GraphLayer, "calls" | "traced">>;

/** Values that stand for an argument that is not given. */
const ABSENT: readonly unknown[] = [null, undefined, false, ""];

/**
 * Translates one layer, to one or to several in a row.
 *
 * @returns an empty row where it has no counterpart, which the findings then say.
 */
export function translateLayer(layer: Written, setting: Setting): readonly TranslatedLayer[] {
  const { className, name, config } = layer;
  const { findings } = setting;
  const entry = entryOf(layer);
  // An operation that merges tensors has a layer of its own, whose laws know it, but which would hand masks on.
  if (layer.traced && !(isOperation(layer.module) && entry && !setting.hasMasks))
    return translateOwn(layer, layer.traced, findings);
  if (entry === undefined) {
    findings.refuse(name, className, reasonAgainst(layer));
    return [];
  }
  noteDtype(layer, findings);
  const contextOf = (argument: string): Place => ({
    layer: name,
    argument,
    ...setting,
    translateWrapped: (inner) => translateWrapped(inner, { ...layer, argument }, setting),
  });
  const activation = activationLayer(layer, contextOf("activation"), setting);
  const known = activation ? { ...config, activation: null } : config;
  const translated = { class_name: entry.to, config: { name, ...argumentsOf(entry, known, contextOf) } };
  const context = {
    ...contextOf(className),
    keras: config,
    isFrozen: setting.isFrozen,
    weights: setting.weightsOf(name),
  };
  const finished = [entry.finish?.(translated, context) ?? translated].flat();
  return withShapeFirst([...finished, ...(activation ?? []), ...penaltyBehind(layer, contextOf)], config);
}

/** Translates a layer that is computed by the operations that it is made of. */
function translateOwn(
  { className, name, module, config }: Written,
  traced: JsonObject,
  findings: Findings,
): readonly TranslatedLayer[] {
  const kind = isOperation(module) ? "an operation written on tensors" : "a layer that learnproof traces";
  const place = { layer: name, argument: className, kind };
  const translated = translateTraced(traced, { ...config, name }, place, findings);
  return translated ? withShapeFirst([translated], config) : [];
}

/** Translates an activation that is a layer itself, as in `Dense(8, activation=LeakyReLU())`; null where it is none. */
function activationLayer(
  { name, config }: Written,
  place: Place,
  setting: Setting,
): readonly TranslatedLayer[] | null {
  const { activation } = config;
  if (!isObject(activation) || typeof activation.class_name !== "string") return null;
  if (activation.class_name === "Traced") {
    const traced = activation.config as JsonObject;
    const kind = `${String(traced.name)}, a function that the program wrote in Python`;
    const where = { layer: name, argument: "activation", kind };
    const config = { name: `${name}_activation` };
    const translated = translateTraced(traced, config, where, place.findings);
    return translated ? [translated] : [];
  }
  if (!ACTIVATION_CLASSES.has(activation.class_name)) return null;
  const inner = isObject(activation.config) ? activation.config : {};
  const layer = { className: activation.class_name, name: `${name}_activation`, module: null, dtype: null };
  const shapeless = { ...inner, batch_input_shape: null, batch_shape: null };
  return translateLayer({ ...layer, config: shapeless }, { ...setting, findings: place.findings });
}

/** A penalty on a layer's answer becomes a layer behind it. */
function penaltyBehind({ name, config }: Written, placeOf: (argument: string) => Place): TranslatedLayer[] {
  const place = placeOf("activity_regularizer");
  const penalty = regularizer.translate(config.activity_regularizer, place) as TranslatedLayer | undefined;
  if (penalty === undefined) return [];
  if (place.generation === 1)
    place.findings.note(
      name,
      "activity_regularizer",
      `${name}: activity_regularizer is divided by the batch size, as Keras does since 2.4`,
    );
  return [{ class_name: "ActivityRegularization", config: { name: `${name}_penalty`, ...penalty.config } }];
}

/** The first layer of a row takes the inputs, so the shape of the inputs belongs to it. */
function withShapeFirst(
  [first, ...others]: readonly TranslatedLayer[],
  config: JsonObject,
): readonly TranslatedLayer[] {
  if (first === undefined) return [];
  const withShape = { ...first, config: { ...first.config, ...shapeOf(config) } };
  return [withShape, ...others].map(({ class_name, config }) => ({ class_name, config: given(config) }));
}

/** Leaves out what is undefined, which TensorFlow.js does not read. */
function given(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** The operations on tensors that compute what the layer of the same name does. */
const LIKE_LAYERS: readonly string[] = ["Add", "Subtract", "Multiply", "Maximum", "Minimum", "Concatenate"];

/** A class of the program's own, and an operation, may have the name of one of Keras's layers. */
function entryOf({ className, module, calls }: Written): LayerEntry | undefined {
  if (isOperation(module) && !(LIKE_LAYERS.includes(className) && calls?.every(takesTensorsAlone)))
    return undefined;
  const isKeras = module === null || /^(?:tf_|tensorflow\.)?(?:python\.)?keras\b/.test(module);
  return isKeras ? layerEntry(className) : undefined;
}

/** Whether it is an operation on tensors, such as the `Add` that Keras 3 makes of `x + y`, and no layer. */
function isOperation(module: string | null): boolean {
  return module !== null && /\bops\b/.test(module);
}

/** Merge layers take tensors only: the 2 of `2 * x` would be lost. */
function takesTensorsAlone({ positional, named }: Call): boolean {
  const areTensors = (one: CallArgument): boolean =>
    "tensor" in one || ("list" in one && one.list.every(areTensors));
  return positional.every(areTensors) && Object.values(named).every(areTensors);
}

function reasonAgainst({ className, module }: Written): string {
  if (isOperation(module))
    return "is an operation written on tensors; write it by layers of Keras, such as Rescaling for a factor and a constant";
  if (className === "Lambda")
    return "holds Python code, which is not run; write it by layers of Keras, such as Rescaling, Activation or Reshape";
  const isOwn = module !== null && !module.startsWith("keras");
  return isOwn
    ? `is a class of the program (${module}), whose code is not run; write it by layers of Keras`
    : "has no counterpart; replace it by layers that docs/keras-layers.md lists";
}

function argumentsOf(
  entry: LayerEntry,
  config: JsonObject,
  placeOf: (argument: string) => Place,
): JsonObject {
  const translated: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    const rule: Argument | undefined = entry.arguments[name] ?? everywhere[name];
    if (rule === undefined) refuseUnknown(value, placeOf(name));
    else {
      const answer = rule.translate(value, placeOf(name));
      if (answer !== undefined) translated[rule.as ?? name] = answer;
    }
  }
  return translated;
}

/** An argument that is not in the table may come from a newer Keras; it changes nothing while it is not given. */
function refuseUnknown(value: unknown, { findings, layer, argument }: Place): void {
  if (ABSENT.includes(value)) return;
  findings.refuse(layer, argument, `is not known to learnproof; leave it out if that computes the same`);
}

/** The shape of the input, which Keras 1, 2 and 3 write in different forms. */
function shapeOf({ batch_input_shape: old, batch_shape: recent, ...keras1 }: JsonObject): JsonObject {
  const shape = recent ?? old ?? null;
  if (shape !== null) return { batch_input_shape: shape };
  const { input_shape: sides, input_dtype: isKeras1 } = keras1;
  return Array.isArray(sides) && isKeras1 !== undefined ? { batch_input_shape: [null, ...sides] } : {};
}

function noteDtype({ name, dtype }: Written, findings: Findings): void {
  if (dtype === null || /^(?:float32|u?int\d+|bool)$/.test(dtype)) return;
  findings.note(name, "dtype", `${name}: dtype ${dtype} is computed as float32 here`);
}

function translateWrapped(
  inner: unknown,
  outer: Written & { argument: string },
  setting: Setting,
): JsonObject | null {
  if (!isObject(inner) || typeof inner.class_name !== "string") {
    setting.findings.refuse(
      outer.name,
      outer.argument,
      "must be a layer with a class_name and a config; capture the model again",
    );
    return null;
  }
  const config = isObject(inner.config) ? inner.config : {};
  const name = typeof config.name === "string" ? config.name : `${outer.name}_${outer.argument}`;
  const layer = { className: inner.class_name, name, module: null, dtype: null, config };
  const [only, ...others] = translateLayer(layer, setting);
  if (only === undefined || others.length === 0) return (only as JsonObject | undefined) ?? null;
  setting.findings.refuse(
    outer.name,
    outer.argument,
    `${name} needs ${others.length + 1} layers here, which a wrapper cannot hold; apply it without the wrapper, or leave out its padding, its activation layer or its activity_regularizer`,
  );
  return null;
}

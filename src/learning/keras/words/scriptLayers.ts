import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { CapturedProgram, Place } from "../program/capturedFile.ts";
import { withOwnCalls } from "./ownCall.ts";

/** A layer of a Keras script, as far as edits speak of it. */
export interface ScriptLayer {
  readonly name: string;
  readonly kind: string;
  readonly source: Place | null;
  readonly hasKernel: boolean;
  /** Whether it is the last layer with a kernel. */
  readonly isOutput: boolean;
  /** Whether the model's output takes its activation from this layer. */
  readonly isLastActivation: boolean;
  /** Whether it gives an activation to hidden units. */
  readonly isHiddenActivation: boolean;
  /** The arguments that name a constraint. */
  readonly constraints: readonly string[];
  /** Whether it is a convolution that pads at both ends. */
  readonly looksAhead: boolean;
  /** Whether it was made with trainable=False. */
  readonly isFrozen: boolean;
  readonly width: { readonly argument: "units" | "filters"; readonly value: number };
}

const ACTIVATIONS = /^(Activation|ReLU|LeakyReLU|ELU|PReLU|Softmax|ThresholdedReLU)$/;
/** Layers whose own activation is the inside of a cell. */
const RECURRENT = /LSTM|GRU|RNN/;

/** Lists the layers of a captured program, those of nested models too, in their order. */
export function scriptLayers({ program, source }: CapturedProgram): readonly ScriptLayer[] {
  const found = flatten(program.model.config);
  const last = found.findLastIndex(({ config }) => widthOf(config) !== null);
  const lastActivation = found.findLastIndex(
    ({ class_name: kind, config }, at) =>
      at >= last && (ACTIVATIONS.test(kind) || activationOf(config) !== null),
  );
  const layers = found.map(({ class_name: kind, config }, at): ScriptLayer => {
    const name = String(config.name);
    const width = widthOf(config);
    const gives = ACTIVATIONS.test(kind) || (activationOf(config) ?? "linear") !== "linear";
    return {
      name,
      kind,
      source: source.layers?.[name] ?? null,
      hasKernel: width !== null,
      isOutput: at === last,
      isLastActivation: at === lastActivation,
      isHiddenActivation: gives && at < last && !RECURRENT.test(kind),
      constraints: Object.entries(config).flatMap(([argument, value]) =>
        argument.endsWith("_constraint") && value ? [argument] : [],
      ),
      looksAhead: config.padding === "same",
      isFrozen: config.trainable === false,
      width: width ?? { argument: "units", value: 0 },
    };
  });
  return withOwnCalls(layers);
}

interface WrittenLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function flatten(config: unknown): readonly WrittenLayer[] {
  const layers = isObject(config) ? config.layers : config;
  if (!Array.isArray(layers)) return [];
  return layers.flatMap((layer: unknown): readonly WrittenLayer[] => {
    if (!isObject(layer) || !isObject(layer.config)) return [];
    if (Array.isArray(layer.config.layers)) return flatten(layer.config);
    return [{ class_name: String(layer.class_name), config: layer.config }];
  });
}

function widthOf(config: Readonly<Record<string, unknown>>): ScriptLayer["width"] | null {
  for (const argument of ["units", "filters"] as const) {
    const value = config[argument] ?? (argument === "units" ? config.output_dim : config.nb_filter);
    if (typeof value === "number" && config.input_dim === undefined) return { argument, value };
  }
  return null;
}

function activationOf({ activation }: Readonly<Record<string, unknown>>): string | null {
  return typeof activation === "string" ? activation : null;
}

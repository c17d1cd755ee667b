import type { Place } from "../program/capturedFile.ts";
import { changeCall } from "./changeCall.ts";
import { expressionAt } from "./expression.ts";

/** A change to a Keras script, in Keras's words and in a form that a program can apply. */
export interface KerasEdit {
  /** The argument as Keras names it; null where a line is to be added. */
  readonly argument: string | null;
  /** The new value, or the line to add, as Python writes it. */
  readonly value: string;
  /** Name of the layer; null for `compile` and `fit`. */
  readonly layer: string | null;
  /** The call that it belongs to; null where the capture does not know it. */
  readonly source: Place | null;
  /**
   * In the source's file, the first occurrence of `find` from the source's line on becomes `with`; null where the
   * script does not write the argument in that call.
   */
  readonly replace: { readonly find: string; readonly with: string } | null;
}

/** An edit that adds a layer in front of another. */
export function addBefore(
  layer: { readonly name: string; readonly source: Place | null } | undefined,
  made: string,
): KerasEdit {
  return {
    argument: null,
    value: `${made} as a layer before this one`,
    layer: layer?.name ?? null,
    source: layer?.source ?? null,
    replace: null,
  };
}

/** An edit that takes a callback out of those of fit. */
export function changeCallbacks(callback: string, source: Place | null | undefined): KerasEdit {
  return { argument: LEFT_OUT, value: callback, layer: null, source: source ?? null, replace: null };
}

const LEFT_OUT = "callbacks";

/** Writes a value as Python does. */
export function asPython(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  return String(value);
}

/** Keras's name of an argument: `clipNorm` is `clipnorm`, `learningRate` is `learning_rate`. */
export function snake(name: string): string {
  return SPELLED[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const SPELLED: Readonly<Record<string, string>> = {
  clipNorm: "clipnorm",
  globalClipNorm: "global_clipnorm",
  clipValue: "clipvalue",
  beta1: "beta_1",
  beta2: "beta_2",
};

/** Older names that a script may give an argument. */
const OLDER: Readonly<Record<string, readonly string[]>> = {
  learning_rate: ["lr"],
  kernel_initializer: ["init"],
  use_bias: ["bias"],
  epochs: ["nb_epoch"],
  units: ["output_dim"],
  filters: ["nb_filter"],
  rate: ["p"],
  kernel_regularizer: ["W_regularizer"],
};

/** Where an argument stands. */
interface ArgumentPlace {
  readonly layer?: string | null;
  readonly source: Place | null | undefined;
  /** The class that is called there and takes the argument. @defaultValue only written arguments are replaced */
  readonly call?: string | null;
}

/** Describes the change of one argument of a call. */
export function changeArgument(
  argument: string,
  value: string,
  { layer = null, source, call = null }: ArgumentPlace,
): KerasEdit {
  const inCall = () => call && changeCall(source?.text ?? "", call, argument, value);
  const replace = changeWritten(source?.text ?? "", argument, value) ?? (inCall() || null);
  return { argument, value, layer, source: source ?? null, replace };
}

/** Replaces the whole expression that a source gives an argument by its name; null where it does not show one. */
function changeWritten(text: string, argument: string, value: string): KerasEdit["replace"] {
  const names = [argument, ...(OLDER[argument] ?? [])].join("|");
  for (const named of text.matchAll(new RegExp(`(?<![\\w.])(${names})\\s*=(?!=)\\s*`, "g"))) {
    const written = expressionAt(text, named.index + named[0].length);
    if (written !== null) return { find: named[0] + written, with: `${named[1]}=${value}` };
  }
  return null;
}

/** A line of code sets a variable; other values say in words what to do. */
const ASSIGNS = /^[\w.,[\] ]+ = /;

/** Says what to change, and where. */
export function describeEdit({ argument, value, layer, source, replace }: KerasEdit): string {
  const where = source ? `${source.file}:${source.line}: ` : "";
  const call = source ? ` in ${source.text}` : layer === null ? "" : ` in the layer ${layer}`;
  if (value.endsWith("this one")) return `${where}add ${value}${source ? `: ${source.text}` : call}`;
  if (argument === null && !ASSIGNS.test(value)) return `${where}${value}${source ? `: ${source.text}` : ""}`;
  if (argument === null) return `${where}add ${value} before ${source ? source.text : "fit"}`;
  if (argument === LEFT_OUT) return `${where}leave ${value} out of the callbacks${call}`;
  if (replace) return `${where}change ${replace.find} to ${replace.with}${call}`;
  return `${where}set ${argument}=${value}${call}`;
}

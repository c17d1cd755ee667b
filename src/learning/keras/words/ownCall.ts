// Tells the calls apart that make several layers at one line of a script, such as a list of layers on a single line.

import type { Place } from "../program/capturedFile.ts";
import type { KerasEdit } from "./edit.ts";
import { argumentsAt } from "./expression.ts";

interface Made {
  readonly name: string;
  readonly kind: string;
  readonly source: Place | null;
}

/**
 * Gives each layer that shares its line with others the text of its own call, such as `Dense(1, activation="relu")`: the
 * layers of a class are made in the order in which the line calls it.
 */
export function withOwnCalls<Layer extends Made>(layers: readonly Layer[]): readonly Layer[] {
  return layers.map((layer) => {
    const { source, kind } = layer;
    if (source === null) return layer;
    const beside = layers.filter((one) => isSame(one.source, source));
    if (beside.length < 2) return layer;
    const same = beside.filter((one) => one.kind === kind);
    const calls = callsOf(source.text, kind);
    // A line that makes several layers by one call, as a loop does, has no call of their own.
    if (calls.length !== same.length) return layer;
    return { ...layer, source: { ...source, text: calls[same.indexOf(layer)] as string } };
  });
}

function isSame(one: Place | null, other: Place): boolean {
  return one !== null && one.file === other.file && one.line === other.line && one.text === other.text;
}

/** The calls of a class in a line, each from its name to the bracket that closes it. */
function callsOf(text: string, kind: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b${kind}\\(`, "g"))].flatMap(({ index, 0: { length } }) => {
    const written = argumentsAt(text, index + length - 1);
    return written ? [text.slice(index, written.close + 1)] : [];
  });
}

/** Replaces the whole call of a layer that shares its line: a part of it may stand in the call before. */
export function inOwnCall(edit: KerasEdit, captured: Readonly<Record<string, Place>>): KerasEdit {
  const { layer, source, replace } = edit;
  const line = layer === null ? undefined : captured[layer];
  if (!line || !source || !replace || source.text === line.text || !source.text.includes(replace.find))
    return edit;
  return {
    ...edit,
    replace: { find: source.text, with: source.text.replace(replace.find, () => replace.with) },
  };
}

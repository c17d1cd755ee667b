// The lines of a Keras script beside what is said of it.

import type { Place } from "../../learning/keras/program/capturedFile.ts";
import { describeEdit, type KerasEdit } from "../../learning/keras/words/edit.ts";
import { escapeMarkup } from "./markup.ts";

/** Where in a Keras script the causes and the cure of a check belong. */
export interface ScriptPlaces {
  /** The place of each cause by its name, where the capture knows it. */
  readonly causes: Readonly<Record<string, Place | null | undefined>>;
  /** The edits that the cure asks for. */
  readonly edits: readonly KerasEdit[];
}

/** A line of a script with its file and number. */
export function renderPlace(place: Place | null | undefined): string {
  if (!place) return "";
  return `<p class="soft">${escapeMarkup(`${place.file}:${place.line}`)}<br><code>${escapeMarkup(place.text)}</code></p>`;
}

/** The edits of a script, one below the other. */
export function renderEdits(edits: readonly KerasEdit[]): string {
  if (edits.length === 0) return "";
  const items = edits.map((edit) => `<li><code>${escapeMarkup(describeEdit(edit))}</code></li>`);
  return `<ul>${items.join("")}</ul>`;
}

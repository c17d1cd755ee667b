import type { CheckResult } from "../judging/check/checkResult.ts";
import { describeEdit } from "../learning/keras/words/edit.ts";
import type { ScriptPlaces } from "../report/html/scriptPlaces.ts";

/** The places of the causes in a Keras script, and the edits that the cure asks for; empty for other subjects. */
export function describeScript({ causes, cure }: CheckResult): string[] {
  const [first] = causes;
  const place = first?.source;
  return [
    ...(place ? [`In the script: ${place.file}:${place.line}: ${place.text}`] : []),
    ...(cure?.edits ?? []).map((edit) => `  edit: ${describeEdit(edit)}`),
  ];
}

/** The same for the report; undefined for other subjects. */
export function scriptPlaces({ causes, cure }: CheckResult): ScriptPlaces | undefined {
  if (!causes.some(({ source }) => source)) return undefined;
  return {
    causes: Object.fromEntries(causes.map(({ name, source }) => [name, source])),
    edits: cure?.edits ?? [],
  };
}

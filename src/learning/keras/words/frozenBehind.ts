import type { FrozenBehind } from "../translate/capturedProgram.ts";

/** So many layers are named. */
const NAMED = 3;

/** Says which layers a script freezes behind a training and moves all the same, since it trains on without compiling. */
export function wordsOfFrozen({ layers, place }: FrozenBehind): string {
  const more = layers.length > NAMED ? ` and ${layers.length - NAMED} more` : "";
  const line = place ? `line ${place.line} (${place.text})` : "a later call of fit";
  return `${line} goes on with the training that was compiled before trainable was set to False for ${layers.slice(0, NAMED).join(", ")}${more}: Keras reads trainable at the first training behind compile, so that these weights move all the same; call compile again once it is set`;
}

/** Matches a layer name that TensorFlow.js generated, whose number counts all layers of the process: `dense_Dense8`. */
const MADE_UP = /^([a-z0-9_]+?)_[A-Z][A-Za-z0-9]*\d+$/;
/** Matches a generated model name, whose number counts all models of the process: `sequential_3`, `model2`. */
const MADE_UP_MODEL = /^(sequential|model|container)_?\d+$/;

/** Returns the kind of a layer with a generated name; undefined for other names. */
export function generatedKind(name: string): string | undefined {
  return (MADE_UP.exec(name) ?? MADE_UP_MODEL.exec(name))?.[1];
}

import { InputError } from "../foundation/input/inputError.ts";

/** What became of a change that learnproof tried on its own account. */
export type Tried<Value> =
  | { readonly value: Value; readonly refused: null }
  | { readonly value: null; readonly refused: string };

/**
 * Runs work on a config that learnproof changed by itself, as a cure or a wider network. Nobody asked for that change,
 * so where the subject's own code or TensorFlow.js refuses it, this is no error: the change counts as not tried.
 *
 * @returns the value, or the reason for the refusal.
 * @throws whatever is no {@link InputError}, and the one that says that a file changed meanwhile.
 */
export async function tryOwnChange<Value>(work: () => Promise<Value>): Promise<Tried<Value>> {
  try {
    return { value: await work(), refused: null };
  } catch (error) {
    // A file that changed while it was measured is no refusal of the change.
    if (!(error instanceof InputError) || error.code === "changed") throw error;
    return { value: null, refused: error.message };
  }
}

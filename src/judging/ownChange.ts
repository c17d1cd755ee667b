import { InputError } from "../foundation/input/inputError.ts";

/** The result of a change that learnproof proposed itself. */
export type Tried<Value> =
  | { readonly value: Value; readonly refused: null }
  | { readonly value: null; readonly refused: string };

/**
 * Runs work on a config that learnproof itself changed, for a cure or a wider network. The user did not ask for this
 * change, so it is no error if the subject's own code or TensorFlow.js refuses it: the change counts as not tried.
 *
 * @param leavesOut returns why another error counts as not tried too; null where it does not.
 * @returns the value, or the reason for the refusal.
 * @throws whatever is no {@link InputError}, and the one that says that a file changed meanwhile.
 */
export async function tryOwnChange<Value>(
  work: () => Promise<Value>,
  leavesOut: (error: unknown) => string | null = () => null,
): Promise<Tried<Value>> {
  try {
    return { value: await work(), refused: null };
  } catch (error) {
    const reason = leavesOut(error);
    if (reason !== null) return { value: null, refused: reason };
    // A file that changed while it was measured is no refusal of the change.
    if (!(error instanceof InputError) || error.code === "changed") throw error;
    return { value: null, refused: error.message };
  }
}

import { InputError } from "../input/inputError.ts";

/** The field of a config that names a saved model. */
export const MODEL_FIELD = "model.file";

/** Creates the error for a saved model that cannot be used. */
export function refuseModel(message: string, got: unknown, code = "invalid-model"): InputError {
  return new InputError({ code, field: MODEL_FIELD, message, got });
}

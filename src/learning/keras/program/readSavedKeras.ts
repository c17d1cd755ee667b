import { InputError } from "../../../foundation/input/inputError.ts";
import type { ProgramFile } from "../../config/schema.ts";
import type { CapturedProgram } from "./capturedFile.ts";

export function readSavedKeras(file: ProgramFile): CapturedProgram {
  throw new InputError({
    code: "unsupported-model",
    field: file.path,
    message: "is not read yet",
    got: file.path,
  });
}

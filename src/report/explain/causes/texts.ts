import { data } from "./data.ts";
import { loss } from "./loss.ts";
import { network } from "./network.ts";
import { steps } from "./steps.ts";

/** The texts of all causes, by their names. */
export const writtenTexts = { ...steps, ...network, ...loss, ...data };

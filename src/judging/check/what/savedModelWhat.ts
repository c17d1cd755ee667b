import { existsSync } from "node:fs";
import { basename } from "node:path";
import { readJson } from "../../../foundation/files/readJson.ts";
import { InputError } from "../../../foundation/input/inputError.ts";
import { parseConfig } from "../../../learning/config/parseConfig.ts";
import type { WhatKind } from "./whatKind.ts";

/** The `model.json` of a model that TensorFlow.js saved or converted, on a table. */
export const savedModelWhat: WhatKind = {
  async recognises(text) {
    if (!text.endsWith(".json") || !existsSync(text)) return false;
    const json = await readJson(text, "model").catch(() => null);
    return typeof json === "object" && json !== null && "modelTopology" in json;
  },
  async resolve(text, { data, target, inputs }) {
    if (data === undefined || target === undefined)
      throw new InputError({
        code: "usage",
        field: data === undefined ? "--data" : "--target",
        message: "must be given with a saved model, such as --data houses.csv --target price",
        got: undefined,
      });
    const config = parseConfig({
      subject: "saved-model",
      model: { file: text },
      data: {
        file: data,
        targets: splitNames(target),
        ...(inputs !== undefined && { inputs: splitNames(inputs) }),
      },
    });
    return { what: { kind: "saved-model", name: basename(text) }, config, notes: [] };
  },
};

/** Splits names of columns at commas. */
export function splitNames(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createJsonSchema } from "../../../src/learning/config/jsonSchema.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";

const schema = z.fromJSONSchema(createJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
const FOLDER = "fixtures/configs";

function accepts(config: unknown): boolean {
  return schema.safeParse(config).success;
}

describe("the JSON Schema of configs", () => {
  test.each(readdirSync(FOLDER))("takes %s", (name) => {
    expect(accepts(JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")))).toBe(true);
  });

  test.each([
    {},
    { $schema: "./node_modules/learnproof/dist/config.schema.json" },
    { training: { optimizer: { learningRate: 0.01 } } },
    { training: { optimizer: { name: "momentum", momentum: 0.5 }, loss: { name: "huber", delta: 2 } } },
  ])("takes %j, as parseConfig does", (config) => {
    expect(() => parseConfig(config)).not.toThrow();
    expect(accepts(config)).toBe(true);
  });

  test.each([
    { training: { optimizer: { learningrate: 0.01 } } },
    { training: { loss: { name: "mes" } } },
    { seed: 0 },
    { subject: "dance" },
    { model: { filters: "many" } },
  ])("refuses %j, as parseConfig does", (config) => {
    expect(() => parseConfig(config)).toThrow();
    expect(accepts(config)).toBe(false);
  });
});

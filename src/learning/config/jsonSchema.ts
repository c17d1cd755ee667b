import { z } from "zod";
import { optimizer } from "./optimizerSchema.ts";
import { subjects } from "./schema.ts";

/**
 * Creates the JSON Schema (draft 2020-12) of a config, as users write it, from the zod schema that checks it. Bounds
 * and names are the same; rules that relate fields to each other are checked only when the config is read.
 */
export function createJsonSchema(): object {
  const options = { io: "input", unrepresentable: "any" } as const;
  const named = z.toJSONSchema(optimizer, options);
  const schema = z.toJSONSchema(subjects, {
    ...options,
    override: ({ path, jsonSchema }) => {
      // An optimizer without a name is Adam; zod's JSON Schema does not know that.
      if (path.at(-1) !== "optimizer") return;
      delete jsonSchema.oneOf;
      jsonSchema.anyOf = [...optionsOf(named)] as NonNullable<typeof jsonSchema.anyOf>;
    },
  }) as { oneOf?: Kind[]; anyOf?: Kind[]; $defs?: object };
  const kinds = schema.oneOf ?? schema.anyOf ?? [];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "learnproof config",
    anyOf: kinds.map(withSchemaKey),
    ...(schema.$defs && { $defs: schema.$defs }),
  };
}

interface Kind {
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

/** Makes the subject's name optional for the box regression, and allows `$schema` in every kind of config. */
function withSchemaKey(kind: Kind): Kind {
  const isBox = JSON.stringify(kind.properties.subject).includes("box-regression");
  return {
    ...kind,
    properties: { $schema: { type: "string" }, ...kind.properties },
    required: (kind.required ?? []).filter((name) => !(isBox && name === "subject")),
  };
}

function optionsOf(schema: object): readonly object[] {
  const { oneOf, anyOf } = schema as { oneOf?: Kind[]; anyOf?: Kind[] };
  const options = oneOf ?? anyOf ?? [];
  const adam = options.find(({ properties }) => JSON.stringify(properties.name).includes('"adam"'));
  const { name: _, ...unnamed } = adam?.properties ?? {};
  return [...options, { type: "object", properties: unnamed, additionalProperties: false }];
}

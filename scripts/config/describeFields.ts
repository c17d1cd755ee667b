import { code, describeType, type Schema } from "./describeType.ts";

/** A field of a config by its path. */
export interface Field {
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** Lists the fields of an object and of the objects in it, by their paths. */
export function listFields({ properties = {}, required = [] }: Schema, prefix = ""): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    if (schema.properties) return listFields(schema, `${path}.`);
    const field = { path, schema, required: required.includes(name) && schema.default === undefined };
    return [field, ...(schema.items?.properties ? listFields(schema.items, `${path}[].`) : [])];
  });
}

const HEAD = "| field | value | default | meaning |\n|---|---|---|---|";

/** @throws {Error} where the schema does not say what a field means. */
export function describeFields(fields: readonly Field[]): string {
  return [HEAD, ...fields.map(describeField)].join("\n");
}

function describeField({ path, schema, required }: Field): string {
  return `| \`${path}\` | ${describeType(schema)} | ${describeDefault(schema, required)} | ${meaningOf(schema, path)} |`;
}

function describeDefault({ default: value }: Schema, required: boolean): string {
  if (value !== undefined) return code(value);
  return required ? "must be given" : "left out";
}

/** What a field or a variant means, as its schema says it. */
export function meaningOf({ description }: Schema, path: string): string {
  if (!description) throw new Error(`the schema of ${path} must say what it means, by describe()`);
  return description.replaceAll("|", "\\|");
}

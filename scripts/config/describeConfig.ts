import { createJsonSchema } from "../../src/learning/config/jsonSchema.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { describeFields, type Field, listFields } from "./describeFields.ts";
import type { Schema } from "./describeType.ts";
import { describeVariants } from "./describeVariants.ts";

const TITLES: Readonly<Record<string, string>> = {
  "box-regression": "pictures of a box, and a convolutional network that says where it is",
  dense: "a fully connected network that learns a formula",
  table: "a fully connected network that predicts columns of a table",
  "saved-model": "a saved model that predicts columns of a table",
  own: "a subject of `learnproof.config`, or a Keras program",
};
/** The sections of parts that have one of their own. */
const SECTIONS: Readonly<Record<string, string>> = {
  "training.loss": "losses",
  "training.optimizer": "optimizers",
};

/** Describes every field of a config in Markdown, from the schema that checks it. */
export function describeConfig(): string {
  const kinds = ((createJsonSchema() as Schema).anyOf ?? []).map((kind) => ({
    name: String(kind.properties?.subject?.const),
    fields: listFields(kind).filter(({ path }) => path !== "subject" && path !== "$schema"),
  }));
  const all = kinds[0]?.fields ?? [];
  const isShared = ({ path }: Field) =>
    kinds.every(({ fields }) => fields.some((field) => field.path === path));
  const common = all.filter(
    (field) => isShared(field) && /^(seed|meant|training|thresholds)/.test(field.path),
  );
  const isCommon = ({ path }: Field) => common.some((field) => field.path === path);
  const [loss, optimizer] = Object.keys(SECTIONS).map((name) => optionsOf(common, name));
  const schedule = optionsOf(listFields(optimizer?.[0] ?? {}), "schedule");
  const sections = [
    ["## Every config", describeFields(common.map(withDefault).map(named))],
    ["## Losses", describeVariants(loss ?? [])],
    ["## Optimizers", describeVariants((optimizer ?? []).map(nameSchedule))],
    ["## Schedules of the learning rate", describeVariants(schedule)],
    ...kinds.map(({ name, fields }) => [
      `## \`"subject": "${name}"\``,
      `This is ${TITLES[name]}.`,
      describeFields(fields.filter((field) => !isCommon(field))),
    ]),
  ];
  return `<!-- fields -->\n\n${[describeDefaults(), ...sections.flat()].join("\n\n")}\n\n<!-- end -->`;
}

function describeDefaults(): string {
  return `These are the defaults:\n\n\`\`\`json\n${printConfig(parseConfig({}))}\n\`\`\``;
}

/** JSON with a line for each field, and lists on one line. */
function printConfig(config: object): string {
  const text = JSON.stringify(config, null, 2);
  return text.replace(/\[[^[\]{}]*\]/g, (list) =>
    list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  );
}

function optionsOf(fields: readonly Field[], path: string): readonly Schema[] {
  const { anyOf, oneOf } = fields.find((field) => field.path === path)?.schema ?? {};
  return anyOf ?? oneOf ?? [];
}

/** What fields of every config are where they are left out; a schema knows it only of a field by itself. */
function withDefault(field: Field): Field {
  if (field.schema.default !== undefined) return field;
  let value: unknown = parseConfig({});
  for (const key of field.path.split("."))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return { ...field, schema: { ...field.schema, default: value } };
}

/** In place of its many variants, the table has a link to the section that describes them. */
function named(field: Field): Field {
  const section = SECTIONS[field.path];
  return section === undefined ? field : { ...field, schema: linkTo(section, field.schema) };
}

function nameSchedule(optimizer: Schema): Schema {
  const { schedule, ...others } = optimizer.properties ?? {};
  if (schedule === undefined) return optimizer;
  return {
    ...optimizer,
    properties: { ...others, schedule: linkTo("schedules-of-the-learning-rate", schedule) },
  };
}

function linkTo(section: string, { anyOf: _anyOf, oneOf: _oneOf, ...schema }: Schema): Schema {
  return { ...schema, section };
}

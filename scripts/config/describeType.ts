/** The part of JSON Schema in which a config is described. */
export interface Schema {
  readonly type?: string;
  /** The section of the page that describes it; no part of JSON Schema. */
  readonly section?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Says in a few words of Markdown which values a field may have. */
export function describeType(schema: Schema): string {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(describeType).join(" or ");
  if (schema.section) return `[see below](#${schema.section})`;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(", ");
  switch (schema.type) {
    case "integer":
      return `whole number${describeBounds(schema)}`;
    case "number":
      return `number${describeBounds(schema)}`;
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    case "null":
      return "`null`";
    case "array":
      return describeList(schema);
    default:
      return "any settings";
  }
}

/** A value as it stands in a config. */
export function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function describeBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const low = exclusiveMinimum === undefined ? `from ${print(minimum)}` : `above ${print(exclusiveMinimum)}`;
  const high =
    exclusiveMaximum === undefined ? `to ${print(maximum)}` : `to below ${print(exclusiveMaximum)}`;
  return ` ${low} ${high}`;
}

/** A bound with its digits in groups of three, or as a power of ten where that is shorter. */
function print(bound = Number.NaN): string {
  const exponential = bound.toExponential();
  return bound >= 1e6 && exponential.length <= 5 ? exponential.replace("+", "") : bound.toLocaleString("en");
}

function describeList({ items, prefixItems, minItems = 0, maxItems }: Schema): string {
  if (prefixItems) return `list of ${prefixItems.length} numbers, the lower one first, within ±1e6`;
  const many =
    maxItems === undefined ? (minItems > 0 ? `at least ${minItems}` : "") : `${minItems} to ${maxItems}`;
  const one = items?.properties
    ? "objects"
    : describeType(items ?? {}).replace(/^(text|whole number|number)/, "$1s");
  return `list of ${one}${many === "" ? "" : `, ${many} of them`}`;
}

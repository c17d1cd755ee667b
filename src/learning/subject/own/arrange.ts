// Gives the tables of a side to the inputs or outputs of the model.

import { InputError } from "../../../foundation/input/inputError.ts";
import { type Port, portNamed } from "./modelShapes.ts";

/** A table that may have a name. */
interface Named {
  readonly name: string | null;
  /** Its place in what the project gave, for messages. */
  readonly field: string;
}

/** A table with the input or output of the model that it belongs to. */
export type Arranged<Table> = Table & { readonly port: Port };

/**
 * Puts the tables in the order of the model's inputs or outputs: by their names, or in the order in which they were
 * given.
 *
 * @param kind `input` or `output`, for the messages.
 * @throws {InputError} if the model has no input or output of a name, or another number of them.
 */
export function arrange<Table extends Named>(
  tables: readonly Table[],
  ports: readonly Port[],
  kind: "input" | "output",
  field: string,
): Arranged<Table>[] {
  return tables.every(({ name }) => name === null)
    ? inOrder(tables, ports, kind, field)
    : byName(tables, ports, kind, field);
}

function inOrder<Table extends Named>(
  tables: readonly Table[],
  ports: readonly Port[],
  kind: string,
  field: string,
): Arranged<Table>[] {
  if (tables.length !== ports.length)
    throw new InputError({
      code: "conflict",
      field,
      message: `must be one table for each ${kind} of the model, which has ${ports.length} (${namesOf(ports)}); give a list of tensors or an object by name`,
      got: `${tables.length} table${tables.length === 1 ? "" : "s"}`,
    });
  return tables.map((table, index) => ({ ...table, port: ports[index] as Port }));
}

function byName<Table extends Named>(
  tables: readonly Table[],
  ports: readonly Port[],
  kind: string,
  field: string,
): Arranged<Table>[] {
  const unknown = tables.find(({ name }) => portNamed(ports, name) === undefined);
  if (unknown)
    throw new InputError({
      code: "unknown-key",
      field: unknown.field,
      message: `is no ${kind} of the model, whose ${kind}s are ${namesOf(ports)}; correct the name, or give the layer that name`,
      got: unknown.name,
    });
  return ports.map((port) => {
    const table = tables.find(({ name }) => portNamed(ports, name) === port);
    if (table) return { ...table, port };
    throw new InputError({
      code: "missing-key",
      field: `${field}.${port.name}`,
      message: `must be given, since the model has an ${kind} of that name; add it`,
      got: undefined,
    });
  });
}

function namesOf(ports: readonly Port[]): string {
  return ports.map(({ name }) => name).join(", ");
}

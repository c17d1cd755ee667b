// Lines that change the data name the tables as the script does: `X_train` and `y_train`, where fit is called with these.

import type { Place } from "../program/capturedFile.ts";
import { argumentsAt } from "./expression.ts";

/** What our lines call the tables of fit. */
type Names = ReadonlyMap<string, string>;

/**
 * Gives the tables of a line the names that the call of fit gives them. Where it gives expressions, such as `data[:, :4]`,
 * they are called x and y.
 *
 * @example inOwnNames("x = x / 255", { …, text: "model.fit(X_train, y_train)" }); // "X_train = X_train / 255"
 */
export function inOwnNames(line: string, fit: Place | null | undefined): string {
  const names = namesIn(fit?.text ?? "");
  return line.replace(TABLE, (table) => names.get(table) ?? table);
}

const TABLE = /(?<![\w."'])[xy](?:_val)?(?![\w"'])/g;
const NAME = /^[A-Za-z_]\w*$/;

function namesIn(text: string): Names {
  const call = /\.fit\(/.exec(text);
  const { parts = [] } = (call && argumentsAt(text, call.index + call[0].length - 1)) ?? {};
  const [x, y] = [tableOf(parts, "x", 0), tableOf(parts, "y", 1)];
  const [, heldX, heldY] =
    /^validation_data\s*=\s*[([]\s*(\w+)\s*,\s*(\w+)/.exec(parts.find(isHeld) ?? "") ?? [];
  return new Map([...pair(["x", x], ["y", y]), ...pair(["x_val", heldX], ["y_val", heldY])]);
}

function isHeld(part: string): boolean {
  return part.startsWith("validation_data");
}

/** Both tables have names, or neither is renamed: lines that name one of them alone would be hard to read. */
function pair(...both: readonly (readonly [string, string | undefined])[]): [string, string][] {
  const named = both.flatMap(([table, name]): [string, string][] =>
    name !== undefined && NAME.test(name) ? [[table, name]] : [],
  );
  return named.length === both.length ? named : [];
}

/** Finds an argument by its keyword, or by its place among the first ones, which have none. */
function tableOf(parts: readonly string[], keyword: string, place: number): string | undefined {
  const named = parts.find((part) => new RegExp(`^${keyword}\\s*=(?!=)`).test(part));
  if (named !== undefined) return named.slice(named.indexOf("=") + 1).trim();
  const plain = parts.findIndex((part) => /^\w+\s*=(?!=)/.test(part));
  return plain === -1 || place < plain ? parts[place] : undefined;
}

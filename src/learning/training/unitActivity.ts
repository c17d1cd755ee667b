/** How active the units of a layer were on some examples. */
export interface UnitActivity {
  /** Share of sigmoid or tanh units within 1 % of a bound on 19 of 20 examples; null for other activations. */
  readonly saturated: number | null;
  /** Share of the units whose activation is the same on every example. */
  readonly constant: number;
}

const NEARLY = 0.01;
const MOSTLY = 0.95;

/**
 * Measures how active the units of a layer are.
 *
 * @param values `[…, units]`, row by row.
 */
export function describeUnits(values: Float32Array, units: number, activation: string): UnitActivity {
  const low = activation === "tanh" ? -1 : 0;
  const margin = NEARLY * (1 - low);
  const atBound = new Uint32Array(units);
  const varies = new Uint8Array(units);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const unit = index % units;
    if (value < low + margin || value > 1 - margin) atBound[unit] = (atBound[unit] as number) + 1;
    if (value !== values[unit]) varies[unit] = 1;
  }
  const bounded = activation === "tanh" || activation === "sigmoid";
  const most = MOSTLY * (values.length / units);
  return {
    saturated: bounded ? atBound.filter((count) => count >= most).length / units : null,
    constant: varies.filter((one) => one === 0).length / units,
  };
}

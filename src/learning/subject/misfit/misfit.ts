import { InputError, type InputErrorDetails } from "../../../foundation/input/inputError.ts";

/** How targets of another shape were given the shape of a model's output. */
export type Fitting =
  /** The only target is repeated for each output. */
  | "repeated"
  /** The targets are repeated at each position of the output. */
  | "at each position"
  /** The targets of an example are averaged, as a broadcasting loss does in effect. */
  | "averaged"
  /** Classes that no unit stands for are left out; their examples have a row of zeros. */
  | "without classes"
  /** There are as many targets as outputs, and they are taken in their order. */
  | "in order"
  /** Outputs without a target get zeros, and targets without an output are left out. */
  | "cut";

/** Targets that have not the shape that a model and its loss ask for. */
export interface Misfit {
  /** How they were fitted; `one-hot` where the shape fits and the loss asks for class numbers in place of rows. */
  readonly how: Fitting | "one-hot";
  /** Shape of an example's targets as they were given. */
  readonly targets: readonly number[];
}

/** A model whose only output has another shape than the targets of an example. */
export class MisfitError extends InputError {
  /** What fits targets to the model: the units of its output, or the output's shape where that has positions. */
  readonly fits: number | readonly number[];

  constructor(details: InputErrorDetails, fits: readonly number[]) {
    super(details);
    const [units, ...others] = fits;
    this.fits = others.length === 0 && units !== undefined ? units : fits;
  }
}

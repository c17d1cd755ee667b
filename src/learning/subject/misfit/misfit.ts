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
  /** The index of the output whose targets were fitted first. @defaultValue 0, the only one */
  readonly part?: number;
}

/** What targets are fitted to: the units of an output, its shape, or the shapes of several outputs. */
export type Fits = number | readonly number[] | readonly (readonly number[])[];

/** A model of which an output has another shape than the targets of an example. */
export class MisfitError extends InputError {
  /** What fits targets to the model: the units of its output, the output's shape where that has positions, or all shapes. */
  readonly fits: Fits;

  /** @param shapes the shape of each output of the model. */
  constructor(details: InputErrorDetails, shapes: readonly (readonly number[])[]) {
    super(details);
    const [only = [], ...others] = shapes;
    this.fits = others.length > 0 ? shapes : only.length === 1 ? (only[0] as number) : only;
  }
}

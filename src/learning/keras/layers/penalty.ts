// Penalties on what a layer answers, which TensorFlow.js does not have.

import {
  abs,
  add,
  dispose,
  div,
  engine,
  keep,
  mul,
  type Scalar,
  scalar,
  square,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { type CallOptions, type LayerArguments, OwnLayer, register } from "./ownLayer.ts";

/** Passes its input on, and adds l1 Σ|x| + l2 Σx², over the number of examples, to the loss of training. */
class ActivityRegularization extends OwnLayer {
  static readonly className = "ActivityRegularization";
  readonly #shares: { l1: number; l2: number };
  /** The penalties of the calls since they were last asked for: a layer may be applied several times. */
  #penalties: Scalar[] = [];

  constructor(args: LayerArguments & { readonly l1?: number; readonly l2?: number }) {
    super(args);
    this.supportsMasking = true;
    this.#shares = { l1: args.l1 ?? 0, l2: args.l2 ?? 0 };
    this.addLoss(() => this.#penalty());
  }

  protected override compute(input: Tensor, { training }: CallOptions): Tensor {
    const answer = input.clone();
    // Only a pass backward needs the penalty. A model frees the answers of its layers as soon as it has run.
    if (training && engine().state.gradientDepth > 0) this.#penalties.push(keep(this.#penaltyOf(answer)));
    return answer;
  }

  /** Adds up the penalties under the tape on which they were computed, and frees them. */
  #penalty(): Scalar {
    const penalties = this.#penalties;
    this.#penalties = [];
    const total = tidy(() => penalties.reduce<Scalar>((sum, one) => add(sum, one), scalar(0)));
    dispose(penalties);
    return total;
  }

  #penaltyOf(answer: Tensor): Scalar {
    const { l1, l2 } = this.#shares;
    return tidy(() => {
      const total = add(mul(l1, sum(abs(answer))), mul(l2, sum(square(answer))));
      return div(total, answer.shape[0] as number);
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#shares };
  }
}

register(ActivityRegularization);

// The gated recurrent unit as Keras has it since version 2.2: the reset gate is applied after the product with the
// recurrent kernel, and input and state have a bias each. TensorFlow.js applies it before the product.

import {
  add,
  cast,
  dropout,
  expandDims,
  keep,
  matMul,
  mul,
  onesLike,
  slice,
  split,
  sub,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { type CallOptions, register } from "./ownLayer.ts";

type CellArguments = Parameters<typeof layers.gruCell>[0];
type Arguments = Parameters<typeof layers.gru>[0];
type Cell = ReturnType<typeof layers.gruCell>;
type Recurrent = ReturnType<typeof layers.gru>;

// TensorFlow.js exports functions that make these layers, and not their classes.
const StockCell = layers.gruCell({ units: 1, name: "stock" }).constructor as new (
  args: CellArguments,
) => Cell;
const StockGRU = layers.gru({ units: 1, name: "stock" }).constructor as new (args: Arguments) => Recurrent;

/** What this file uses of a cell of TensorFlow.js. */
interface CellParts {
  bias: { read(): Tensor } | null;
  readonly activation: { apply(input: Tensor): Tensor };
  readonly recurrentActivation: { apply(input: Tensor): Tensor };
  readonly biasInitializer: unknown;
  readonly biasRegularizer: unknown;
  readonly biasConstraint: unknown;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly dropoutFunc: unknown;
  dropoutMask: Tensor | Tensor[] | null;
  recurrentDropoutMask: Tensor | Tensor[] | null;
  addWeight(...args: readonly unknown[]): { read(): Tensor };
}

class KerasGRUCell extends StockCell {
  static readonly className = "KerasGRUCell";

  override build(inputShape: Parameters<Cell["build"]>[0]): void {
    const parts = this as unknown as CellParts & { useBias: boolean };
    const { useBias } = parts;
    parts.useBias = false;
    super.build(inputShape);
    parts.useBias = useBias;
    if (!useBias) return;
    const { biasInitializer, biasRegularizer, biasConstraint } = parts;
    const shape = [2, 3 * this.units];
    parts.bias = parts.addWeight("bias", shape, null, biasInitializer, biasRegularizer, true, biasConstraint);
  }

  override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor[] {
    return tidy(() => {
      const { bias, activation, recurrentActivation } = this as unknown as CellParts;
      const [input, state] = this.#drop(inputs as [Tensor, Tensor], options.training ?? false);
      const row = (at: number) => slice(bias?.read() as Tensor, [at, 0], [1, -1]);
      const fromInput = matMul(input, this.kernel.read() as Tensor);
      const fromState = matMul(state, this.recurrentKernel.read() as Tensor);
      const [inZ, inR, inH] = split(bias ? add(fromInput, row(0)) : fromInput, 3, 1) as Gates;
      const [stateZ, stateR, stateH] = split(bias ? add(fromState, row(1)) : fromState, 3, 1) as Gates;
      const update = recurrentActivation.apply(add(inZ, stateZ));
      const reset = recurrentActivation.apply(add(inR, stateR));
      const candidate = activation.apply(add(inH, mul(reset, stateH)));
      const former = (inputs as Tensor[])[1] as Tensor;
      const next = add(mul(update, former), mul(sub(1, update), candidate));
      return [next, next];
    });
  }

  /** Drops inputs and states in training. One mask serves all steps of a batch; the layer frees it. */
  #drop([input, state]: [Tensor, Tensor], training: boolean): [Tensor, Tensor] {
    const parts = this as unknown as CellParts;
    if (!training) return [input, state];
    parts.dropoutMask ??= maskFor(input, parts.dropout);
    parts.recurrentDropoutMask ??= maskFor(state, parts.recurrentDropout);
    return [dropped(input, parts.dropoutMask), dropped(state, parts.recurrentDropoutMask)];
  }

  override getConfig() {
    return { ...super.getConfig(), resetAfter: true };
  }
}

type Gates = [Tensor, Tensor, Tensor];

function dropped(input: Tensor, mask: Tensor | Tensor[] | null): Tensor {
  return mask === null ? input : mul(input, mask as Tensor);
}

function maskFor(input: Tensor, rate: number): Tensor | null {
  return rate > 0 && rate < 1 ? keep(dropout(onesLike(input), rate)) : null;
}

class KerasGRU extends StockGRU {
  static readonly className = "KerasGRU";

  constructor(args: Arguments) {
    const { resetAfter: _resetAfter, ...others } = args as Arguments & { resetAfter?: boolean };
    super({ ...others } as Arguments);
    (this as unknown as { cell: Cell }).cell = new KerasGRUCell({ ...others, name: `${this.name}_cell` });
  }
}

type BidirectionalArguments = Parameters<typeof layers.bidirectional>[0];
type Bidirectional = ReturnType<typeof layers.bidirectional>;

const StockBidirectional = layers.bidirectional({
  layer: layers.simpleRNN({ units: 1, name: "stock" }),
  name: "stock",
}).constructor as new (
  args: BidirectionalArguments,
) => Bidirectional;

/** Keras answers 0 for the masked steps of a sequence; TensorFlow.js repeats the answer of the step before. */
class KerasBidirectional extends StockBidirectional {
  static readonly className = "KerasBidirectional";

  override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
    return tidy(() => {
      const answer = super.call(inputs, options) as Tensor | Tensor[];
      const mask = Array.isArray(options.mask) ? options.mask[0] : options.mask;
      if (!mask || Array.isArray(answer)) return answer;
      return mul(answer, expandDims(cast(mask as Tensor, "float32"), 2));
    });
  }
}

register(KerasBidirectional);
register(KerasGRUCell);
register(KerasGRU);

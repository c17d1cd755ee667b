// Keras's activation functions that TensorFlow.js lacks, or has with another formula.

import {
  abs,
  add,
  clipByValue,
  div,
  elu,
  exp,
  leakyRelu,
  mul,
  neg,
  relu,
  relu6,
  serialization,
  sign,
  softplus,
  sqrt,
  square,
  sub,
  type Tensor,
  tanh,
  tidy,
} from "@tensorflow/tfjs-core";
import { register } from "./ownLayer.ts";

type Formula = (input: Tensor) => Tensor;

/** A function under a name that a layer's `activation` may have; TensorFlow.js builds it from its class. */
function registerActivation(name: string, formula: Formula): void {
  class KerasActivation extends serialization.Serializable {
    static readonly className = name;

    getConfig() {
      return {};
    }

    apply(input: Tensor): Tensor {
      return tidy(() => formula(input));
    }
  }
  register(KerasActivation);
}

/** max(|x| − 0.5, 0) with the sign of x. */
const softShrink: Formula = (input) => mul(sign(input), relu(sub(abs(input), 0.5)));

/** The formulas by the names that the topology gives them. */
const FORMULAS: Readonly<Record<string, Formula>> = {
  exponential: exp,
  leakyRelu: (input) => leakyRelu(input, 0.2),
  // Keras 3 divides by 6, where Keras 2 and TensorFlow.js multiply by 0.2.
  hardSigmoidSixth: (input) => div(relu6(add(input, 3)), 6),
  hardSwish: (input) => mul(input, div(relu6(add(input, 3)), 6)),
  hardTanh: (input) => clipByValue(input, -1, 1),
  celu: elu,
  logSigmoid: (input) => neg(softplus(neg(input))),
  tanhShrink: (input) => sub(input, tanh(input)),
  softShrink,
  hardShrink: (input) => mul(input, abs(sign(relu(sub(abs(input), 0.5))))),
  squareplus: (input) => mul(0.5, add(input, sqrt(add(square(input), 4)))),
};

for (const [name, formula] of Object.entries(FORMULAS)) registerActivation(name, formula);

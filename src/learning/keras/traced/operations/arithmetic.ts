// Operations on each number by itself.

import {
  abs,
  acos,
  acosh,
  add,
  addN,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cast,
  ceil,
  clipByValue,
  clone,
  cos,
  cosh,
  customGrad,
  div,
  elu,
  equal,
  erf,
  exp,
  expm1,
  floor,
  floorDiv,
  greater,
  greaterEqual,
  isFinite as isFiniteNumber,
  isInf,
  isNaN as isNotANumber,
  leakyRelu,
  less,
  lessEqual,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  notEqual,
  onesLike,
  pow,
  reciprocal,
  relu,
  relu6,
  round,
  rsqrt,
  selu,
  sigmoid,
  sign,
  sin,
  sinh,
  softplus,
  sqrt,
  square,
  squaredDifference,
  sub,
  type Tensor,
  tan,
  tanh,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { binary, dtypeOf, type Operations, unary } from "./operation.ts";

/** The slope is 0 at 0, as in TensorFlow. */
const size = (x: Tensor) => (x.dtype === "int32" ? abs(x) : mul(x, sign(x)));

/** Passes its input on, and no gradient back. */
const withoutGradient = (x: Tensor) =>
  customGrad((y) => ({ value: clone(y as Tensor), gradFunc: (dy: Tensor) => zerosLike(dy) }))(x);

/** a / b, and 0 with a gradient of 0 where b is 0. */
function divNoNan(a: Tensor, b: Tensor): Tensor {
  const isZero = equal(b, 0);
  // The divisor is replaced before the division, since a gradient of 0 times infinity would be no number.
  const safe = where(isZero, onesLike(b), b);
  return mul(div(a, safe), cast(logicalNot(isZero), "float32"));
}

/** x times `factor`, and 0 with a gradient of 0 where x is 0. */
function timesUnlessZero(x: Tensor, y: Tensor, factor: (y: Tensor) => Tensor): Tensor {
  const isZero = logicalAnd(equal(x, 0), equal(zerosLike(y), 0));
  const safe = where(isZero, onesLike(y), y);
  return mul(x, factor(safe));
}

/** The remainder has the sign of the divisor. */
const floorMod = (a: Tensor, b: Tensor) => mod(a, b);

const softsign = (x: Tensor) => div(x, add(1, size(x)));

/**
 * The logarithm within a function with a gradient of its own: where nothing asks for the slope, as at the logarithm of an event
 * that cannot be, it hands nothing back, and not 0 times infinity.
 */
export const shieldedLog = customGrad((x, save) => {
  (save as (saved: Tensor[]) => void)([x as Tensor]);
  const gradFunc = (dy: Tensor, [saved]: Tensor[]) => {
    const of = saved as Tensor;
    return where(equal(dy, 0), zerosLike(of), div(dy, of)) as Tensor;
  };
  return { value: log(x as Tensor), gradFunc };
});

export const arithmetic: Operations = {
  Abs: unary(size),
  Neg: unary(neg),
  Sign: unary(sign),
  Square: unary(square),
  Sqrt: unary(sqrt),
  Rsqrt: unary(rsqrt),
  Reciprocal: unary(reciprocal),
  Inv: unary(reciprocal),
  Exp: unary(exp),
  Expm1: unary(expm1),
  Log: unary(log),
  Log1p: unary(log1p),
  Sin: unary(sin),
  Cos: unary(cos),
  Tan: unary(tan),
  Asin: unary(asin),
  Acos: unary(acos),
  Atan: unary(atan),
  Sinh: unary(sinh),
  Cosh: unary(cosh),
  Tanh: unary(tanh),
  Asinh: unary(asinh),
  Acosh: unary(acosh),
  Atanh: unary(atanh),
  Erf: unary(erf),
  Erfc: unary((x) => sub(1, erf(x))),
  Sigmoid: unary(sigmoid),
  Softplus: unary(softplus),
  Softsign: unary(softsign),
  Relu: unary(relu),
  Relu6: unary(relu6),
  Elu: unary(elu),
  Selu: unary(selu),
  LeakyRelu: ([x], { alpha }) => leakyRelu(x as Tensor, Number(alpha ?? 0.2)),
  Floor: unary(floor),
  Ceil: unary(ceil),
  Round: unary(round),
  Rint: unary(round),
  IsNan: unary(isNotANumber),
  IsInf: unary(isInf),
  IsFinite: unary(isFiniteNumber),
  LogicalNot: unary(logicalNot),
  Identity: unary(clone),
  IdentityN: (inputs) => inputs.map((one) => clone(one)),
  Snapshot: unary(clone),
  CheckNumerics: unary(clone),
  StopGradient: unary(withoutGradient),
  PreventGradient: unary(withoutGradient),
  ZerosLike: unary(zerosLike),
  OnesLike: unary(onesLike),
  Cast: ([x], { DstT }) => toType(x as Tensor, DstT),
  Add: binary(add),
  AddV2: binary(add),
  AddN: (inputs) => addN([...inputs]),
  Sub: binary(sub),
  Mul: binary(mul),
  MulNoNan: binary((x, y) => timesUnlessZero(y, x, (one) => one)),
  RealDiv: binary(div),
  Div: binary((a, b) => (a.dtype === "int32" ? floorDiv(a, b) : div(a, b))),
  DivNoNan: binary(divNoNan),
  FloorDiv: binary((a, b) => (a.dtype === "int32" ? floorDiv(a, b) : floor(div(a, b)))),
  FloorMod: binary(floorMod),
  Pow: binary(pow),
  Maximum: binary(maximum),
  Minimum: binary(minimum),
  SquaredDifference: binary(squaredDifference),
  Atan2: binary(atan2),
  Xlogy: binary((x, y) => timesUnlessZero(x, y, log)),
  Xlog1py: binary((x, y) => timesUnlessZero(x, y, log1p)),
  Xdivy: binary((x, y) => timesUnlessZero(x, y, reciprocal)),
  Equal: binary(equal),
  NotEqual: binary(notEqual),
  Less: binary(less),
  LessEqual: binary(lessEqual),
  Greater: binary(greater),
  GreaterEqual: binary(greaterEqual),
  LogicalAnd: binary(logicalAnd),
  LogicalOr: binary(logicalOr),
  LogicalXor: binary(logicalXor),
  ClipByValue: ([x, low, high]) => clip(x as Tensor, low as Tensor, high as Tensor),
};

/** Real numbers lose what stands behind the point when they become whole ones. */
function toType(x: Tensor, name: unknown): Tensor {
  const wanted = dtypeOf(name);
  return x.dtype === wanted ? clone(x) : cast(x, wanted);
}

function clip(x: Tensor, low: Tensor, high: Tensor): Tensor {
  if (low.size > 1 || high.size > 1 || x.dtype !== "float32") return minimum(maximum(x, low), high);
  return clipByValue(x, low.dataSync()[0] as number, high.dataSync()[0] as number);
}

/**
 * One pass over a variable for each optimizer, for the units from `first` up to `last`; every scalar comes rounded to
 * float32 from the caller.
 */
import { unitEnd, unitStart } from "./elementwise";
import { loadPart, storePart } from "./tile";

/**
 * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²; w -= correctedRate m / (sqrt(v correction) + epsilon).
 * `correctedRate` is rate / (1 - beta1^t), `correction` is 1 / (1 - beta2^t): both divided once by the caller,
 * because here a division costs as much as all the rest.
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  newW: usize,
  newM: usize,
  newV: usize,
  size: i32,
  correctedRate: f32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  correction: f32,
  epsilon: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    const gradient = loadPart(g + at, left);
    const first = f32x4.add(
      f32x4.mul(loadPart(m + at, left), f32x4.splat(beta1)),
      f32x4.mul(gradient, f32x4.splat(oneMinusBeta1)),
    );
    const second = f32x4.add(
      f32x4.mul(loadPart(v + at, left), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(oneMinusBeta2)),
    );
    const root = f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction)));
    const step = f32x4.div(
      f32x4.mul(first, f32x4.splat(correctedRate)),
      f32x4.add(root, f32x4.splat(epsilon)),
    );
    storePart(newM + at, first, left);
    storePart(newV + at, second, left);
    storePart(newW + at, f32x4.sub(loadPart(w + at, left), step), left);
  }
}

/** w -= rate g. */
export function sgd(
  w: usize,
  g: usize,
  newW: usize,
  size: i32,
  rate: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    storePart(
      newW + at,
      f32x4.sub(loadPart(w + at, left), f32x4.mul(loadPart(g + at, left), f32x4.splat(rate))),
      left,
    );
  }
}

/** a = momentum a + g; w -= rate a. */
export function momentum(
  w: usize,
  g: usize,
  a: usize,
  newW: usize,
  newA: usize,
  size: i32,
  rate: f32,
  decay: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    const velocity = f32x4.add(f32x4.mul(loadPart(a + at, left), f32x4.splat(decay)), loadPart(g + at, left));
    storePart(newA + at, velocity, left);
    storePart(newW + at, f32x4.sub(loadPart(w + at, left), f32x4.mul(velocity, f32x4.splat(rate))), left);
  }
}

/** s = decay s + (1 - decay) g²; w -= rate g / (sqrt(s) + epsilon). */
export function rmsprop(
  w: usize,
  g: usize,
  s: usize,
  newW: usize,
  newS: usize,
  size: i32,
  rate: f32,
  decay: f32,
  oneMinusDecay: f32,
  epsilon: f32,
  first: i32,
  last: i32,
  _thread: i32,
): void {
  const end = unitEnd(last, size);
  for (let at = unitStart(first); at < end; at += 16) {
    const left = ((end - at) >> 2) as i32;
    const gradient = loadPart(g + at, left);
    const square = f32x4.add(
      f32x4.mul(loadPart(s + at, left), f32x4.splat(decay)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(oneMinusDecay)),
    );
    const step = f32x4.div(gradient, f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon)));
    storePart(newS + at, square, left);
    storePart(newW + at, f32x4.sub(loadPart(w + at, left), f32x4.mul(step, f32x4.splat(rate))), left);
  }
}

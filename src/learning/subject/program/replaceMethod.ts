/**
 * Puts another function in the place of a method, for all objects of a class.
 *
 * @param answer is given the method itself, already bound to the object and its arguments.
 * @returns what puts the method back.
 */
export function replaceMethod<Self>(
  prototype: object,
  name: string,
  answer: (original: () => unknown, self: Self, args: readonly unknown[]) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const inherited = (prototype as Record<string, (...args: unknown[]) => unknown>)[name] as (
    ...args: unknown[]
  ) => unknown;
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value(this: Self, ...args: unknown[]) {
      return answer(() => inherited.apply(this, args), this, args);
    },
  });
  return () => {
    if (own) Object.defineProperty(prototype, name, own);
    else Reflect.deleteProperty(prototype, name);
  };
}

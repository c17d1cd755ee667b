/**
 * Returns a function that finds something out once for each object, and remembers it for as long as the object is held:
 * several laws and causes ask for the same measurement.
 *
 * @example
 * ```ts
 * const contractOf = onceFor((subject: Subject) => withFreshModel(subject, measure));
 * ```
 */
export function onceFor<Key extends object, Found>(find: (key: Key) => Found): (key: Key) => Found {
  const known = new WeakMap<Key, { readonly found: Found }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.found;
    const found = find(key);
    known.set(key, { found });
    return found;
  };
}

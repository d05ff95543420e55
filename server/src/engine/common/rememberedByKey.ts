/** Makes a function that calls another one once for each key, and returns that result at later calls. */
export function rememberedByKey<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return key => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

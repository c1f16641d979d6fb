type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> }

/** Rules give readonly values, schemas infer writable ones: the same thing, seen by another type. */
export function writable<T>(value: T): Writable<T> {
  return value as Writable<T>
}

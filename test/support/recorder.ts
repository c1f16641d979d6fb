/** Keeps what happened in order, and lets a test wait for what has not happened yet. */
export class Recorder<T> {
  readonly items: T[] = []
  readonly #waiting = new Set<() => void>()

  readonly push = (item: T): void => {
    this.items.push(item)
    for (const look of this.#waiting) look()
  }

  /** The first item, from an index on, that fits; resolves when there is one. */
  waitFor<S extends T>(fits: (item: T) => item is S, from?: number): Promise<S>
  waitFor(fits: (item: T) => boolean, from?: number): Promise<T>
  waitFor(fits: (item: T) => boolean, from = 0): Promise<T> {
    return new Promise((resolve) => {
      let at = from
      const look = () => {
        for (; at < this.items.length; at += 1) {
          const item = this.items[at] as T
          if (!fits(item)) continue
          this.#waiting.delete(look)
          resolve(item)
          return
        }
      }
      this.#waiting.add(look)
      look()
    })
  }
}

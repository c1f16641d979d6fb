/** Runs tasks one after another, in the order given. A task that fails does not stop the next. */
export interface Serial {
  run<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when everything given so far has ended. */
  idle(): Promise<void>
}

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const result = last.then(task)
      last = result.catch(() => undefined)
      return result
    },
    idle: () => last.then(() => undefined),
  }
}

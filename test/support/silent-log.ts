import type { Log } from '../../main/log'
import { Recorder } from './recorder'

export interface Said {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly data: readonly unknown[]
}

/** A log that prints nothing and can be looked into. */
export function silentLog(): Log & { readonly said: Recorder<Said> } {
  const said = new Recorder<Said>()
  const at =
    (level: Said['level']) =>
    (message: string, ...data: readonly unknown[]) =>
      said.push({ level, message, data })
  return { said, info: at('info'), warn: at('warn'), error: at('error') }
}

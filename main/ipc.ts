import { ipcMain } from 'electron'
import type { WebContents } from 'electron'
import log from 'electron-log/main'

import { droppedFileSchema, type ChosenFile, type DroppedFile } from '../contract/attachments'
import { requests } from '../contract/bridge'
import type {
  EventName,
  EventPayload,
  RequestAnswer,
  RequestName,
  Requests,
} from '../contract/bridge'
import type { z } from '../contract/zod'
import { isTrustedSender } from './own-page'

/** The same as in the preload script. */
const PREFIX = 'kontor:'

/** One handler per request; the type refuses a forgotten one. */
export type RequestHandlers = {
  readonly [N in RequestName]: (
    argument: z.output<Requests[N]['argument']>,
    sender: WebContents,
  ) => RequestAnswer<N> | Promise<RequestAnswer<N>>
}

/**
 * Answers the window's requests: the sender is checked and the argument parsed before a handler
 * runs. A request that is refused here is a bug or an attack, hence an exception.
 */
export function handleRequests(handlers: RequestHandlers): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    const handler = handlers[name] as (argument: unknown, sender: WebContents) => unknown
    ipcMain.handle(PREFIX + name, (event, argument: unknown) => {
      if (!isTrustedSender(event.senderFrame)) {
        throw refused(name, "it does not come from Kontor's own page")
      }
      const parsed = requests[name].argument.safeParse(argument)
      if (!parsed.success) throw refused(name, parsed.error.message)
      return handler(parsed.data, event.sender)
    })
  }
}

/**
 * Answers for a file that was dropped onto the window. The preload script alone comes here, with what it
 * holds: what the page asks for begins with `PREFIX`.
 */
export function handleDropped(hold: (file: DroppedFile) => ChosenFile): void {
  ipcMain.handle('kontor-dropped', (event, given: unknown) => {
    if (!isTrustedSender(event.senderFrame)) {
      throw refused('a dropped file', "it does not come from Kontor's own page")
    }
    const file = droppedFileSchema.safeParse(given)
    if (!file.success) throw refused('a dropped file', file.error.message)
    return hold(file.data)
  })
}

/** Tells one window something; a window that has gone is told nothing. */
export function tellWindow<N extends EventName>(
  window: WebContents,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!window.isDestroyed()) window.send(PREFIX + name, payload)
}

function refused(name: string, reason: string): Error {
  log.warn(`The request ${name} was refused: ${reason}`)
  return new Error(`${name} was refused: ${reason}`)
}

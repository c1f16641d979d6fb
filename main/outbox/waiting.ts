import { open } from 'node:fs/promises'

import { linesOf, openLine } from '../storage/checked-lines'
import { afterEvent, outboxEventSchema, type Entries } from './entries'

/**
 * How many decisions wait in an outbox that nobody has open: neither what came back, which nobody
 * sends by itself, nor read marks, which nobody gave. Reads only; a file that is not there holds none.
 */
export async function countWaiting(path: string): Promise<number> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return 0
  try {
    const { size } = await file.stat()
    let entries: Entries = []
    for await (const line of linesOf(file, 0, size)) {
      const opened = openLine(line.bytes)
      const event = opened.ok ? outboxEventSchema.safeParse(opened.value) : null
      if (event?.success) entries = afterEvent(entries, event.data)
    }
    return entries.filter(
      ({ state, type }) => state !== 'refused' && type !== 'requisition.mark_read',
    ).length
  } finally {
    await file.close()
  }
}

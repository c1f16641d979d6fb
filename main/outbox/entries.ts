/** What an outbox holds, as a pure fold over what happened to it. */
import { z } from '../../contract/zod'
import { outboxEntrySchema, type OutboxEntry } from '../../contract/console'
import { refusalSchema } from '../../contract/errors'
import { uuidSchema } from '../../contract/primitives'

/** One line of the journal. */
export const outboxEventSchema = z.discriminatedUnion('kind', [
  /** A command was given; it takes the place of those it makes needless. */
  z.strictObject({
    kind: z.literal('added'),
    entry: outboxEntrySchema,
    replaces: z.array(uuidSchema),
  }),
  /** The gateway took it, or told the person who waited for the answer why not. */
  z.strictObject({ kind: z.literal('settled'), id: uuidSchema }),
  /** The gateway refused it; it stays until a person has looked at it. */
  z.strictObject({ kind: z.literal('refused'), id: uuidSchema, refusal: refusalSchema }),
  z.strictObject({ kind: z.literal('discarded'), id: uuidSchema }),
  /** To be tried once more, as a new command: the old id's answer is settled for ever. */
  z.strictObject({ kind: z.literal('given_again'), id: uuidSchema, newId: uuidSchema }),
])
export type OutboxEvent = z.infer<typeof outboxEventSchema>

/** In the order the commands were given, which is the order each lane keeps. */
export type Entries = readonly OutboxEntry[]

/** Apply one event. One about an unknown entry changes nothing. */
export function afterEvent(entries: Entries, event: OutboxEvent): Entries {
  switch (event.kind) {
    case 'added': {
      if (entries.some(({ id }) => id === event.entry.id)) return entries
      const kept = entries.filter(({ id }) => !event.replaces.includes(id))
      return [...kept, event.entry]
    }
    case 'settled':
    case 'discarded':
      return entries.filter(({ id }) => id !== event.id)
    case 'refused':
      return withEntry(entries, event.id, { state: 'refused', refusal: event.refusal })
    case 'given_again': {
      const entry = entries.find(({ id }) => id === event.id)
      if (entry === undefined) return entries
      const again = {
        ...entry,
        id: event.newId,
        state: 'waiting',
        refusal: null,
        attempts: 0,
      } as const
      // It goes last: what was given after it may have been sent already.
      return [...entries.filter(({ id }) => id !== event.id), again]
    }
  }
}

export function withEntry(entries: Entries, id: string, change: Partial<OutboxEntry>): Entries {
  return entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
}

/**
 * Which waiting entries a new one makes needless: earlier read marks of the same requisition that
 * reach no further. One already on its way is left alone.
 */
export function madeNeedlessBy(
  entries: Entries,
  command: Pick<OutboxEntry, 'type' | 'aggregateId' | 'payload'>,
): readonly string[] {
  if (command.type !== 'requisition.mark_read') return []
  return entries
    .filter(
      ({ type, aggregateId, payload, state }) =>
        type === command.type &&
        aggregateId === command.aggregateId &&
        state === 'waiting' &&
        Number(payload['revision']) <= Number(command.payload['revision']),
    )
    .map(({ id }) => id)
}

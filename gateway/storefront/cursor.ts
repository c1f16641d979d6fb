/** How far a shop has read: the last change it has, in this installation's present epoch. */
export interface ChangesCursor {
  /** Restoring a backup mints a new one, and numbers of another one mean nothing. */
  readonly epoch: string
  /** The transaction that wrote the change, and the change itself. */
  readonly xid: string
  readonly id: string
}

/** Stands before every change. */
export const beginning = { xid: '0', id: '00000000-0000-0000-0000-000000000000' } as const

/** As text that says nothing to anyone else and goes into an address as it is. */
export function writeCursor({ epoch, xid, id }: ChangesCursor): string {
  return Buffer.from(`${epoch} ${xid} ${id}`).toString('base64url')
}

/** The cursor that was written, or null for anything else. */
export function readCursor(text: string): ChangesCursor | null {
  if (text.length > 200) return null
  const match = /^([0-9a-f-]{36}) (\d{1,19}) ([0-9a-f-]{36})$/.exec(
    Buffer.from(text, 'base64url').toString('latin1'),
  )
  const [, epoch, xid, id] = match ?? []
  if (!epoch || !xid || !id || !uuid.test(epoch) || !uuid.test(id)) return null
  return { epoch, xid, id }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

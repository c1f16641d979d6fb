import type { Attachment, Requisition } from '../../../contract/entities'
import { uuid } from './entities'

/** A file that Erik has attached this morning. */
export function attachment(number: number, part: Partial<Attachment> = {}): Attachment {
  return {
    id: uuid(number, 4),
    name: 'Ritning 4.pdf',
    kind: 'pdf',
    size: 312_400,
    sha256: String(number % 10).repeat(64),
    visibility: 'internal',
    by: { kind: 'user', id: uuid(2, 9), name: 'Erik Dahl' },
    at: '2026-11-23T08:12:00.000Z',
    ...part,
  }
}

/** What is attached where much is: a drawing for the customer, what they wrote, and a list. */
export const someAttachments: readonly Attachment[] = [
  attachment(1, {
    name: 'Måttritning rörböj 22 mm, hall 4, reviderad 2026-11-20.pdf',
    visibility: 'customer',
    size: 1_420_000,
  }),
  attachment(2, { name: 'SV Leveransvillkor.eml', kind: 'eml', size: 48_200 }),
  attachment(3, {
    name: 'Kalkyl.xlsx',
    kind: 'xlsx',
    size: 86_100,
    by: { kind: 'user', id: uuid(1, 9), name: 'Karin Åberg' },
    at: '2026-11-20T14:40:00.000Z',
  }),
]

/** The same with these files. */
export function withAttachments(
  requisition: Requisition,
  attachments: readonly Attachment[] = someAttachments,
): Requisition {
  return { ...requisition, attachments: [...attachments] }
}

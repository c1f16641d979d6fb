import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ChosenFile } from '../../../../contract/attachments'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { SendResult } from '../../../../contract/console'
import type { Attachment, Requisition } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge } from '../../../fakes/bridge'
import { attachment, someAttachments, withAttachments } from '../../../fakes/desk/attachments'
import { change, user as person, uuid } from '../../../fakes/desk/entities'
import { officeAnswer, officeSet } from '../../../fakes/desk/office'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const file = (number: number, part: Partial<ChosenFile> = {}): ChosenFile => ({
  id: uuid(number, 4),
  name: `Ritning ${number}.pdf`,
  size: 1_000_000,
  ...part,
})

const chosen = (files: readonly ChosenFile[]) => ({ files, beyond: 0, unread: 0 })

/** Attaches, changes and takes off as the gateway does. */
function gateway(from: readonly Attachment[] = []) {
  let attachments = [...from]
  let version = 2
  return ({ type, payload, aggregateId }: CommandEnvelope, bridge: FakeBridge): SendResult => {
    if (!type.endsWith('tach')) return { kind: 'accepted', result: {}, version }
    const { attachmentId: id, name, visibility } = payload as Record<string, string>
    const known = attachments.find((one) => one.id === id)
    const next = { ...(known ?? attachment(0)), id, name, visibility } as Attachment
    if (type === 'requisition.detach') attachments = attachments.filter((one) => one !== known)
    else if (known) attachments = attachments.map((one) => (one === known ? next : one))
    else attachments = [...attachments, next]
    version += 1
    const value = withAttachments(first, attachments)
    bridge.tell('replica.changes', [change('requisition', aggregateId, value, version)])
    return { kind: 'accepted', result: {}, version }
  }
}
const withSome = () => [...workingSet(), change('requisition', first.id, withAttachments(first), 2)]
const sent = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => /^requisition\.(at|de)tach$/.test(type))
const section = () => screen.getByRole('region', { name: 'Bilagor' })
const rows = () => within(section()).queryAllByRole('listitem').map(textOf)
/** What only makes a commotion in a tooltip is not looked for: buttons go by their names. */
const button = (name: string | RegExp) => within(section()).getByRole('button', { name })

test('F sends the files that are chosen one by one, and tells how far each is', async () => {
  const order: string[] = []
  const arrived: (() => void)[] = []
  const { user, fake, tell } = await renderDesk({
    answerCommand: gateway(),
    answers: {
      'attachment.choose': () => chosen([file(1), file(2)]),
      'attachment.send': (argument) => {
        order.push((argument as { id: string }).id)
        return new Promise((resolve) => arrived.push(() => resolve({ ok: true })))
      },
    },
  })
  await user.keyboard('j')
  expect(textOf(section())).toContain('Inga ännu')
  await user.keyboard('f')
  await waitFor(() => expect(rows()).toHaveLength(2))
  tell('attachment.progress', { id: uuid(1, 4), sent: 400_000 })
  expect(rows()).toEqual([
    expect.stringContaining('Skickas: 400 kB av 1 MB'),
    expect.stringContaining('Väntar på sin tur'),
  ])
  expect(
    within(section())
      .getAllByRole('progressbar')
      .map((bar) => bar.getAttribute('aria-valuenow')),
  ).toEqual(['40', '0'])
  expect(order).toEqual([uuid(1, 4)])
  arrived[0]?.()
  await waitFor(() => expect(order).toEqual([uuid(1, 4), uuid(2, 4)]))
  arrived[1]?.()
  await waitFor(() => expect(within(section()).queryAllByRole('progressbar')).toHaveLength(0))
  expect(rows()).toEqual([
    expect.stringContaining('Ritning 1.pdf'),
    expect.stringContaining('Ritning 2.pdf'),
  ])
  // For us alone until somebody says otherwise.
  expect(sent(fake).map(({ payload, expectedVersion }) => [payload, expectedVersion])).toEqual(
    [1, 2].map((number) => [
      {
        attachmentId: uuid(number, 4),
        name: `Ritning ${number}.pdf`,
        visibility: 'internal',
        onlyNew: true,
      },
      null,
    ]),
  )
  // Nothing is decided by it, and the foot says nothing of it.
  expect(textOf(document.querySelector('footer[data-foot]'))).toContain('Godkänn till order')
})

test('one that is refused says why, and is tried again under its id', async () => {
  const ids: unknown[] = []
  const { user, fake } = await renderDesk({
    answerCommand: gateway(),
    answers: {
      'attachment.choose': () => chosen([file(1)]),
      'attachment.send': (argument) => {
        ids.push((argument as { id: string }).id)
        const error = refusal('unavailable', 'Late.', { reason: 'timeout' })
        return ids.length === 1 ? { ok: false, error } : { ok: true }
      },
    },
  })
  await user.keyboard('j')
  await user.keyboard('f')
  expect(textOf(await within(section()).findByRole('alert'))).toBe(
    'Gatewayen svarade inte i tid. Kontrollera adressen och nätet och försök igen.',
  )
  expect(sent(fake)).toEqual([])
  await user.click(button('Försök igen med Ritning 1.pdf'))
  await waitFor(() => expect(rows()).toEqual([expect.stringContaining('Internt')]))
  expect(ids).toEqual([uuid(1, 4), uuid(1, 4)])
})

test('a gateway that is busy with others is tried once more by itself', async () => {
  let times = 0
  const { user, fake } = await renderDesk({
    answerCommand: gateway(),
    answers: {
      'attachment.choose': () => chosen([file(1), file(2)]),
      'attachment.send': () => {
        times += 1
        const error = refusal('too_many_requests', 'Busy.', {
          problem: 'others_upload',
          retryAfterSeconds: 0,
        })
        return times === 2 ? { ok: true } : { ok: false, error }
      },
    },
  })
  await user.keyboard('j')
  await user.keyboard('f')
  expect(textOf(await within(section()).findByRole('alert'))).toBe(
    'Gatewayen tar emot andra filer just nu. Försök igen om en stund.',
  )
  expect([times, sent(fake).length]).toEqual([4, 1])
  // What is kept of a file is let go of when it is there.
  const forgotten = fake.asked.filter(({ name }) => name === 'attachment.forget')
  expect(forgotten.map(({ argument }) => argument)).toEqual([{ ids: [uuid(1, 4)] }])
})

test('what cannot come to anything else is not offered to be tried again', async () => {
  const { user } = await renderDesk({
    answers: {
      'attachment.choose': () => chosen([file(1)]),
      'attachment.send': () => ({
        ok: false,
        error: refusal('attachment_unfit', 'No.', { problem: 'misnamed' }),
      }),
    },
  })
  await user.keyboard('j')
  await user.keyboard('f')
  await within(section()).findByRole('alert')
  expect(within(section()).queryByRole('button', { name: /^Försök igen/ })).toBeNull()
  await user.keyboard('i')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Glöm Ritning 1.pdf')
})

test('what is on its way when somebody signs out is attached to nothing', async () => {
  let arrive = () => {}
  const { user, tell, fake } = await renderDesk({
    answers: {
      'attachment.choose': () => chosen([file(1)]),
      'attachment.send': () =>
        new Promise((resolve) => {
          arrive = () => resolve({ ok: true })
        }),
    },
  })
  await user.keyboard('j')
  await user.keyboard('f')
  await within(section()).findByText(/Skickas/)
  tell('session.changed', { kind: 'first_run' })
  arrive()
  await waitFor(() =>
    expect(fake.asked.some(({ name }) => name === 'attachment.forget')).toBe(true),
  )
  await new Promise((settle) => setTimeout(settle))
  expect(sent(fake)).toEqual([])
})

test('whoever does not decide for the company is offered nothing, and told why when dropping', async () => {
  const rep = person({ roles: ['rep'], username: 'ny', team: null })
  const { user } = await renderDesk({
    session: {
      kind: 'signed_in',
      gateway: 'https://kontor.example.se',
      demo: false,
      user: rep,
      remembered: true,
    },
    changes: [...withSome(), change('user', rep.id, rep, 2)],
  })
  await user.keyboard('j')
  expect(rows()).toHaveLength(someAttachments.length)
  expect(within(section()).queryByRole('button', { name: /^(Ta bort|Visa|Bifoga)/ })).toBeNull()
  const detail = screen.getByRole('region', { name: /^K-\d+$/ })
  fireEvent.dragEnter(detail, { dataTransfer: { types: ['Files'], files: [], dropEffect: '' } })
  expect(await screen.findByText('Du har inte rätt att göra det här.')).toBeTruthy()
})

test('what no answer came to is tried again, and can be let go of', async () => {
  const { user } = await renderDesk({
    answerCommand: () => ({ kind: 'unanswered' }),
    answers: { 'attachment.choose': () => chosen([file(1)]) },
  })
  await user.keyboard('j')
  await user.keyboard('f')
  expect(textOf(await within(section()).findByRole('alert'))).toContain('Inget svar kom')
  await user.click(button('Glöm Ritning 1.pdf'))
  expect(rows()).toEqual([])
})

test('without a connection nothing is sent, and it says so', async () => {
  const { user, tell, fake } = await renderDesk({
    changes: withSome(),
    answers: { 'attachment.choose': () => chosen([file(9)]) },
  })
  await user.keyboard('j')
  tell('connection.changed', {
    kind: 'offline',
    since: '2026-11-23T13:05:00.000Z',
    lastInStep: null,
    nextTryAt: null,
    reason: 'unreachable',
  })
  expect(textOf(section())).toContain('Bilagor går att hämta och ändra när kontakten är tillbaka.')
  await user.keyboard('f')
  expect(fake.asked.some(({ name }) => name === 'attachment.choose')).toBe(false)
  // They are still there to be read of.
  expect(rows()).toHaveLength(someAttachments.length)
  expect(within(section()).queryAllByRole('button')).toHaveLength(0)
})

test('by the keyboard alone: from file to file, kept on the computer, shown to the customer', async () => {
  const saved: unknown[] = []
  const { user, fake } = await renderDesk({
    changes: withSome(),
    answerCommand: gateway(someAttachments),
    answers: {
      'attachment.save': (argument) => {
        saved.push(argument)
        return { kind: 'saved', file: 'Kalkyl.xlsx' }
      },
    },
  })
  await user.keyboard('j')
  await user.keyboard('iii')
  expect(textOf(document.activeElement)).toBe('Kalkyl.xlsx')
  await user.keyboard('{Enter}')
  expect(saved).toEqual([
    { requisitionId: first.id, attachmentId: uuid(3, 4), name: 'Kalkyl.xlsx' },
  ])
  expect(await screen.findByText('Kalkyl.xlsx är sparad')).toBeTruthy()
  await user.tab()
  await user.tab()
  // What the customer has seen stays seen: it is asked once, and going on typing says no.
  await user.keyboard('{Enter}{Enter}')
  await waitFor(() => expect(textOf(document.activeElement)).toBe('Kalkyl.xlsx'))
  expect(sent(fake)).toEqual([])
  await user.tab()
  await user.tab()
  await user.keyboard('{Enter}')
  await user.tab({ shift: true })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(rows()[2]).toContain('Kunden ser den'))
  expect(await screen.findByText('Kunden ser nu Kalkyl.xlsx')).toBeTruthy()
  expect(sent(fake).at(-1)?.payload).toEqual({
    attachmentId: uuid(3, 4),
    name: 'Kalkyl.xlsx',
    visibility: 'customer',
  })
})

test('it is taken off when that is confirmed, and the focus goes to the next', async () => {
  const { user, fake } = await renderDesk({
    changes: withSome(),
    answerCommand: gateway(someAttachments),
  })
  await user.keyboard('j')
  await user.click(button(/^Ta bort SV/))
  expect(screen.getByRole('alertdialog', { name: 'Ta bort bilagan?' })).toBeTruthy()
  // Asked, one says no by the same key as everywhere; what is open stays open.
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  await waitFor(() => expect(textOf(document.activeElement)).toContain('SV Leveransvillkor'))
  expect(sent(fake)).toEqual([])
  await user.click(button(/^Ta bort SV/))
  await user.click(screen.getByRole('button', { name: 'Ta bort' }))
  await waitFor(() => expect(rows()).toHaveLength(2))
  expect(sent(fake).map(({ payload }) => payload)).toEqual([{ attachmentId: uuid(2, 4) }])
  expect(textOf(document.activeElement)).toBe('Kalkyl.xlsx')
})

test('why it could not be changed is told, and it stays as it was', async () => {
  const { user } = await renderDesk({
    changes: withSome(),
    answerCommand: ({ type }) =>
      type === 'requisition.detach'
        ? { kind: 'refused', error: refusal('forbidden', 'No.') }
        : { kind: 'accepted', result: {}, version: 1 },
  })
  await user.keyboard('j')
  await user.click(button(/^Ta bort SV/))
  await user.click(screen.getByRole('button', { name: 'Ta bort' }))
  expect(await screen.findByText('Du har inte rätt att göra det här.')).toBeTruthy()
  expect(rows()).toHaveLength(3)
})

test('files are dropped onto what is open, and anything else is left to the page', async () => {
  const dropped: (readonly object[])[] = []
  const { user } = await renderDesk({
    answerCommand: gateway(),
    takeDropped: (files) => {
      dropped.push(files)
      return [file(5)]
    },
  })
  await user.keyboard('j')
  const detail = screen.getByRole('region', { name: /^K-\d+$/ })
  const dataTransfer = { types: ['Files'], files: [{ name: 'Ritning 5.pdf' }], dropEffect: '' }
  expect(
    fireEvent.dragEnter(detail, { dataTransfer: { ...dataTransfer, types: ['text/plain'] } }),
  ).toBe(true)
  expect(screen.queryByText(/Släpp för att bifoga/)).toBeNull()
  fireEvent.dragEnter(detail, { dataTransfer })
  expect(screen.getByText(`Släpp för att bifoga till ${first.number}`)).toBeTruthy()
  // Prevented, else the window would go to the file.
  expect(fireEvent.dragOver(detail, { dataTransfer })).toBe(false)
  fireEvent.drop(detail, { dataTransfer })
  expect(screen.queryByText(/Släpp för att bifoga/)).toBeNull()
  await waitFor(() => expect(rows()).toEqual([expect.stringContaining('Ritning 5.pdf')]))
  expect(dropped).toEqual([dataTransfer.files])
  // What is beyond the room is not even read, and it says so.
  const many = Array.from({ length: 21 }, (_, at) => ({ name: `${at}.pdf` }))
  fireEvent.drop(detail, { dataTransfer: { ...dataTransfer, files: many } })
  expect(await screen.findByText(/2 filer kom inte med: högst 20 .* 18 kom inte med/)).toBeTruthy()
  expect(dropped[1]).toEqual(many.slice(0, 19))
})

test('what was rejected gets no more, and what was shown by mistake can be hidden and taken off', async () => {
  const outcome = {
    kind: 'rejected',
    reason: 'Nej.',
    by: { kind: 'user', id: uuid(1, 9), name: 'Karin Åberg' },
    at: '2026-11-23T09:00:00.000Z',
  } as const
  const value = { ...withAttachments(first), state: 'rejected', outcome } as const
  const { user, desk } = await renderDesk({
    changes: [...workingSet(), change('requisition', first.id, value, 2)],
  })
  desk.navigation.open('requisition', first.id)
  await waitFor(() => expect(rows()).toHaveLength(3))
  expect(
    within(section()).queryByRole('button', { name: /^(Visa .* för kunden|Bifoga)/ }),
  ).toBeNull()
  expect(within(section()).getAllByRole('button', { name: /^Ta bort/ })).toHaveLength(3)
  expect(button(/^Visa .* bara internt/)).toBeTruthy()
  expect(button(/^Spara Kalkyl/)).toBeTruthy()
  await user.keyboard('f')
  expect(screen.queryByRole('alertdialog')).toBeNull()
})

test.each([
  ['here', true],
  ['gone from this computer', false],
])(
  'an order shows what its requisition has, %s, and nothing to change it by',
  async (_, isHere) => {
    const { user } = await renderDesk({
      changes: [
        ...officeSet().filter(({ kind, id }) => kind !== 'requisition' || id !== first.id),
        ...(isHere ? [change('requisition', first.id, withAttachments(first), 2)] : []),
      ],
      answerQuery: (query) =>
        query.type === 'requisition.get' && query.params['id'] === first.id
          ? { ok: true, result: { version: 2, value: withAttachments(first) } }
          : officeAnswer(query),
    })
    await user.keyboard('{Control>}2{/Control}')
    await user.keyboard('j')
    await waitFor(() => expect(rows()).toHaveLength(someAttachments.length))
    expect(within(section()).queryByRole('button', { name: /^(Ta bort|Visa|Bifoga)/ })).toBeNull()
    expect(button(/^Spara Kalkyl/)).toBeTruthy()
  },
)

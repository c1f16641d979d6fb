import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SendResult } from '../../../../contract/console'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { Requisition } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge } from '../../../fakes/bridge'
import { change, user as makeUser, uuid } from '../../../fakes/desk/entities'
import { erikIsThere, inSteps, waited } from '../../../fakes/desk/steps'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const erik = { kind: 'user', id: uuid(2, 9), name: 'Erik Dahl' } as const
const karin = { kind: 'user', id: makeUser().id, name: 'Karin Åberg' } as const
const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: '2026-11-23T13:05:08.000Z',
  reason: 'unreachable',
} as const

function requisitionOf(id: string): Requisition {
  return workingSet().find((one) => one.id === id)?.value as Requisition
}
const ordered = (by: typeof erik | typeof karin, id = uuid(1)) =>
  ({
    ...requisitionOf(id),
    state: 'ordered',
    outcome: {
      kind: 'ordered',
      orderId: uuid(9, 5),
      orderNumber: '100232',
      by,
      at: '2026-11-23T13:04:50.000Z',
      automatic: false,
    },
  }) satisfies Requisition

/** Accepts decisions as the gateway does: the change first or after, as told. */
function accepting(command: CommandEnvelope, bridge: FakeBridge): SendResult {
  if (command.type === 'requisition.mark_read') return { kind: 'accepted', result: {}, version: 1 }
  bridge.tell('replica.changes', [
    change('requisition', command.aggregateId, ordered(karin, command.aggregateId), 2),
  ])
  return { kind: 'accepted', result: { orderId: uuid(9, 5), orderNumber: '100232' }, version: 2 }
}
const decisions = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => type !== 'requisition.mark_read')
const detail = () => screen.getByRole('region', { name: /^K-\d+$/ })

describe('the list', () => {
  test('says first why someone is wanted, with figures in their form', async () => {
    await renderDesk()
    const first = textOf(row('45 476,20'))
    expect(first).toContain('Ahlbergs Rör AB')
    expect(first).toContain('45 476,20 kr')
    expect(first.indexOf('över gräns')).toBeLessThan(first.indexOf('Inköpsförslag'))
    expect(first).toContain('14:02')
    expect(textOf(row('Mälarkök'))).toContain('Erik Dahl har den')
  })

  test('marks what is unread until it has been open for a while', async () => {
    const { user, fake } = await renderDesk({ answerCommand: accepting })
    expect(within(row('Nordkust')).getByText('Oläst')).toBeTruthy()
    await user.click(row('Nordkust'))
    await waitFor(() => expect(within(row('Nordkust')).queryByText('Oläst')).toBeNull(), {
      timeout: 3_000,
    })
    expect(fake.commands()).toMatchObject([
      { type: 'requisition.mark_read', aggregateId: uuid(3), expectedVersion: null },
    ])
  })

  test('filters, searches as one types, and says when nothing is found', async () => {
    const { user } = await renderDesk()
    await user.keyboard('/')
    await user.keyboard('värmepump')
    expect(screen.getAllByRole('option')).toHaveLength(3)
    await user.keyboard(' xyz')
    expect(screen.queryAllByRole('option')).toHaveLength(0)
    expect(screen.getByText('Inget stämmer med ”värmepump xyz”')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.getAllByRole('option').length).toBeGreaterThan(3)
    await user.click(screen.getByRole('radio', { name: 'Avslutade' }))
    expect(screen.getAllByRole('option')).toHaveLength(2)
    expect(textOf(row('100 231'))).toContain('Order 100 231')
  })

  test('a letter typed in a field is a letter', async () => {
    const { user, fake } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard('/')
    await user.keyboard('area')
    expect(decisions(fake)).toEqual([])
    expect(screen.queryByRole('textbox', { name: 'Skäl' })).toBeNull()
  })
})

describe('the detail', () => {
  test('shows who asks, why, every price and where each line can come from', async () => {
    const { user } = await renderDesk()
    await user.keyboard('j')
    const text = textOf(detail())
    expect(text).toContain('Anna Lindfår beställa · gräns 25 000 kr')
    expect(text).toContain('Kredit212 400 av 300 000 kr')
    expect(text).toContain(
      'Behöver attest: totalen 45 476,20 kr utan moms är över gränsen 25 000 kr per order och priset är nu ett annat än det kunden såg på 1 rad.',
    )
    const valve = screen.getAllByRole('row').find((one) => textOf(one).includes('KV-0150'))
    if (!valve) throw new Error('There is no row for the valve')
    const cells = within(valve).getAllByRole('cell').map(textOf)
    expect(cells[8]).toContain('pris +3,2 % sedan kunden såg det, nu 66,98')
    expect(cells[1]).toBe('40 st')
    expect(cells[2]).toContain('64,90')
    expect(cells[2]).toContain('gruppens lista')
    expect(cells[3]).toBe('74,50')
    expect(cells[4]).toBe('−5 %')
    expect(cells[5]).toBe('25 %')
    expect(cells[6]).toBe('2 466,20')
    expect(cells[7]).toBe('Stockholm12 nu · 28 den 2 decGöteborg96 nuUmeå10 arbetsdagar · 7 dec')
  })

  test('tells how a price came about', async () => {
    const { user } = await renderDesk()
    await user.keyboard('j')
    await user.click(screen.getByRole('button', { name: /64,90/ }))
    const text = textOf(screen.getByRole('dialog', { name: 'Varför det här priset?' }))
    expect(text).toContain('Kampanjen Höst hade 69,00 kr, som inte gäller.')
    expect(text).toContain('Kundgruppens prislista VVS-B: 66,98 kr.')
    expect(text).toContain('Rabatt 5 %.')
  })

  test('lowers what can be delivered the moment an order of ours takes it', async () => {
    const { user, tell } = await renderDesk()
    await user.keyboard('j')
    expect(textOf(detail())).toContain('Stockholm340 nu')
    tell('replica.changes', [
      change('commitment', uuid(1, 5), {
        orderId: uuid(1, 5),
        exportedAt: null,
        lines: [{ articleId: 'RB-2206', warehouseId: 'STO', quantity: 100_000, plannedDate: null }],
      }),
    ])
    expect(textOf(detail())).toContain('Stockholm240 nu')
  })
})

describe('approving', () => {
  test('one key sends it with what it was decided on, tells the number and goes on', async () => {
    const { user, fake, reports } = await renderDesk({ answerCommand: accepting })
    await user.keyboard('j')
    await user.keyboard('a')
    expect(decisions(fake)).toMatchObject([
      {
        type: 'requisition.approve',
        aggregateId: uuid(1),
        expectedVersion: 1,
        payload: { revision: 1, warehouses: {} },
      },
    ])
    await screen.findByText('Order 100232 till Ahlbergs Rör AB')
    expect(row('Bergvalla').getAttribute('aria-selected')).toBe('true')
    expect(screen.queryAllByRole('option')).toHaveLength(10)
    expect(reports).toEqual([])
  })

  test('is pending until answered, and cannot be pressed twice', async () => {
    const { user, fake } = await renderDesk({ answerCommand: () => new Promise(() => undefined) })
    await user.keyboard('j')
    await user.keyboard('aa')
    expect(decisions(fake)).toHaveLength(1)
    expect(textOf(row('45 476,20'))).toContain('Godkänns…')
    // Nothing says that it has been approved.
    expect(textOf(detail())).not.toContain('Godkänd')
    const button = screen.getByRole('button', { name: 'Godkänn till order' })
    expect(button.hasAttribute('disabled')).toBe(true)
  })

  test('that nobody answers is asked about, and then asked again by the same key', async () => {
    let isMute = true
    const { user, fake } = await renderDesk({
      answerCommand: (command, bridge) =>
        isMute ? { kind: 'unanswered' } : accepting(command, bridge),
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    await user.keyboard('j')
    await user.keyboard('a')
    expect(textOf(row('45 476,20'))).toContain('frågar vad det blev')
    expect(screen.getAllByText(/Kontor frågar gatewayen vad det blev/).length).toBeGreaterThan(0)
    // Where it is delivered from stays in sight, and is no longer to be changed.
    const [stockholm] = screen.getAllByRole('radio', { name: 'Stockholm' })
    expect(stockholm?.hasAttribute('disabled')).toBe(true)
    await user.keyboard('a')
    await act(() => vi.advanceTimersByTimeAsync(61_000))
    expect(textOf(row('45 476,20'))).toContain('oklart om den gick fram')
    expect(textOf(screen.getByRole('alert'))).toContain('Det blir aldrig mer än en order')
    expect(screen.queryByRole('button', { name: 'Godkänn till order' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Fråga igen' })).toBeTruthy()
    isMute = false
    await user.keyboard('a')
    await screen.findByText('Order 100232 till Ahlbergs Rör AB')
    expect(new Set(decisions(fake).map(({ id }) => id)).size).toBe(1)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('says who was first when someone was', async () => {
    const { user } = await renderDesk({
      answerCommand: (command, bridge) => {
        if (command.type === 'requisition.mark_read') return { kind: 'unanswered' }
        const now = ordered(erik)
        bridge.tell('replica.changes', [change('requisition', uuid(1), now, 2)])
        const details = { outcome: now.outcome, state: 'ordered', currentVersion: 2 }
        return { kind: 'refused', error: refusal('already_decided', 'Already decided', details) }
      },
    })
    await user.keyboard('j')
    await user.keyboard('a')
    const alert = await screen.findByRole('alert')
    expect(textOf(alert)).toContain('Någon hann före. Erik Dahl godkände den för')
    // What one is reading stays before one's eyes.
    expect(textOf(detail())).toContain('Order 100232.')
    expect(row('45 476,20').getAttribute('aria-selected')).toBe('true')
  })

  test('says why it was refused, and lets one try again', async () => {
    const error = refusal('above_limit', 'Above', { total: 100, limit: 50, currency: 'SEK' })
    const { user, fake } = await renderDesk({
      answerCommand: () => ({ kind: 'refused', error }),
    })
    await user.keyboard('j')
    await user.keyboard('a')
    expect(textOf(await screen.findByRole('alert'))).toContain('Totalen 1,00 kr är över din gräns')
    await user.keyboard('a')
    expect(decisions(fake)).toHaveLength(2)
  })

  test('is not to be had offline, in words; rejecting is', async () => {
    const { user, fake } = await renderDesk({ connection: offline })
    await user.keyboard('j')
    await user.keyboard('a')
    expect(decisions(fake)).toEqual([])
    const approve = screen.getByRole('button', { name: 'Godkänn till order' })
    expect(approve.hasAttribute('disabled')).toBe(true)
    expect(screen.getAllByText(/Godkänna går inte utan kontakt/).length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: 'Avslå' }).hasAttribute('disabled')).toBe(false)
    expect(screen.getByText(/Historiken finns hos gatewayen/)).toBeTruthy()
  })

  test('an approval limit that an admin changes counts at once', async () => {
    const { fake, user, tell } = await renderDesk()
    await user.click(row('45 476,20'))
    tell('replica.changes', [change('user', karin.id, makeUser({ approvalLimit: 1_000_000 }), 99)])
    await user.keyboard('a')
    expect(decisions(fake)).toEqual([])
    expect(screen.getAllByText(/är över din gräns 10.000,00.kr/).length).toBeGreaterThan(0)
    tell('replica.changes', [change('user', karin.id, makeUser({ approvalLimit: null }), 100)])
    await user.keyboard('a')
    expect(decisions(fake)).toHaveLength(1)
  })

  test('in steps: says which rule asks and by which figure, whose turn it is, and takes one’s own', async () => {
    const { user, fake, tell } = await renderDesk({
      answerCommand: (command, bridge) => {
        if (command.type === 'requisition.mark_read')
          return { kind: 'accepted', result: {}, version: 1 }
        const now = inSteps(requisitionOf(uuid(1)), ['karin', 'erik'], 1)
        bridge.tell('replica.changes', [change('requisition', uuid(1), now, 4)])
        return { kind: 'accepted', result: {}, version: 4 }
      },
    })
    await user.keyboard('j')
    tell('replica.changes', [
      erikIsThere,
      change('requisition', uuid(1), inSteps(requisitionOf(uuid(1)), ['erik', 'karin']), 2),
    ])
    const steps = () =>
      within(screen.getByRole('list', { name: 'Atteststeg' })).getAllByRole('listitem')
    expect(textOf(detail())).toContain(
      'Stor order: total utan moms 45 476,20 kr är över 40 000 kr.',
    )
    expect(steps().map(textOf)).toEqual([
      'Erik Dahl · att godkänna nu · Stor order',
      'Karin Åberg · väntar på stegen före · Stor order',
    ])
    await user.keyboard('a')
    expect(decisions(fake)).toEqual([])
    expect(screen.getAllByText('Väntar på Erik Dahl.').length).toBeGreaterThan(0)

    tell('replica.changes', [
      change('requisition', uuid(1), inSteps(requisitionOf(uuid(1)), ['karin', 'erik']), 3),
    ])
    await user.click(screen.getByRole('button', { name: 'Godkänn ditt steg' }))
    expect(decisions(fake)).toHaveLength(1)
    await screen.findByText(/ditt steg är godkänt/)
  })

  test('in steps: those whom it waits for are reminded, and not twice within the hour', async () => {
    const { user, fake, tell } = await renderDesk({
      answerCommand: () => ({ kind: 'accepted', result: {}, version: 3 }),
    })
    await user.keyboard('j')
    const waiting = inSteps(requisitionOf(uuid(1)), ['erik', 'karin'])
    tell('replica.changes', [erikIsThere, change('requisition', uuid(1), waiting, 2)])
    await user.keyboard('m')
    expect(decisions(fake)).toMatchObject([
      { type: 'requisition.remind', aggregateId: uuid(1), payload: { revision: 1 } },
    ])
    await screen.findByText('De som ska godkänna är påminda.')
    const reminder = { at: '2026-11-23T13:04:30.000Z', by: { id: karin.id, name: karin.name } }
    tell('replica.changes', [change('requisition', uuid(1), { ...waiting, reminder }, 3)])
    expect(textOf(detail())).toContain('Karin Åberg påminde om den')
    await user.keyboard('m')
    expect(decisions(fake)).toHaveLength(1)
  })

  test('in steps: whom a colleague reminds is told, and gets there; nobody else, and not of long ago', async () => {
    const { user, tell } = await renderDesk()
    const own = inSteps(requisitionOf(uuid(1)), ['karin', 'erik'])
    const others = inSteps(requisitionOf(uuid(2)), ['erik', 'karin'])
    tell('replica.changes', [
      erikIsThere,
      change('requisition', uuid(1), own, 2),
      change('requisition', uuid(2), others, 2),
    ])
    const reminded = (one: Requisition, at: string, by: { id: string; name: string }) => ({
      ...one,
      reminder: { at, by },
    })
    tell('replica.changes', [
      change('requisition', uuid(1), reminded(own, '2026-11-23T12:04:00.000Z', erik), 3),
      change('requisition', uuid(2), reminded(others, '2026-11-23T13:04:40.000Z', erik), 3),
    ])
    tell('replica.changes', [
      change('requisition', uuid(1), reminded(own, '2026-11-23T13:04:40.000Z', karin), 4),
    ])
    expect(screen.queryByText(/påminner om K-/)).toBeNull()
    tell('replica.changes', [
      change('requisition', uuid(1), reminded(own, '2026-11-23T13:04:50.000Z', erik), 5),
    ])
    await screen.findByText(`Erik Dahl påminner om ${own.number}, Ahlbergs Rör AB`)
    await user.click(screen.getByRole('button', { name: 'Öppna' }))
    expect(screen.getByRole('region', { name: own.number })).toBeTruthy()
  })

  test('what has expired is taken up again by one key', async () => {
    const { user, fake, tell } = await renderDesk({
      answerCommand: () => ({ kind: 'accepted', result: { revision: 2 }, version: 4 }),
    })
    await user.keyboard('j')
    const open = requisitionOf(uuid(1))
    const outcome = {
      kind: 'expired',
      at: '2026-11-23T13:00:00.000Z',
      by: { kind: 'system', name: 'Kontor' },
    } as const
    tell('replica.changes', [
      change('requisition', uuid(1), { ...open, state: 'expired', outcome }, 3),
    ])
    expect(screen.getByRole('button', { name: /^Ta upp igen/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Avslå/ })).toBeNull()
    await user.keyboard('v')
    expect(decisions(fake)).toMatchObject([
      { type: 'requisition.revive', aggregateId: uuid(1), payload: { revision: 1 } },
    ])
    await screen.findByText(/är tillbaka i inkorgen, till dagens priser\./)
    tell('replica.changes', [change('requisition', uuid(1), { ...open, revision: 2 }, 4)])
    expect(screen.queryByRole('button', { name: /^Ta upp igen/ })).toBeNull()
    expect(screen.getByRole('button', { name: /^Avslå/ })).toBeTruthy()
  })

  test('in steps: another’s step is skipped with a reason, and nobody’s last one is', async () => {
    const { user, fake, tell } = await renderDesk({
      answerCommand: () => ({ kind: 'accepted', result: {}, version: 3 }),
    })
    await user.keyboard('j')
    const show = (names: readonly ('karin' | 'erik')[], version: number) =>
      tell('replica.changes', [
        erikIsThere,
        change('requisition', uuid(1), inSteps(requisitionOf(uuid(1)), names), version),
      ])
    const skip = async () => {
      await user.click(within(screen.getByRole('contentinfo')).getByRole('button', { name: 'Mer' }))
      return screen.queryByRole('menuitem', { name: /Hoppa över steget/ })
    }
    show(['erik'], 2)
    expect(await skip()).toBeNull()
    await user.keyboard('{Escape}')
    show(['erik', 'karin'], 3)
    const entry = await skip()
    if (!entry) throw new Error('The step cannot be skipped.')
    await user.click(entry)
    const reason = screen.getByRole('textbox', { name: 'Skäl' })
    await waitFor(() => expect(document.activeElement).toBe(reason))
    await user.keyboard('Erik är på semester.{Control>}{Enter}{/Control}')
    expect(decisions(fake)).toMatchObject([
      {
        type: 'requisition.skip_step',
        payload: { revision: 1, step: 0, reason: 'Erik är på semester.' },
      },
    ])
    tell('replica.changes', [
      change('requisition', uuid(1), waited(inSteps(requisitionOf(uuid(1)), ['erik', 'karin'])), 4),
    ])
    await user.click(row('Ahlbergs Rör AB'))
    const steps = within(screen.getByRole('list', { name: 'Atteststeg' }))
    expect(steps.getAllByRole('listitem').map(textOf)[0]).toMatch(
      /^Erik Dahl · överhoppat av Karin Åberg .* · ”Erik är på semester\.” · Stor order$/,
    )
  })

  test('in steps: a rule tells what it found for each of its steps; who nothing asks for has no rule', async () => {
    const { user, tell } = await renderDesk()
    await user.keyboard('j')
    const base = inSteps(requisitionOf(uuid(1)), ['erik', 'karin', 'erik'])
    const found = (value: number) => ({
      test: { fact: 'net', is: 'over', value, currency: 'SEK' } as const,
      actual: base.totals.net,
    })
    const findings = [
      [found(1_000_000), found(3_000_000)],
      [found(1_000_000), found(4_000_000)],
    ]
    const steps = base.steps?.map((step, at) => ({
      ...step,
      because: (findings[at] ? [findings[at]] : []).map((own) => ({
        ruleId: 'bands',
        name: 'Stor order',
        findings: own,
      })),
    }))
    tell('replica.changes', [
      erikIsThere,
      change('requisition', uuid(1), { ...base, ...(steps && { steps }) }, 2),
    ])
    const net = 'total utan moms 45 476,20 kr är över'
    expect(textOf(detail())).toContain(
      `Stor order: ${net} 10 000 kr, ${net} 30 000 kr och ${net} 40 000 kr`,
    )
    const list = screen.getByRole('list', { name: 'Atteststeg' })
    expect(within(list).getAllByRole('listitem').map(textOf).at(-1)).toBe(
      'Erik Dahl · väntar på stegen före',
    )
  })

  test('in steps: the history says in whose place somebody approved', async () => {
    const at = '2026-11-23T13:04:00.000Z'
    const [step] = inSteps(requisitionOf(uuid(1)), ['erik']).steps ?? []
    const approvals = [{ by: karin, for: { id: erik.id }, at, withinLimit: true }]
    const type = 'requisition.step_approved'
    const data = { steps: [{ ...step, approvals }] }
    const rows = [{ seq: 1, at, type, actor: karin, version: 2, data }]
    const { user, tell } = await renderDesk({
      answerQuery: () => ({ ok: true, result: { rows, next: null } }),
    })
    tell('replica.changes', [erikIsThere])
    await user.keyboard('j')
    expect(await screen.findByText(/^Karin Åberg för Erik Dahl ·/)).toBeTruthy()
  })

  test('is not for someone who may only read', async () => {
    const { user, fake } = await renderDesk({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: makeUser({ roles: ['admin'] }),
        remembered: true,
      },
    })
    await user.keyboard('j')
    await user.keyboard('a')
    expect(decisions(fake)).toEqual([])
    expect(screen.getAllByText(/Du får läsa men inte besluta/).length).toBeGreaterThan(0)
  })

  test('waits for whoever has taken it on, and can be taken over', async () => {
    const { user, fake } = await renderDesk()
    await user.click(row('Mälarkök'))
    expect(screen.getAllByText(/Erik Dahl har den. Ta över den först/).length).toBeGreaterThan(0)
    await user.keyboard('t')
    expect(decisions(fake)).toMatchObject([{ type: 'requisition.claim', aggregateId: uuid(6) }])
  })

  test('single keys do nothing when they are switched off', async () => {
    const { user, fake } = await renderDesk({ settings: { singleKeys: false } })
    await user.click(row('45 476,20'))
    await user.keyboard('a')
    expect(decisions(fake)).toEqual([])
    expect(screen.queryByRole('textbox', { name: 'Skäl' })).toBeNull()
  })
})

describe('where a line is delivered from', () => {
  const group = (article: string) =>
    screen.getByRole('group', { name: new RegExp(`^${article}.* levereras från$`) })
  const taken = (article: string) =>
    textOf(
      within(group(article))
        .getAllByRole('radio')
        .find((radio) => radio.getAttribute('aria-checked') === 'true') ?? null,
    )

  test('is what the gateway would take, and is chosen by key; approving sends the choice', async () => {
    const { user, fake } = await renderDesk({ answerCommand: accepting })
    await user.keyboard('j')
    // Forty: Stockholm has twelve of them.
    expect(taken('Kulventil')).toBe('Göteborg')
    await user.keyboard('w')
    expect(group('Rörböj').contains(document.activeElement)).toBe(true)
    await user.keyboard('w')
    expect(group('Kulventil').contains(document.activeElement)).toBe(true)
    await user.keyboard('{ArrowUp}')
    expect(taken('Kulventil')).toBe('Stockholm')
    expect(document.activeElement).toHaveProperty('title', 'Ditt val')
    await user.keyboard('a')
    await waitFor(() => expect(decisions(fake)).toHaveLength(1))
    const [line] = requisitionOf(uuid(1)).lines.filter(({ articleId }) => articleId === 'KV-0150')
    expect(decisions(fake)[0]?.payload).toMatchObject({
      revision: 1,
      warehouses: { [line?.id ?? '']: 'STO' },
      seen: {
        net: requisitionOf(uuid(1)).totals.net,
        status: 'active',
        lines: { [line?.id ?? '']: { delivery: { warehouseId: 'STO', kind: 'promised' } } },
      },
    })
  })

  test('is chosen with the mouse, stays through another row, and can be left to the gateway again', async () => {
    const { user, desk } = await renderDesk()
    await user.keyboard('j')
    await user.click(within(group('Kulventil')).getByRole('radio', { name: 'Umeå' }))
    await user.keyboard('jk')
    expect(taken('Kulventil')).toBe('Umeå')
    await user.click(within(group('Kulventil')).getByRole('radio', { name: 'Göteborg' }))
    expect(desk.warehouseChoices.of(requisitionOf(uuid(1)))).toEqual({})
  })

  test('is chosen anew when the customer sends another revision', async () => {
    const { user, tell } = await renderDesk()
    await user.keyboard('j')
    await user.click(within(group('Kulventil')).getByRole('radio', { name: 'Umeå' }))
    const revised = { ...requisitionOf(uuid(1)), revision: 2 }
    tell('replica.changes', [change('requisition', uuid(1), revised, 2)])
    expect(taken('Kulventil')).toBe('Göteborg')
  })

  test('is not for someone who cannot decide: they read what each warehouse can do', async () => {
    const { user } = await renderDesk()
    await user.click(row('Mälarkök'))
    expect(screen.queryAllByRole('radio', { name: 'Stockholm' })).toEqual([])
  })
})

describe('rejecting', () => {
  test('asks for a reason, keeps it through Esc and another row, and sends it once', async () => {
    const { user, fake } = await renderDesk({
      answerCommand: (command) =>
        command.type === 'requisition.reject'
          ? { kind: 'accepted', result: {}, version: 2 }
          : { kind: 'unanswered' },
    })
    await user.keyboard('j')
    await user.keyboard('r')
    await user.keyboard('Slut i år')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('textbox', { name: 'Skäl' })).toBeNull()
    expect(screen.getByText('Påbörjad text finns kvar')).toBeTruthy()
    await user.keyboard('jk')
    await user.keyboard('r')
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Skäl' })
    expect(field.value).toBe('Slut i år')
    await user.keyboard('.{Control>}{Enter}{/Control}')
    expect(decisions(fake)).toMatchObject([
      { type: 'requisition.reject', payload: { revision: 1, reason: 'Slut i år.' } },
    ])
    await screen.findByText('K-20418 från Ahlbergs Rör AB avslagen')
    expect(row('Bergvalla').getAttribute('aria-selected')).toBe('true')
  })

  test('keeps the text when it is refused', async () => {
    const { user } = await renderDesk({
      answerCommand: () => ({ kind: 'refused', error: refusal('stale_version', 'Stale') }),
    })
    await user.keyboard('j')
    await user.keyboard('r')
    await user.keyboard('Nej tack{Control>}{Enter}{/Control}')
    expect(textOf(await screen.findByRole('alert'))).toContain('Den ändrades medan du läste')
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Skäl' })
    expect(field.value).toBe('Nej tack')
  })

  test('sends nothing without a reason', async () => {
    const { user, fake } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard('r')
    await user.keyboard('   {Control>}{Enter}{/Control}')
    expect(decisions(fake)).toEqual([])
  })
})

test('what a colleague decides shows at once, and stays while it is being read', async () => {
  const { user, tell } = await renderDesk()
  await user.keyboard('j')
  tell('replica.changes', [change('requisition', uuid(1), ordered(erik), 2)])
  expect(textOf(row('45 476,20'))).toContain('Order 100232')
  expect(textOf(detail())).toContain('Order 100232. Godkänd av Erik Dahl')
  await user.keyboard('j')
  expect(screen.queryAllByRole('option').map(textOf).join()).not.toContain('45 476,20')
})

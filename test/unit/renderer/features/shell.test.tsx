import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { ConnectionState, OutboxEntry } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { change, company, user as makeUser, uuid } from '../../../fakes/desk/entities'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'
import type { RenderedDesk } from '../../../support/renderer/render-desk'

const offline: ConnectionState = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
}
const banner = () => screen.getAllByRole('status').map(textOf).join('\n')

describe('the connection', () => {
  test('out of reach: how old this is, what can be done, and a way to try at once', async () => {
    const { user, fake, tell } = await renderDesk()
    expect(banner()).toContain('Ansluten')
    tell('connection.changed', offline)
    expect(banner()).toContain('Ingen kontakt med gatewayen. Det du ser hämtades för 12 min sedan.')
    expect(banner()).toContain('Du kan läsa, avslå och skicka tillbaka.')
    await user.click(screen.getByRole('button', { name: 'Försök nu' }))
    expect(fake.asked.at(-1)?.name).toBe('connection.retry')
    tell('connection.changed', { kind: 'live', since: '2026-11-23T13:05:00.000Z' })
    expect(screen.queryByText(/Ingen kontakt/)).toBeNull()
  })

  test.each([
    ['protocol_older', 'Den här versionen av Kontor är äldre än gatewayen.'],
    ['protocol_newer', 'Den här versionen av Kontor är nyare än gatewayen.'],
    ['unavailable', 'Gatewayen är igång men kan inte svara just nu.'],
    ['refused', 'Gatewayen tog inte emot anslutningen.'],
  ] as const)('%s is told in words', async (reason, words) => {
    await renderDesk({ connection: { ...offline, reason } })
    expect(banner()).toContain(words)
  })
})

const entry = (part: Partial<OutboxEntry>): OutboxEntry => ({
  id: uuid(1, 7),
  type: 'requisition.reject',
  aggregateId: uuid(4),
  expectedVersion: 1,
  payload: { revision: 1, reason: 'Ni har redan handskar på väg.' },
  createdAt: '2026-11-23T12:58:00.000Z',
  attempts: 1,
  state: 'waiting',
  refusal: null,
  ...part,
})

describe('the outbox', () => {
  const refused = entry({
    id: uuid(2, 7),
    state: 'refused',
    refusal: refusal('claimed_by_other', 'Erik has it', { by: 'Erik Dahl' }),
  })

  test('is counted in the title bar and shown on the row; read marks are neither', async () => {
    const { tell } = await renderDesk()
    expect(screen.queryByRole('button', { name: /väntar/ })).toBeNull()
    tell('outbox.changed', [entry({}), entry({ id: uuid(3, 7), type: 'requisition.mark_read' })])
    expect(screen.getByRole('button', { name: '1 väntar' })).toBeTruthy()
    expect(textOf(row('Västra Skolan'))).toContain('väntar på kontakt')
  })

  test('tells why something came back, and sends it again or throws it away', async () => {
    const { user, fake } = await renderDesk({ outbox: [refused] })
    await user.click(screen.getByRole('button', { name: '1 kom tillbaka' }))
    const panel = screen.getByRole('dialog', { name: 'Väntar på att skickas' })
    expect(textOf(panel)).toContain('Erik Dahl har tagit hand om den.')
    expect(textOf(panel)).toContain('Ni har redan handskar på väg.')
    await user.click(within(panel).getByRole('button', { name: 'Försök igen' }))
    expect(fake.asked.at(-1)).toEqual({ name: 'outbox.retry', argument: { id: refused.id } })
    await user.click(within(panel).getByRole('button', { name: 'Kasta' }))
    expect(fake.asked.at(-1)).toEqual({ name: 'outbox.discard', argument: { id: refused.id } })
  })
})

describe('the palette', () => {
  /** The test page does not focus what asks for it; a person's window does. */
  const typeInPalette = async (user: RenderedDesk['user'], text: string) => {
    await user.keyboard('{Control>}k{/Control}')
    await user.click(screen.getByRole('textbox', { name: 'Sök eller gör något' }))
    await user.keyboard(text)
  }

  test('finds a requisition by its company and goes there', async () => {
    const { user } = await renderDesk()
    await typeInPalette(user, 'fjällbyns')
    const item = await screen.findByRole('menuitem', { name: /K-20411/ })
    await user.click(item)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(row('Fjällbyns').getAttribute('aria-selected')).toBe('true')
  })

  test('does what can be done, says why what cannot, and closes with Esc', async () => {
    const { user, fake } = await renderDesk({ connection: offline })
    await user.keyboard('j')
    await typeInPalette(user, 'godk')
    expect(textOf(await screen.findByRole('menuitem', { name: /Godkänn till order/ }))).toContain(
      'Godkänna går inte utan kontakt',
    )
    await user.keyboard('{Escape}{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await typeInPalette(user, 'mörkt')
    await screen.findByRole('menuitem', { name: /Mörkt utseende/ })
    await user.keyboard('{Enter}')
    expect(fake.asked.at(-1)).toEqual({ name: 'settings.update', argument: { theme: 'dark' } })
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  test('lists a decision with nothing to decide on, and says what is missing', async () => {
    const { user, fake } = await renderDesk()
    await typeInPalette(user, 'avslå')
    const item = await screen.findByRole('menuitem', { name: /Avslå/ })
    expect(textOf(item)).toContain('Öppna först ett dokument i inkorgen.')
    await user.click(item)
    expect(await screen.findByText('Öppna först ett dokument i inkorgen.')).toBeTruthy()
    expect(fake.commands().filter(({ type }) => type === 'requisition.reject')).toEqual([])
  })

  test('puts what is called just so before all that only has the letters', async () => {
    const changes = [
      ...workingSet(),
      change('company', '777', company({ id: '777', name: 'Order' })),
      change('company', '778', company({ id: '778', name: 'Order och reda' })),
    ]
    const { user, desk } = await renderDesk({ changes })
    await user.keyboard('{Control>}k{/Control}')
    await user.keyboard('order')
    const [first] = screen.getAllByRole('menuitem')
    expect(textOf(first ?? null)).toContain('777')
    await user.keyboard('{Enter}')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'customers',
      selected: { customers: '777' },
    })
    await user.keyboard('{Control>}k{/Control}')
    await user.keyboard('k20418')
    await user.keyboard('{Enter}')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'inbox',
      selected: { inbox: uuid(1) },
    })
  })

  test('has its first row marked before anything is typed', async () => {
    const { user, fake } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard('{Control>}k{/Control}')
    const [first] = await screen.findAllByRole('menuitem')
    expect(first?.hasAttribute('data-focused')).toBe(true)
    expect(document.activeElement?.tagName).toBe('INPUT')
    expect(document.activeElement?.getAttribute('aria-activedescendant')).toBe(first?.id)
    // Whatever is open: Enter by mistake decides nothing.
    await user.keyboard('{Enter}')
    expect(fake.commands().filter(({ type }) => type !== 'requisition.mark_read')).toEqual([])
  })

  test('finds what is done by its name in another language too', async () => {
    const { user } = await renderDesk()
    await typeInPalette(user, 'dark')
    expect(await screen.findByRole('menuitem', { name: /Mörkt utseende/ })).toBeTruthy()
  })
})

test('the sheet shows the keys of the registry, and not those that are switched off', async () => {
  const { user, tell } = await renderDesk()
  await user.keyboard('?')
  const sheet = screen.getByRole('dialog', { name: 'Kortkommandon' })
  const approve = () => within(sheet).getByText('Godkänn till order').parentElement
  expect(textOf(approve())).toBe('Godkänn till orderA')
  tell('settings.changed', {
    language: 'sv',
    theme: 'light',
    singleKeys: false,
    density: 'comfortable',
  })
  expect(textOf(approve())).toBe('Godkänn till order')
})

test('the whole window changes language at once', async () => {
  const { tell } = await renderDesk()
  tell('settings.changed', {
    language: 'en',
    theme: 'light',
    singleKeys: true,
    density: 'comfortable',
  })
  expect(document.documentElement.lang).toBe('en')
  expect(textOf(row('Ahlbergs'))).toContain('SEK 45,476.20')
  expect(textOf(row('Ahlbergs'))).toContain('above limit')
})

test('an action of the menu bar is run', async () => {
  const { tell } = await renderDesk()
  tell('action.run', { id: 'shortcuts' })
  expect(screen.getByRole('dialog', { name: 'Kortkommandon' })).toBeTruthy()
  tell('action.run', { id: 'no.such.action' })
})

describe('said once', () => {
  test('that nothing is remembered, that a file was set aside, that something cannot be read', async () => {
    const { user, reports, tell } = await renderDesk({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: makeUser(),
        remembered: false,
      },
      info: { recovered: [{ file: 'settings.json', keptAs: 'settings.broken.json' }] },
      changes: [
        ...workingSet(),
        { ...change('company', '9', null), value: { ...company({ id: '9', name: 'X' }), name: 7 } },
      ],
    })
    expect(banner()).toContain('Datorn har ingen nyckelring')
    expect(banner()).toContain('Det gamla innehållet finns kvar som settings.broken.json.')
    expect(banner()).toContain('1 post från gatewayen gick inte att tolka')
    expect(reports).toHaveLength(1)
    // Found when somebody's desk was opened, long after the window.
    tell('app.recovered', { file: 'outbox', keptAs: 'outbox.broken.log' })
    expect(banner()).toContain('Det gamla innehållet finns kvar som outbox.broken.log.')
    expect(banner()).toContain('settings.broken.json')
    for (const button of screen.getAllByRole('button', { name: 'Stäng' })) await user.click(button)
    expect(banner()).not.toContain('nyckelring')
  })
})

describe('signing out', () => {
  test('asks first when decisions wait, and says whose they are', async () => {
    const { user, fake } = await renderDesk({ outbox: [entry({})] })
    const signOut = async () => {
      await user.click(screen.getByRole('button', { name: /Konto och program/ }))
      await user.click(await screen.findByRole('menuitem', { name: /Logga ut/ }))
    }
    const asked = () => fake.asked.map(({ name }) => name)
    await signOut()
    const dialog = await screen.findByRole('dialog', { name: 'Logga ut med 1 beslut som väntar?' })
    expect(textOf(dialog)).toMatch(/1 beslut väntar.*när du loggar in som Karin Åberg igen/)
    await user.click(within(dialog).getByRole('button', { name: 'Avbryt' }))
    expect(asked()).not.toContain('session.signOut')
    await signOut()
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Logga ut' }),
    )
    expect(asked()).toContain('session.signOut')
  })

  test('asks nothing when all is sent', async () => {
    const { user, fake } = await renderDesk()
    await user.click(screen.getByRole('button', { name: /Konto och program/ }))
    await user.click(await screen.findByRole('menuitem', { name: /Logga ut/ }))
    expect(fake.asked.map(({ name }) => name)).toContain('session.signOut')
  })
})

test('whoever sees no customers is offered no screen of theirs, and told what the role is for', async () => {
  const { user, desk } = await renderDesk({
    session: {
      kind: 'signed_in',
      gateway: 'https://kontor.example.se',
      demo: false,
      remembered: true,
      user: makeUser({ id: uuid(99, 9), roles: ['agent'] }),
    },
  })
  const rail = screen.getByRole('navigation', { name: 'Skärmar' })
  expect(within(rail).getAllByRole('button').map(textOf)).toEqual(['Inställningar'])
  expect(screen.getByText(/Handläggare: rollen är till för/)).toBeTruthy()
  await user.keyboard('{Control>}1{/Control}')
  expect(desk.navigation.store.getState().screen).toBe('settings')
})

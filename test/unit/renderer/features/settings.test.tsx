import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { OutboxEntry, SessionState } from '../../../../contract/console'
import type { User } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { uuid } from '../../../fakes/desk/entities'
import { officeSet, people } from '../../../fakes/desk/office'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

function as(user: User, demo = false): SessionState {
  return {
    kind: 'signed_in',
    gateway: 'https://kontor.example.se',
    demo,
    user,
    remembered: true,
  }
}
async function renderSettings(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: officeSet(),
    session: as(people.erik),
    ...options,
  })
  await rendered.user.keyboard('{Control>}4{/Control}')
  return rendered
}
const section = (name: string) => screen.getByRole('region', { name })
const updates = (fake: Awaited<ReturnType<typeof renderSettings>>['fake']) =>
  fake.asked.filter(({ name }) => name === 'settings.update').map(({ argument }) => argument)
const entry = (part: Partial<OutboxEntry>): OutboxEntry => ({
  id: uuid(1, 7),
  type: 'requisition.reject',
  aggregateId: uuid(4),
  expectedVersion: 1,
  payload: { revision: 1, reason: 'Nej' },
  createdAt: '2026-11-23T12:58:00.000Z',
  attempts: 1,
  state: 'waiting',
  refusal: null,
  ...part,
})

describe('a setting', () => {
  test('takes effect at once: language, theme, density', async () => {
    const { user, fake } = await renderSettings()
    await user.click(screen.getByRole('radio', { name: 'Mörkt' }))
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'))
    await user.click(screen.getByRole('radio', { name: 'Tätt' }))
    await waitFor(() => expect(document.documentElement.dataset['density']).toBe('compact'))
    await user.click(screen.getByRole('radio', { name: 'English' }))
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('en')
    expect(updates(fake)).toEqual([{ theme: 'dark' }, { density: 'compact' }, { language: 'en' }])
  })

  test('switches single keys off, so that a letter no longer moves anything', async () => {
    const { user, fake, desk } = await renderSettings()
    await user.click(screen.getByRole('switch', { name: /Kortkommandon med en tangent/ }))
    await waitFor(() => expect(updates(fake)).toEqual([{ singleKeys: false }]))
    await user.keyboard('{Control>}1{/Control}j')
    expect(desk.navigation.store.getState()).toMatchObject({ screen: 'inbox' })
    expect(desk.navigation.store.getState().selected['inbox'] ?? null).toBeNull()
  })

  test('that cannot be saved says so with a reference, and stays as it was', async () => {
    const { user } = await renderSettings({
      answers: {
        'settings.update': () => {
          throw new Error('the disk is full')
        },
      },
    })
    await user.click(screen.getByRole('radio', { name: 'Mörkt' }))
    expect(textOf(await screen.findByRole('alert'))).toContain('Referens REFERENCE')
    expect(screen.getByRole('radio', { name: 'Ljust' }).getAttribute('aria-checked')).toBe('true')
  })

  test('leads to the sheet of shortcuts', async () => {
    const { user } = await renderSettings()
    await user.click(screen.getByRole('button', { name: 'Visa alla kortkommandon' }))
    expect(screen.getByRole('dialog', { name: 'Kortkommandon' })).toBeTruthy()
  })
})

describe('the account', () => {
  test('says who one is, with which roles and limit, and who changes them', async () => {
    await renderSettings()
    const text = textOf(section('Konto'))
    expect(text).toContain('AnvändareErik Dahl')
    expect(text).toContain('RollerSäljare')
    expect(text).toContain('Attestgräns50 000 kr utan moms')
    expect(text).toContain('Roller och gränser ändras av Mona Berg.')
  })

  test('leads an administrator to the users', async () => {
    const { user, desk } = await renderSettings({ session: as(people.mona) })
    expect(textOf(section('Konto'))).not.toContain('Attestgräns')
    await user.click(screen.getByRole('button', { name: 'Användare och roller' }))
    expect(desk.navigation.store.getState().screen).toBe('users')
  })

  test('says before signing out what becomes of what is not sent', async () => {
    const { user, fake } = await renderSettings({
      outbox: [
        entry({}),
        entry({ id: uuid(2, 7), aggregateId: uuid(5) }),
        entry({
          id: uuid(3, 7),
          aggregateId: uuid(6),
          state: 'refused',
          refusal: refusal('already_decided', 'late'),
        }),
        entry({ id: uuid(4, 7), type: 'requisition.mark_read', payload: { revision: 1 } }),
      ],
    })
    const text = textOf(section('Konto'))
    expect(text).toContain('2 saker du har gjort är inte skickade än.')
    expect(text).toContain('skickas när du loggar in här igen, inte förr.')
    expect(text).toContain('1 sak kom tillbaka')
    await user.click(within(section('Konto')).getByRole('button', { name: 'Visa vad som väntar' }))
    expect(screen.getByRole('dialog', { name: 'Väntar på att skickas' })).toBeTruthy()
    await user.keyboard('{Escape}')
    await user.click(within(section('Konto')).getByRole('button', { name: 'Logga ut' }))
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Logga ut' }),
    )
    expect(fake.asked.at(-1)?.name).toBe('session.signOut')
  })
})

test('tells the version, the gateway and files that were set aside', async () => {
  const { user, fake } = await renderSettings({
    session: as(people.erik, true),
    info: { recovered: [{ file: 'settings.json', keptAs: 'settings.broken-1.json' }] },
  })
  const text = textOf(section('Om Kontor'))
  expect(text).toContain('Version0.1.0')
  expect(text).toContain('https://kontor.example.se · demon på den här datorn · Ansluten')
  expect(textOf(section('Återställda filer'))).toContain('settings.broken-1.json')
  await user.click(screen.getByRole('button', { name: 'Kopiera adressen' }))
  expect(fake.asked.at(-1)).toEqual({
    name: 'clipboard.writeText',
    argument: { text: 'https://kontor.example.se' },
  })
})

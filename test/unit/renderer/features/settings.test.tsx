import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { OutboxEntry, SessionState } from '../../../../contract/console'
import type { EntityOf, User } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { change, uuid } from '../../../fakes/desk/entities'
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
  await rendered.user.keyboard('{Control>}6{/Control}')
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

describe('a stand-in', () => {
  const given = {
    id: uuid(1, 8),
    fromUserId: people.erik.id,
    toUserId: people.karin.id,
    from: '2026-11-23',
    until: '2026-11-29',
    reason: 'Semester',
    isEnded: false,
  }

  test('is asked by name and days, and stands there until it is ended', async () => {
    const { user, fake } = await renderSettings({
      answerCommand: (command, bridge) => {
        const isNew = command.type === 'delegation.create'
        const id = command.aggregateId
        const value = isNew ? { ...given, id } : { ...given, id, isEnded: true }
        bridge.tell('replica.changes', [change('delegation', id, value, isNew ? 1 : 2)])
        return { kind: 'accepted', result: {}, version: isNew ? 1 : 2 }
      },
    })
    const part = within(section('Ersättare'))
    await user.click(part.getByRole('button', { name: 'Lämna över…' }))
    await user.selectOptions(part.getByRole('combobox', { name: 'Kollega' }), 'Karin Åberg')
    await user.type(part.getByRole('textbox', { name: 'Anledning (valfritt)' }), 'Semester{Enter}')
    expect(fake.commands()).toMatchObject([
      {
        type: 'delegation.create',
        expectedVersion: null,
        payload: {
          fromUserId: people.erik.id,
          toUserId: people.karin.id,
          from: '2026-11-23',
          until: '2026-11-29',
          reason: 'Semester',
        },
      },
    ])
    const row = await part.findByText('Karin Åberg tar dina steg')
    expect(textOf(row.parentElement as HTMLElement)).toContain('23 nov – 29 nov · Semester')
    await user.click(part.getByRole('button', { name: 'Avsluta' }))
    expect(fake.commands().at(-1)).toMatchObject({ type: 'delegation.end', expectedVersion: 1 })
    await waitFor(() => expect(part.queryByText('Karin Åberg tar dina steg')).toBeNull())
  })

  test('for days there are not, or in a circle, is refused in words before anything is sent', async () => {
    const back = { ...given, fromUserId: people.karin.id, toUserId: people.erik.id }
    const { user, fake } = await renderSettings({
      changes: [...officeSet(), change('delegation', back.id, back)],
    })
    const part = within(section('Ersättare'))
    expect(part.getByText('Du tar steg för Karin Åberg')).toBeTruthy()
    await user.click(part.getByRole('button', { name: 'Lämna över…' }))
    await user.selectOptions(part.getByRole('combobox', { name: 'Kollega' }), 'Karin Åberg')
    const until = part.getByRole('textbox', { name: 'Till och med' })
    await user.clear(until)
    await user.type(until, '2026-02-30{Enter}')
    expect(part.getByText('Skriv en dag som finns: ÅÅÅÅ-MM-DD.')).toBeTruthy()
    await user.clear(until)
    await user.type(until, '2026-11-30{Enter}')
    expect(textOf(await part.findByRole('alert'))).toContain('Det skulle leda tillbaka')
    expect(fake.commands()).toEqual([])
  })

  test('whom the gateway refuses is told in words, with what was written still there', async () => {
    const error = refusal('delegation_impossible', 'no', { kind: 'cannot_decide' })
    const { user } = await renderSettings({ answerCommand: () => ({ kind: 'refused', error }) })
    const part = within(section('Ersättare'))
    await user.click(part.getByRole('button', { name: 'Lämna över…' }))
    await user.type(part.getByRole('textbox', { name: 'Anledning (valfritt)' }), 'VAB{Enter}')
    expect(textOf(await part.findByRole('alert'))).toContain('Kollegan beslutar inget.')
    expect(part.getByDisplayValue('VAB')).toBeTruthy()
  })

  test('by keyboard: the focus is back where one begins once it is made, left and ended', async () => {
    const { user } = await renderSettings({
      answerCommand: (command, bridge) => {
        const isNew = command.type === 'delegation.create'
        const value = { ...given, id: command.aggregateId, isEnded: !isNew }
        const version = isNew ? 1 : 2
        bridge.tell('replica.changes', [change('delegation', value.id, value, version)])
        return { kind: 'accepted', result: {}, version }
      },
    })
    const part = within(section('Ersättare'))
    const begin = () => part.getByRole('button', { name: 'Lämna över…' })
    const press = async (name: string) => {
      part.getByRole('button', { name }).focus()
      await user.keyboard('{Enter}')
    }
    await press('Lämna över…')
    await press('Avbryt')
    expect(document.activeElement).toBe(begin())
    await user.keyboard('{Enter}')
    await press('Lämna över')
    await part.findByText('Karin Åberg tar dina steg')
    await waitFor(() => expect(document.activeElement).toBe(begin()))
    await press('Avsluta')
    await waitFor(() => expect(part.queryByText('Karin Åberg tar dina steg')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(begin()))
  })

  test('with a reason that is too long is told so at the field, and nothing is sent', async () => {
    const { user, fake } = await renderSettings()
    const part = within(section('Ersättare'))
    await user.click(part.getByRole('button', { name: 'Lämna över…' }))
    const reason = part.getByRole('textbox', { name: 'Anledning (valfritt)' })
    await user.click(reason)
    await user.paste('x'.repeat(201))
    expect(part.getByText('Högst 200 tecken.')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(fake.commands()).toEqual([])
    await user.keyboard('{Backspace}')
    expect(part.queryByText('Högst 200 tecken.')).toBeNull()
  })

  test('is offered by who could take the steps: approvers, one’s team, and to an approver the others', async () => {
    const rep = (id: number, displayName: string, team: string | null) =>
      ({ ...people.erik, id: uuid(id, 9), username: `rep${id}`, displayName, team }) as const
    const reps = [
      rep(21, 'Viktor Ny', 'Norr'),
      rep(22, 'Bo Ek', 'Söder'),
      rep(23, 'Alva Ö', null),
      rep(24, 'Anton Dal', 'Norr'),
    ]
    const changes = [...officeSet(), ...reps.map((one) => change('user', one.id, one))]
    const offeredTo = async (person: User) => {
      const { user } = await renderSettings({ changes, session: as(person) })
      const part = within(section('Ersättare'))
      await user.click(part.getByRole('button', { name: 'Lämna över…' }))
      const to = part.getByRole<HTMLSelectElement>('combobox', { name: 'Kollega' })
      expect(to.selectedIndex).toBe(0)
      const names = within(to).getAllByRole('option').map(textOf)
      cleanup()
      return names
    }
    expect(await offeredTo(people.erik)).toEqual([
      'Karin Åberg',
      'Sara Ek',
      'Anton Dal',
      'Viktor Ny',
    ])
    expect(await offeredTo(people.sara)).toEqual([
      'Karin Åberg',
      'Bo Ek',
      'Alva Ö',
      'Anton Dal',
      'Erik Dahl',
      'Viktor Ny',
    ])
  })

  test('is nothing for somebody who decides nothing', async () => {
    await renderSettings({ session: as(people.mona) })
    expect(screen.queryByRole('region', { name: 'Ersättare' })).toBeNull()
  })
})

describe('the deadlines', () => {
  const kept = { releaseHours: 4, remindDays: 1, escalateDays: null, expireDays: 30 }
  const seller = (deadlines: typeof kept) =>
    change('seller', 'seller', { ...ofOffice(), deadlines, deadlinesVersion: 2 }, 900)
  const ofOffice = () =>
    officeSet().find(({ kind }) => kind === 'seller')?.value as EntityOf<'seller'>
  const set = [...officeSet(), seller(kept)]

  test('are read by those who decide, and changed by admins on what they saw', async () => {
    const { user, fake } = await renderSettings({
      changes: set,
      session: as(people.mona),
      answerCommand: () => ({ kind: 'accepted', result: {}, version: 3 }),
    })
    expect(textOf(section('Tidsgränser'))).toContain('Påminn om ett stegefter 1 arbetsdag')
    expect(textOf(section('Tidsgränser'))).toContain('aldrig')
    await user.click(screen.getByRole('button', { name: 'Ändra tidsgränserna' }))
    const remind = screen.getByRole('textbox', { name: 'Påminn om ett steg' })
    await user.clear(remind)
    await user.type(remind, '0')
    expect(textOf(section('Tidsgränser'))).toContain('Ett helt tal från 1 till 60, eller tomt.')
    await user.keyboard('{Enter}')
    expect(fake.commands()).toEqual([])
    await user.clear(remind)
    await user.type(remind, '2')
    await user.clear(screen.getByRole('textbox', { name: 'Låt gå ut' }))
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(fake.commands()).toEqual([
        {
          id: expect.any(String),
          type: 'deadlines.set',
          aggregateId: 'deadlines',
          expectedVersion: 2,
          // A gateway that knows of no holds is sent none.
          payload: { remindDays: 2, escalateDays: null, releaseHours: 4, expireDays: null },
        },
      ]),
    )
    await screen.findByRole('button', { name: 'Ändra tidsgränserna' })
  })

  test('say for how long stock is held, where the gateway holds any', async () => {
    const { user, fake } = await renderSettings({
      changes: [
        ...officeSet(),
        change('seller', 'seller', { ...ofOffice(), deadlines: kept, holdMinutes: 3 }, 900),
      ],
      session: as(people.mona),
      answerCommand: () => ({ kind: 'accepted', result: {}, version: 3 }),
    })
    const name = 'Håll lager för det någon tagit hand om'
    expect(textOf(section('Tidsgränser'))).toContain(`${name}i 3 minuter`)
    await user.click(screen.getByRole('button', { name: 'Ändra tidsgränserna' }))
    await user.clear(screen.getByRole('textbox', { name }))
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(fake.commands()).toMatchObject([{ payload: { ...kept, holdMinutes: null } }]),
    )
  })

  test('of somebody who was quicker are not overwritten', async () => {
    const { user } = await renderSettings({
      changes: set,
      session: as(people.mona),
      answerCommand: () => ({ kind: 'refused', error: refusal('stale_version', 'stale', {}) }),
    })
    await user.click(screen.getByRole('button', { name: 'Ändra tidsgränserna' }))
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(textOf(await screen.findByRole('alert'))).toContain('Den ändrades medan du läste')
  })

  test('are not an approver’s to change', async () => {
    await renderSettings({ changes: set })
    expect(textOf(section('Tidsgränser'))).toContain('efter 30 dagar')
    expect(screen.queryByRole('button', { name: 'Ändra tidsgränserna' })).toBeNull()
  })
})

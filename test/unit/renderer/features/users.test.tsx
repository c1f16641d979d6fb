import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { SendResult, SessionState } from '../../../../contract/console'
import type { EntityOf, User } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { ErrorCode } from '../../../../contract/errors'
import type { FakeBridge, FakeBridgeOptions } from '../../../fakes/bridge'
import { change } from '../../../fakes/desk/entities'
import { officeAnswer, officeSet, people } from '../../../fakes/desk/office'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const

function as(user: User): SessionState {
  return {
    kind: 'signed_in',
    gateway: 'https://kontor.example.se',
    demo: false,
    user,
    remembered: true,
  }
}

/** Accepts as the gateway does, and lets the change come back by the feed. */
function accept(command: CommandEnvelope, bridge: FakeBridge): SendResult {
  const { type, aggregateId, payload } = command
  if (type === 'user.create') {
    const { password: _, ...rest } = payload
    const value = { ...people.johan, ...(rest as Partial<User>), id: aggregateId }
    bridge.tell('replica.changes', [change('user', aggregateId, value, 1)])
    return { kind: 'accepted', result: { userId: aggregateId }, version: 1 }
  }
  const before = Object.values(people).find(({ id }) => id === aggregateId) ?? people.erik
  const status =
    type === 'user.disable' ? 'disabled' : type === 'user.enable' ? 'active' : before.status
  const changed = type === 'user.update' ? (payload as Partial<User>) : {}
  bridge.tell('replica.changes', [
    change('user', aggregateId, { ...before, ...changed, status }, 3),
  ])
  return { kind: 'accepted', result: {}, version: 3 }
}
const refuse =
  (code: ErrorCode, details: Readonly<Record<string, unknown>> = {}) =>
  (): SendResult => ({ kind: 'refused', error: refusal(code, `${code} said`, { ...details }) })

async function renderUsers(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: officeSet(),
    answerQuery: officeAnswer,
    session: as(people.mona),
    answerCommand: accept,
    ...options,
  })
  await rendered.user.keyboard('{Control>}7{/Control}')
  return rendered
}
type Rendered = Awaited<ReturnType<typeof renderUsers>>

/** What has been scrolled to; the test's page has no layout to scroll. */
const inSight: Element[] = []
beforeEach(() => {
  inSight.length = 0
  Element.prototype.scrollIntoView = function () {
    inSight.push(this)
  }
})

const rows = () => screen.queryAllByRole('option').map(textOf)
const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name })
const box = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name })
const password = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
/** What is said below a field, as a screen reader has it. */
const saidOf = (input: HTMLElement) =>
  (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => textOf(document.getElementById(id)))
    .join(' ')

async function writeNew({ user }: Rendered) {
  await user.keyboard('n')
  for (const [input, text] of [
    [field('Användarnamn'), 'Anna.Berg'],
    [field('Namn'), 'Anna Berg'],
    [password('Lösenord'), 'en lång mening om rör'],
  ] as const) {
    await user.click(input)
    await user.paste(text)
  }
}

describe('the list', () => {
  test('has everyone with roles, team, limit and status, those who cannot sign in last', async () => {
    await renderUsers()
    expect(rows()).toEqual([
      'Erik Dahlerik·Säljare·Norrgräns 50 000 kr'.replaceAll('·', ''),
      'Johan LindqvistjohanHandläggareNorr',
      'Karin ÅbergkarinAttestantgräns 500 000 kr',
      'Mona Berg (du)monaAdministratör',
      'Sara Eksara.ekSäljare och attestantSöderingen gräns',
      'Olle ÅgrenAvstängdolleSäljareNorrgräns 25 000 kr',
    ])
  })

  test('is searched by name, team and role', async () => {
    const { user } = await renderUsers()
    await user.keyboard('/')
    await user.keyboard('norr saljare')
    expect(rows().map((text) => text.slice(0, 4))).toEqual(['Erik', 'Olle'])
    await user.keyboard(' zzz')
    expect(screen.getByText('Ingen användare stämmer med ”norr saljare zzz”')).toBeTruthy()
  })

  test('is not for others: they are told whom to ask, and do not find it in the rail', async () => {
    const { desk } = await renderUsers({ session: as(people.erik) })
    expect(desk.navigation.store.getState().screen).not.toBe('users')
    expect(screen.queryByRole('button', { name: 'Användare' })).toBeNull()
    desk.navigation.go('users')
    expect(await screen.findByText('Användare sköts av administratörer')).toBeTruthy()
    expect(screen.getByText(/Be Mona Berg/)).toBeTruthy()
    expect(screen.queryByRole('listbox')).toBeNull()
  })
})

describe('somebody new', () => {
  test('is sent whole, opened, and the password is shown for handing over', async () => {
    const rendered = await renderUsers()
    const { user, fake, desk } = rendered
    await writeNew(rendered)
    await user.click(box(/Attestant/))
    await user.click(screen.getByRole('button', { name: 'Norr' }))
    await user.click(screen.getByRole('radio', { name: 'Upp till ett belopp' }))
    await user.type(field(/Högsta total i SEK/), '25 000,50')
    expect(saidOf(field(/Högsta total/))).toBe('25 000,50 kr utan moms')
    await user.keyboard('{Control>}s{/Control}')
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Anna Berg' })).toBeTruthy())
    expect(fake.commands()).toMatchObject([
      {
        type: 'user.create',
        expectedVersion: null,
        payload: {
          username: 'anna.berg',
          displayName: 'Anna Berg',
          password: 'en lång mening om rör',
          roles: ['rep', 'approver'],
          team: 'Norr',
          approvalLimit: 2_500_050,
        },
      },
    ])
    expect(screen.getByText('en lång mening om rör')).toBeTruthy()
    expect(textOf(document.body)).toContain('Anna Berg kan logga in')
    // Going on to somebody else takes the password from the screen for good.
    await user.click(row('Erik'))
    await user.click(row('Anna'))
    expect(screen.queryByText('en lång mening om rör')).toBeNull()
    const [command] = fake.commands()
    expect(desk.navigation.store.getState().selected['users']).toBe(command?.aggregateId)
    // Its own change has come back: nothing is pending any more.
    expect(desk.sends.getState().byId.size).toBe(0)
  })

  test('is not sent with anything missing: each field says what', async () => {
    const { user, fake } = await renderUsers()
    await user.keyboard('n')
    await user.type(field('Användarnamn'), 'å')
    await user.click(box(/Säljare/))
    await user.click(screen.getByRole('radio', { name: 'Upp till ett belopp' }))
    await user.keyboard('{Control>}s{/Control}')
    expect(saidOf(field('Användarnamn'))).toContain('Två till fyrtio tecken')
    expect(saidOf(field('Namn'))).toBe('Skriv ett namn.')
    expect(saidOf(password('Lösenord'))).toBe('Skriv ett lösenord, eller föreslå ett.')
    expect(screen.getByText('Välj minst en roll.')).toBeTruthy()
    expect(saidOf(field(/Högsta total/))).toContain('Skriv ett belopp')
    await user.type(field(/Högsta total/), '12,345')
    expect(saidOf(field(/Högsta total/))).toBe('Högst 2 decimaler.')
    await user.type(password('Lösenord'), 'kort')
    expect(saidOf(password('Lösenord'))).toContain('minst 12 tecken')
    expect(fake.commands()).toEqual([])
  })

  test.each([
    ['username_taken', 'Användarnamn', 'Användarnamnet är upptaget.'],
    ['already_exists', 'Användarnamn', 'Användaren är redan tillagd.'],
    ['password_too_common', 'Lösenord', 'Lösenordet finns på listor över vanliga lösenord'],
    ['password_too_short', 'Lösenord', 'Det ska ha minst 12 tecken'],
  ] as const)(
    'refused with %s says so at the field, until it is changed',
    async (code, label, words) => {
      const rendered = await renderUsers({ answerCommand: refuse(code, { minimum: 12 }) })
      const { user } = rendered
      await writeNew(rendered)
      await user.keyboard('{Control>}s{/Control}')
      const input = screen.getByLabelText<HTMLInputElement>(label)
      await waitFor(() => expect(saidOf(input)).toContain(words))
      expect(input.getAttribute('aria-invalid')).toBe('true')
      // Read out by being gone to, wherever the form was scrolled.
      await waitFor(() => expect(document.activeElement).toBe(input))
      expect(inSight).toContain(input.closest('[data-invalid]'))
      // Nothing that was written is lost.
      expect(field('Namn').value).toBe('Anna Berg')
      expect(password('Lösenord').value).toBe('en lång mening om rör')
      await user.type(field('Namn'), 'sson')
      expect(saidOf(input)).toContain(words)
      await user.type(input, '2')
      expect(saidOf(input)).not.toContain(words)
    },
  )

  test('the first field in error is gone to, each time it is tried', async () => {
    const rendered = await renderUsers()
    const { user, fake } = rendered
    await writeNew(rendered)
    await user.click(screen.getByRole('radio', { name: 'Upp till ett belopp' }))
    await user.type(field(/Högsta total i SEK/), 'mycket')
    for (const _ of [1, 2]) {
      await user.click(field('Namn'))
      await user.click(screen.getByRole('button', { name: /Lägg till/ }))
      const limit = field(/Högsta total i SEK/)
      await waitFor(() => expect(document.activeElement).toBe(limit))
      expect(inSight.at(-1)).toBe(limit.closest('[data-invalid]'))
    }
    expect(fake.commands()).toEqual([])
  })

  test('is refused by the form’s own rule of the gateway at the field it names', async () => {
    const rendered = await renderUsers({
      answerCommand: refuse('invalid', {
        issues: [{ pointer: '/payload/displayName', message: 'no' }],
      }),
    })
    await writeNew(rendered)
    await rendered.user.keyboard('{Control>}s{/Control}')
    await waitFor(() => expect(field('Namn').getAttribute('aria-invalid')).toBe('true'))
  })

  test('stays written when one goes away and back, and is thrown away only by saying so', async () => {
    const rendered = await renderUsers()
    const { user } = rendered
    await writeNew(rendered)
    await user.click(row('Erik'))
    await user.keyboard('{Control>}1{/Control}{Control>}7{/Control}n')
    expect(field('Användarnamn').value).toBe('anna.berg')
    await user.click(screen.getByRole('button', { name: 'Kasta' }))
    await user.keyboard('n')
    expect(field('Användarnamn').value).toBe('')
  })

  test('gets a password that is made up, can be seen and copied', async () => {
    const { user, fake } = await renderUsers()
    await user.keyboard('n')
    expect(password('Lösenord').type).toBe('password')
    await user.click(screen.getByRole('button', { name: 'Föreslå ett' }))
    const { value, type } = password('Lösenord')
    expect(value).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect(type).toBe('text')
    await user.click(screen.getByRole('button', { name: 'Kopiera lösenordet' }))
    expect(fake.asked.at(-1)).toEqual({ name: 'clipboard.writeText', argument: { text: value } })
  })

  test('that never left keeps what was written', async () => {
    const rendered = await renderUsers({ answerCommand: () => ({ kind: 'offline' }) })
    await writeNew(rendered)
    await rendered.user.keyboard('{Control>}s{/Control}')
    expect(textOf(await screen.findByRole('alert'))).toContain('Inget har skickats')
    expect(field('Namn').value).toBe('Anna Berg')
  })

  test('that nobody answers is asked about under the same id, and then opened', async () => {
    let isMute = true
    const rendered = await renderUsers({
      answerCommand: (command, bridge) =>
        isMute ? { kind: 'unanswered' } : accept(command, bridge),
    })
    const { user, fake } = rendered
    await writeNew(rendered)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    await user.keyboard('{Control>}s{/Control}')
    expect(screen.getByText(/Kontor frågar gatewayen vad det blev/)).toBeTruthy()
    expect(field('Namn').disabled).toBe(true)
    await act(() => vi.advanceTimersByTimeAsync(61_000))
    expect(textOf(screen.getByRole('alert'))).toContain('Det är oklart om det gick fram')
    expect(field('Namn').disabled).toBe(true)
    isMute = false
    await user.keyboard('{Control>}s{/Control}')
    expect(await screen.findByRole('heading', { name: 'Anna Berg' })).toBeTruthy()
    expect(new Set(fake.commands().map(({ id }) => id)).size).toBe(1)
    expect(screen.getByText('en lång mening om rör')).toBeTruthy()
  })
})

describe('a change', () => {
  test('is sent with the version it was made on, and only once there is one', async () => {
    const { user, fake } = await renderUsers()
    await user.click(row('Erik'))
    expect(screen.queryByRole('button', { name: 'Spara' })).toBeNull()
    const team = field('Team')
    await user.clear(team)
    await user.type(team, 'Väst')
    expect(textOf(row('Erik'))).toContain('påbörjad ändring')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    await waitFor(() => expect(textOf(document.body)).toContain('Erik Dahl är sparad'))
    expect(fake.commands()).toMatchObject([
      {
        type: 'user.update',
        aggregateId: people.erik.id,
        expectedVersion: 2,
        payload: {
          displayName: 'Erik Dahl',
          roles: ['rep'],
          team: 'Väst',
          approvalLimit: 5_000_000,
        },
      },
    ])
    expect(textOf(row('Erik'))).toContain('Väst')
    expect(screen.queryByRole('button', { name: 'Spara' })).toBeNull()
  })

  test('that is taken back by hand is none', async () => {
    const { user } = await renderUsers()
    await user.click(row('Erik'))
    await user.click(box(/Attestant/))
    expect(screen.getByRole('button', { name: 'Spara' })).toBeTruthy()
    await user.click(box(/Attestant/))
    expect(screen.queryByRole('button', { name: 'Spara' })).toBeNull()
  })

  test('of the last administrator is refused at the roles, and was warned of before', async () => {
    const { user } = await renderUsers({ answerCommand: refuse('last_admin') })
    await user.click(row('Mona'))
    await user.click(box(/Säljare/))
    await user.click(box(/Administratör/))
    expect(screen.getByText(/Du tar bort din egen roll som administratör/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(await screen.findByText(/Det måste finnas minst en administratör/)).toBeTruthy()
    expect(box(/Säljare/).checked).toBe(true)
    expect(box(/Administratör/).checked).toBe(false)
  })

  test('of the last approver whom rules demand is refused at the roles', async () => {
    const { user } = await renderUsers({ answerCommand: refuse('last_approver') })
    await user.click(row('Mona'))
    await user.click(box(/Säljare/))
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(await screen.findByText(/Reglerna kräver en attestant/)).toBeTruthy()
  })

  test('by somebody else to another field comes along; to the same it asks which', async () => {
    const { user, fake, tell } = await renderUsers()
    await user.click(row('Erik'))
    await user.clear(field('Team'))
    await user.type(field('Team'), 'Syd')
    tell('replica.changes', [
      change('user', people.erik.id, { ...people.erik, displayName: 'Erik Dahlström' }, 3),
    ])
    expect(field('Namn').value).toBe('Erik Dahlström')
    expect(field('Team').value).toBe('Syd')
    expect(screen.queryByRole('alert')).toBeNull()

    tell('replica.changes', [
      change(
        'user',
        people.erik.id,
        { ...people.erik, displayName: 'Erik Dahlström', team: 'Väst' },
        4,
      ),
    ])
    const alert = await screen.findByRole('alert')
    await waitFor(() => expect(textOf(alert)).toContain('Mona Berg ändrade användaren'))
    expect(screen.getByText('Nu: Väst')).toBeTruthy()
    await user.keyboard('{Control>}s{/Control}')
    expect(fake.commands()).toEqual([])

    await user.click(within(alert).getByRole('button', { name: 'Behåll det jag skrev' }))
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    await waitFor(() =>
      expect(fake.commands()).toMatchObject([
        { expectedVersion: 4, payload: { displayName: 'Erik Dahlström', team: 'Syd' } },
      ]),
    )
  })

  test('can give way to what somebody else wrote', async () => {
    const { user, tell } = await renderUsers()
    await user.click(row('Erik'))
    await user.clear(field('Team'))
    await user.type(field('Team'), 'Syd')
    await user.type(field('Namn'), 'ström')
    tell('replica.changes', [change('user', people.erik.id, { ...people.erik, team: 'Väst' }, 3)])
    await user.click(screen.getByRole('button', { name: 'Ta det som gäller nu' }))
    expect(field('Team').value).toBe('Väst')
    expect(field('Namn').value).toBe('Erik Dahlström')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test.each([
    ['Ta det som gäller nu', 'Väst'],
    ['Behåll det jag skrev', 'Syd'],
  ])('“%s” loses neither what only one nor what only the other wrote', async (way, team) => {
    const { user, tell } = await renderUsers()
    await user.click(row('Erik'))
    await user.clear(field('Team'))
    await user.type(field('Team'), 'Syd')
    await user.type(field('Namn'), 'ström')
    const theirs = { ...people.erik, team: 'Väst', approvalLimit: 7_500_000 }
    tell('replica.changes', [change('user', people.erik.id, theirs, 3)])
    await user.click(screen.getByRole('button', { name: way }))
    expect(field('Team').value).toBe(team)
    expect(field('Namn').value).toBe('Erik Dahlström')
    expect(field(/Högsta total/).value).toBe('75000')
  })

  test('that was too late says so and keeps what was written', async () => {
    const { user } = await renderUsers({ answerCommand: refuse('stale_version') })
    await user.click(row('Erik'))
    await user.clear(field('Team'))
    await user.type(field('Team'), 'Syd')
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    expect(textOf(await screen.findByRole('alert'))).toContain('Läs igenom och spara igen.')
    expect(field('Team').value).toBe('Syd')
  })

  test('stays written when the working set begins anew, and is not left to somebody else', async () => {
    const { user, tell } = await renderUsers()
    await user.click(row('Erik'))
    await user.type(field('Namn'), 'ström')
    const again = (identity: string) => {
      tell('replica.reset', { identity })
      tell('replica.changes', officeSet())
      tell('replica.loaded', { cursor: null })
    }
    // The gateway was restored, say.
    again('test')
    await waitFor(() => expect(field('Namn').value).toBe('Erik Dahlström'))
    expect(screen.getByRole('button', { name: 'Spara' })).toBeTruthy()
    again('another')
    await waitFor(() => expect(field('Namn').value).toBe('Erik Dahl'))
  })

  test('waits for the connection without being lost', async () => {
    const { user, fake, tell } = await renderUsers({ connection: offline })
    await user.click(row('Erik'))
    expect(screen.getByText(/spara när kontakten är tillbaka/)).toBeTruthy()
    await user.type(field('Namn'), 'ström')
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Spara' })
    expect(save.disabled).toBe(true)
    await user.keyboard('{Control>}s{/Control}')
    expect(fake.commands()).toEqual([])
    tell('connection.changed', { kind: 'live', since: '2026-11-23T13:05:00.000Z' })
    await user.click(screen.getByRole('button', { name: 'Spara' }))
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
  })
})

describe('signing in', () => {
  test('another password is sent with the version, and shown for handing over', async () => {
    const { user, fake } = await renderUsers()
    await user.click(row('Erik'))
    await user.click(screen.getByRole('button', { name: 'Föreslå ett' }))
    const { value } = password('Nytt lösenord')
    await user.click(screen.getByRole('button', { name: 'Byt lösenord' }))
    await waitFor(() => expect(screen.getByText(value)).toBeTruthy())
    expect(fake.commands()).toMatchObject([
      {
        type: 'user.set_password',
        aggregateId: people.erik.id,
        expectedVersion: 2,
        payload: { password: value },
      },
    ])
    expect(password('Nytt lösenord').value).toBe('')
  })

  test('a password that is easily guessed is refused at its field', async () => {
    const { user } = await renderUsers({ answerCommand: refuse('password_too_common') })
    await user.click(row('Erik'))
    await user.type(password('Nytt lösenord'), 'passwordpassword')
    await user.click(screen.getByRole('button', { name: 'Byt lösenord' }))
    await waitFor(() => expect(saidOf(password('Nytt lösenord'))).toContain('vanliga lösenord'))
    expect(password('Nytt lösenord').value).toBe('passwordpassword')
  })

  test('is closed and opened at once', async () => {
    const { user, fake } = await renderUsers()
    await user.click(row('Erik'))
    await user.click(screen.getByRole('button', { name: 'Stäng av kontot' }))
    await waitFor(() => expect(textOf(row('Erik'))).toContain('Avstängd'))
    expect(fake.commands()).toMatchObject([{ type: 'user.disable', expectedVersion: 2 }])
    expect(screen.queryByLabelText('Nytt lösenord')).toBeNull()
    await user.click(row('Olle'))
    await user.click(screen.getByRole('button', { name: 'Öppna kontot' }))
    await waitFor(() => expect(textOf(row('Olle'))).not.toContain('Avstängd'))
  })

  test('one’s own account is closed only after being asked', async () => {
    const { user, fake } = await renderUsers({ answerCommand: refuse('last_admin') })
    await user.click(row('Mona'))
    await user.click(screen.getByRole('button', { name: 'Stäng av kontot' }))
    const dialog = screen.getByRole('dialog', { name: 'Stänga av ditt eget konto?' })
    await user.click(within(dialog).getByRole('button', { name: 'Avbryt' }))
    expect(fake.commands()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Stäng av kontot' }))
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Stäng av kontot' }),
    )
    expect(textOf(await screen.findByRole('alert'))).toContain(
      'Gör någon annan till administratör först.',
    )
  })
})

test('the history tells who changed what', async () => {
  const { user } = await renderUsers()
  await user.click(row('Erik'))
  const history = await screen.findByRole('region', { name: 'Historik' })
  await waitFor(() => expect(textOf(history)).toContain('Team: Söder → Norr'))
  expect(textOf(history)).toContain('Attestgräns: 25 000 kr utan moms → 50 000 kr utan moms')
  expect(textOf(history)).toContain('Loggade in')
})

describe('steps of somebody who is away', () => {
  test('are handed to a colleague by keyboard, and taken back', async () => {
    const { user, fake } = await renderUsers({
      answerCommand: ({ type, aggregateId, payload }, bridge) => {
        const begun = fake.commands().find((one) => one.type === 'delegation.create')
        const value = {
          ...((type === 'delegation.create' ? payload : begun?.payload) as object),
          id: aggregateId,
          isEnded: type === 'delegation.end',
        } as EntityOf<'delegation'>
        const version = type === 'delegation.create' ? 1 : 2
        bridge.tell('replica.changes', [change('delegation', aggregateId, value, version)])
        return { kind: 'accepted', result: {}, version }
      },
    })
    await user.click(row('Erik'))
    await user.keyboard('h')
    const part = within(screen.getByRole('region', { name: 'Ersättare' }))
    expect(document.activeElement).toBe(part.getByRole('button', { name: 'Lämna över…' }))
    await user.keyboard('{Enter}')
    expect(part.getByText(/Är Erik Dahl borta kan en kollega/)).toBeTruthy()
    await user.type(part.getByRole('textbox', { name: 'Anledning (valfritt)' }), 'Sjuk{Enter}')
    await waitFor(() => expect(part.getByText('Karin Åberg tar stegen')).toBeTruthy())
    expect(fake.commands()).toMatchObject([
      {
        type: 'delegation.create',
        payload: {
          fromUserId: people.erik.id,
          toUserId: people.karin.id,
          from: '2026-11-23',
          until: '2026-11-29',
          reason: 'Sjuk',
        },
      },
    ])
    await user.click(row('Karin'))
    expect(screen.getByText('Tar steg för Erik Dahl')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Lämna tillbaka' }))
    await waitFor(() => expect(screen.queryByText('Tar steg för Erik Dahl')).toBeNull())
    expect(fake.commands()[1]).toMatchObject({ type: 'delegation.end', expectedVersion: 1 })
  })

  test('there are none of somebody who decides nothing, or cannot sign in', async () => {
    const off = { ...people.erik, status: 'disabled' } as const
    const { user } = await renderUsers({
      changes: [...officeSet(), change('user', off.id, off, 5)],
    })
    for (const name of ['Mona', 'Erik']) {
      await user.click(row(name))
      expect(screen.queryByRole('region', { name: 'Ersättare' })).toBeNull()
    }
  })
})

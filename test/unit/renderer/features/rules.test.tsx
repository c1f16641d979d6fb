import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SessionState } from '../../../../contract/console'
import type { User } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { ApprovalRule } from '../../../../domain/approval/policy'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { article, change, company, uuid } from '../../../fakes/desk/entities'
import { officeSet, people } from '../../../fakes/desk/office'
import { policyGateway, policyRules, triedRules } from '../../../fakes/desk/policy'
import type { PolicyGateway } from '../../../fakes/desk/policy'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const
const live = { kind: 'live', since: '2026-11-23T13:05:00.000Z' } as const

function as(user: User): SessionState {
  return {
    kind: 'signed_in',
    gateway: 'https://kontor.example.se',
    demo: false,
    user,
    remembered: true,
  }
}

async function renderRules(options: FakeBridgeOptions & { readonly gateway?: PolicyGateway } = {}) {
  const { gateway = policyGateway(), ...rest } = options
  const rendered = await renderDesk({
    changes: [
      ...officeSet(),
      change('article', 'ROR-1', article({ id: 'ROR-1', called: 'Rör', groupId: 'stalror' })),
    ],
    session: as(people.mona),
    answerQuery: gateway.answerQuery,
    answerCommand: gateway.answerCommand,
    ...rest,
  })
  await rendered.user.keyboard('{Control>}8{/Control}')
  return { ...rendered, gateway }
}

/** What has been scrolled to; the test's page has no layout to scroll. */
beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined
})

const rows = () => {
  const list = screen.queryByRole('listbox', { name: 'Regler för attest' })
  return list ? within(list).queryAllByRole('option').map(textOf) : []
}
/** Opens the menu of starting points and takes the first, a total above an amount. */
async function beginTotal(user: Awaited<ReturnType<typeof renderRules>>['user']) {
  await user.keyboard('n')
  const first = await screen.findByRole('menuitem', { name: 'Total över ett belopp' })
  await waitFor(() => expect(document.activeElement).toBe(first))
  await user.keyboard('{Enter}')
  // The amount is what is missing, so that is where one writes.
  await waitFor(() => expect(document.activeElement).toBe(field('Belopp i SEK')))
}
const field = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name })
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const region = (name: string) => screen.getByRole('region', { name })
const sentence = () => textOf(region('Regeln i ord'))
const put = '{Control>}s{/Control}'
const loaded = () => waitFor(() => expect(rows()).toHaveLength(policyRules.length))
const sentRules = (fake: { commands: () => readonly { payload: Record<string, unknown> }[] }) =>
  fake.commands().at(-1)?.payload['rules'] as readonly ApprovalRule[]
const renamed = (id: string, name: string) =>
  policyRules.map((rule) => (rule.id === id ? { ...rule, name } : rule))

describe('the list', () => {
  test('has the rules in their order, on or off, each in a line', async () => {
    await renderRules()
    await loaded()
    expect(rows().slice(0, 4)).toEqual([
      'Stora beloppPåTotal utan moms över 50 000 kr → en attestant',
      'Tunn marginalPåTäckningsgrad under 12 % → en attestant, sedan Karin Åberg vid täckningsgrad under 8 %',
      'Stoppad kund som handlar stortPåStoppad kund och (total utan moms över 10 000 kr eller kundgrupp Inköpare eller Platschefer) → Karin Åberg och Sara Ek',
      'Första orderAvKundens första order → den som beslutar för kunden',
    ])
  })

  test('is searched by what the rules say', async () => {
    const { user } = await renderRules()
    await loaded()
    await user.keyboard('/')
    await user.keyboard('tackningsgrad karin')
    expect(rows()).toHaveLength(1)
    await user.keyboard(' zzz')
    expect(screen.getByText('Ingen regel stämmer med ”tackningsgrad karin zzz”')).toBeTruthy()
  })

  test('is not for those who may not try rules', async () => {
    const { desk } = await renderRules({ session: as(people.erik) })
    expect(desk.navigation.store.getState().screen).not.toBe('rules')
    expect(screen.queryByRole('button', { name: 'Regler' })).toBeNull()
    desk.navigation.go('rules')
    expect(await screen.findByText(/Regler sköts av administratörer/)).toBeTruthy()
    expect(screen.getByText(/Be Mona Berg/)).toBeTruthy()
  })

  test('says what would be there, and how it gets there', async () => {
    await renderRules({ gateway: policyGateway([]) })
    expect(await screen.findByText('Inga regler än')).toBeTruthy()
  })

  test('says why the rules could not be had, and asks again', async () => {
    const gateway = policyGateway()
    let isDown = true
    const { user } = await renderRules({
      answerQuery: (query) =>
        isDown && query.type === 'policy.get'
          ? { ok: false, error: refusal('internal', 'broken') }
          : gateway.answerQuery(query),
    })
    expect(await screen.findByText('Reglerna gick inte att hämta')).toBeTruthy()
    isDown = false
    await user.click(button('Försök igen'))
    await loaded()
  })
})

describe('a rule', () => {
  test('is made from a starting point by keyboard and put in force', async () => {
    const { user, fake, desk } = await renderRules()
    await loaded()
    await beginTotal(user)
    await user.keyboard('75 000')
    expect(sentence()).toContain('Vid total utan moms över 75 000 kr: attest av en attestant.')
    await user.click(screen.getByRole('switch'))
    expect(textOf(row('Total över ett belopp'))).toContain('ny')
    expect(screen.getByText('1 regel skiljer sig från dem som gäller.')).toBeTruthy()
    await user.keyboard(put)
    await waitFor(() => expect(textOf(document.body)).toContain('1 ändrad regel gäller nu'))
    expect(fake.commands()).toMatchObject([
      { type: 'policy.set', aggregateId: 'approval', expectedVersion: 4 },
    ])
    expect(sentRules(fake)).toHaveLength(policyRules.length + 1)
    expect(sentRules(fake)).toContainEqual(
      expect.objectContaining({
        name: 'Total över ett belopp',
        isOn: true,
        when: { all: [{ fact: 'net', is: 'over', value: 7_500_000, currency: 'SEK' }] },
        demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
      }),
    )
    expect(screen.queryByRole('button', { name: /Sätt i kraft/ })).toBeNull()
    // Nothing is left pending: the feed carries no rules.
    expect(desk.sends.getState().byId.size).toBe(0)
  })

  test('is in the currency that is chosen, where customers trade in more than one', async () => {
    const inEuros = change(
      'company',
      '2001',
      company({ id: '2001', name: 'Ålands Bygg Ab', currency: 'EUR' }),
    )
    const { user, fake } = await renderRules({ changes: [...officeSet(), inEuros] })
    await loaded()
    await beginTotal(user)
    await user.keyboard('7500,50')
    const currency = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Valuta' })
    expect([...currency.options].map(({ text }) => text)).toEqual(['EUR', 'SEK'])
    await user.selectOptions(currency, 'EUR')
    expect(field('Belopp i EUR').value).toBe('7500,50')
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake).find(({ name }) => name === 'Total över ett belopp')?.when).toEqual({
      all: [{ fact: 'net', is: 'over', value: 750_050, currency: 'EUR' }],
    })
  })

  test('can ask the customer’s own people, which its starting point has written', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.keyboard('n')
    await user.click(await screen.findByRole('menuitem', { name: 'Kundens egen attest' }))
    expect(sentence()).toContain('attest av någon hos kunden som får beställa')
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake).find(({ name }) => name === 'Kundens egen attest')).toMatchObject({
      when: {
        any: [
          { fact: 'orderingRight', is: 'one_of', values: ['lists', 'requisition'] },
          { fact: 'overOwnLimit', is: 'so' },
        ],
      },
      demands: [{ tier: 1, by: { kind: 'buyer' }, when: { all: [] } }],
    })
  })

  test('that is not filled in is not sent: the field says so and is gone to', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await beginTotal(user)
    expect(screen.queryByText('Skriv ett värde.')).toBeNull()
    await user.click(row('Tunn marginal'))
    await user.keyboard(put)
    expect(await screen.findByText('Skriv ett värde.')).toBeTruthy()
    expect(textOf(screen.getByRole('alert'))).toContain('Inget är satt i kraft')
    await waitFor(() => expect(document.activeElement).toBe(field('Belopp i SEK')))
    expect(fake.commands()).toEqual([])
    await user.keyboard('1,234')
    expect(screen.getByText('Högst 2 decimaler.')).toBeTruthy()
  })

  test('has conditions of every sort, joined and in groups', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    const when = region('När')
    await user.click(within(when).getByRole('button', { name: 'Villkor' }))
    const facts = () => within(when).getAllByRole('combobox', { name: 'Vad' })
    await user.selectOptions(facts()[1]!, 'articleGroups')
    await user.click(within(when).getByRole('button', { name: /Artikelgrupp: Välj/ }))
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Stålrör' }))
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('radio', { name: 'Något räcker' }))
    await user.click(within(when).getByRole('button', { name: 'Grupp av villkor' }))
    const group = within(when).getByRole('group', { name: 'Grupp av villkor' })
    await user.selectOptions(within(group).getByRole('combobox', { name: 'Vad' }), 'margin')
    await user.type(within(group).getByRole('textbox', { name: 'Procent' }), '8,25')
    expect(sentence()).toContain(
      'Vid total utan moms över 50 000 kr, artikel ur Stålrör eller täckningsgrad under 8,25 %',
    )
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake)[0]?.when).toEqual({
      any: [
        { fact: 'net', is: 'over', value: 5_000_000, currency: 'SEK' },
        { fact: 'articleGroups', is: 'one_of', values: ['stalror'] },
        { all: [{ fact: 'margin', is: 'under', value: 82_500 }] },
      ],
    })
  })

  test('has steps: by whom, in which order, and only when', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    const then = region('Då krävs attest')
    await user.click(within(then).getByRole('button', { name: 'Steg' }))
    const second = within(then).getByRole('group', { name: 'Steg 2' })
    await user.selectOptions(
      within(second).getByRole('combobox', { name: 'Vem som attesterar' }),
      'users',
    )
    await user.click(within(second).getByRole('button', { name: /Personer: Välj/ }))
    // Who cannot decide is not offered.
    await screen.findByRole('menu')
    expect(screen.queryByRole('menuitemcheckbox', { name: /Mona|Johan|Olle/ })).toBeNull()
    await user.click(screen.getByRole('menuitemcheckbox', { name: /Sara/ }))
    await user.click(screen.getByRole('menuitemcheckbox', { name: /Karin/ }))
    await user.keyboard('{Escape}')
    await user.click(within(second).getByRole('radio', { name: 'Var och en av dem' }))
    await user.click(within(second).getByRole('button', { name: 'Bara när…' }))
    await user.type(within(second).getByRole('textbox', { name: 'Belopp i SEK' }), '200000')
    expect(sentence()).toContain(
      'attest av en attestant, sedan Karin Åberg och Sara Ek vid total utan moms över 200 000 kr.',
    )
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake)[0]?.demands[1]).toEqual({
      tier: 2,
      by: { kind: 'users', userIds: [people.karin.id, people.sara.id], need: 'all' },
      when: { all: [{ fact: 'net', is: 'over', value: 20_000_000, currency: 'SEK' }] },
    })
  })

  test('that is nested deeper is told in words and kept as it is', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.click(row('Från förr'))
    expect(screen.getByText(/Det här kan läsas men inte ändras här/)).toBeTruthy()
    await user.type(field('Namn'), ' i tiden')
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake).at(-1)).toEqual({ ...policyRules.at(-1), name: 'Från förr i tiden' })
  })

  test('is copied, moved and switched by its keys', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.keyboard('o')
    await waitFor(() => expect(textOf(row('Stora belopp'))).toContain('Av'))
    await user.keyboard('{Shift>}j{/Shift}')
    await waitFor(() => expect(rows()[1]).toContain('Stora belopp'))
    await user.keyboard('d')
    await waitFor(() => expect(rows()[2]).toContain('Stora belopp (kopia)'))
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
    expect(sentRules(fake).map(({ name, isOn }) => [name, isOn])).toEqual([
      ['Tunn marginal', true],
      ['Stora belopp', false],
      ['Stora belopp (kopia)', false],
      ['Stoppad kund som handlar stort', true],
      ['Första order', false],
      ['Från förr', true],
    ])
  })

  test('is removed at once, and given back where it stood', async () => {
    const { user } = await renderRules()
    await loaded()
    await user.click(row('Tunn marginal'))
    await user.keyboard('{Delete}')
    await waitFor(() => expect(rows()).toHaveLength(policyRules.length - 1))
    expect(screen.getByRole('heading', { name: 'Stoppad kund som handlar stort' })).toBeTruthy()
    await user.click(button('Ångra'))
    expect(rows()[1]).toContain('Tunn marginal')
    expect(screen.queryByRole('button', { name: /Sätt i kraft/ })).toBeNull()
  })
})

describe('what is written', () => {
  test('stays on the way to other screens and across a lost connection, and is thrown away by saying so', async () => {
    const { user, fake, tell } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    await user.keyboard('{Control>}1{/Control}{Control>}8{/Control}')
    expect(field('Namn').value).toBe('Stora belopp nu')
    tell('connection.changed', offline)
    expect(screen.getByText(/Regler provas och sätts i kraft hos gatewayen/)).toBeTruthy()
    expect(button(/Sätt i kraft/).disabled).toBe(true)
    await user.keyboard(put)
    expect(fake.commands()).toEqual([])
    await user.type(field('Namn'), '!')
    tell('connection.changed', live)
    await waitFor(() => expect(button(/Sätt i kraft/).disabled).toBe(false))
    expect(field('Namn').value).toBe('Stora belopp nu!')
    await user.click(button('Kasta ändringarna'))
    expect(field('Namn').value).toBe('Stora belopp')
    expect(screen.queryByRole('button', { name: /Sätt i kraft/ })).toBeNull()
  })

  test('is nobody else’s after signing out', async () => {
    const { user, tell } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    const accounts = { demo: false, accounts: [], last: null, ended: null }
    tell('session.changed', {
      kind: 'signed_out',
      gateway: 'https://kontor.example.se',
      ...accounts,
    })
    tell('session.changed', as(people.mona))
    await user.keyboard('{Control>}8{/Control}')
    await loaded()
    expect(rows()[0]).not.toContain('nu')
    expect(screen.queryByRole('button', { name: /Sätt i kraft/ })).toBeNull()
  })

  test('that the gateway finds unsound is marked at the rule and the step it is about', async () => {
    const problem = {
      kind: 'user_cannot_decide',
      ruleId: 'r-hold',
      demand: 0,
      userId: people.sara.id,
      because: 'disabled',
    }
    const { user } = await renderRules({
      answerCommand: () => ({
        kind: 'refused',
        error: refusal('policy_unsound', 'unsound', { problems: [problem] }),
      }),
    })
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    await user.keyboard(put)
    const then = await waitFor(() => {
      expect(screen.getByRole('heading', { name: /Stoppad kund/ })).toBeTruthy()
      return region('Då krävs attest')
    })
    expect(textOf(then)).toContain('Sara Ek är avstängd och kan inte besluta.')
    expect(textOf(row('Stoppad kund'))).toContain('går inte ihop')
    expect(textOf(screen.getByRole('alert'))).toContain('Inget är satt i kraft')
    // Once something else is written it was about rules that are no more.
    await user.type(field('Namn'), '!')
    expect(textOf(row('Stoppad kund'))).not.toContain('går inte ihop')
  })

  test('that asks for a group there is none of is told which', async () => {
    const fact = 'customerGroup'
    const problem = { kind: 'unknown_value', ruleId: 'r-hold', fact, value: 'G9' }
    const { user } = await renderRules({
      answerCommand: () => ({
        kind: 'refused',
        error: refusal('policy_unsound', 'unsound', { problems: [problem] }),
      }),
    })
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    await user.keyboard(put)
    expect(await screen.findByRole('heading', { name: /Stoppad kund/ })).toBeTruthy()
    expect(screen.getByText('G9 finns inte bland kundgrupperna. Välj en annan.')).toBeTruthy()
    expect(textOf(row('Stoppad kund'))).toContain('går inte ihop')
  })

  test('cannot be put in force while a rule that is on cannot work, and says so as it is written', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.click(within(region('När')).getByRole('button', { name: 'Villkor' }))
    const [, second] = within(region('När')).getAllByRole('combobox', { name: 'Hur det jämförs' })
    await user.selectOptions(second!, 'under')
    const [, amount] = screen.getAllByRole('textbox', { name: 'Belopp i SEK' })
    await user.type(amount!, '40 000')
    expect(screen.getByText('Villkoren utesluter varandra, så regeln gäller aldrig.')).toBeTruthy()
    expect(textOf(row('Stora belopp'))).toContain('går inte ihop')
    await user.click(row('Tunn marginal'))
    await user.keyboard(put)
    expect(await screen.findByRole('heading', { name: 'Stora belopp' })).toBeTruthy()
    expect(textOf(screen.getByRole('alert'))).toContain('Inget är satt i kraft')
    expect(fake.commands()).toEqual([])
    // A rule that is off may be anything.
    await user.click(screen.getByRole('switch'))
    expect(textOf(row('Stora belopp'))).not.toContain('går inte ihop')
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(1))
  })

  test('names nobody who cannot decide without saying so at the step', async () => {
    const { user, tell } = await renderRules()
    await loaded()
    await user.click(row('Stoppad kund'))
    expect(textOf(region('Då krävs attest'))).not.toContain('kan inte besluta')
    tell('replica.changes', [
      change('user', people.sara.id, { ...people.sara, status: 'disabled' }, 3),
    ])
    expect(textOf(region('Då krävs attest'))).toContain(
      'Sara Ek är avstängd och kan inte besluta. Välj någon annan.',
    )
  })

  test('goes on top of what somebody else put in force meanwhile', async () => {
    const { user, gateway, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    gateway.setBy('Anna Berg', renamed('r-margin', 'Mager marginal'))
    await user.keyboard(put)
    expect(await screen.findByText(/Anna Berg satte andra regler i kraft/)).toBeTruthy()
    expect(rows()[1]).toContain('Mager marginal')
    expect(field('Namn').value).toBe('Stora belopp nu')
    await user.keyboard(put)
    await waitFor(() => expect(fake.commands()).toHaveLength(2))
    expect(fake.commands().map(({ expectedVersion }) => expectedVersion)).toEqual([4, 5])
    expect(
      sentRules(fake)
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['Stora belopp nu', 'Mager marginal'])
  })

  test.each([
    ['Behåll det jag skrev', 'Stora belopp nu'],
    ['Ta det som gäller nu', 'Stort'],
  ])('asks where both have changed a rule: %s', async (way, name) => {
    const { user, gateway, fake } = await renderRules()
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    gateway.setBy('Anna Berg', renamed('r-total', 'Stort'))
    await user.keyboard(put)
    const alert = textOf(await screen.findByRole('alert'))
    expect(alert).toContain('Ni har båda ändrat: Stora belopp nu.')
    expect(alert).toContain('Gäller nu: Stort – total utan moms över 50 000 kr → en attestant.')
    await user.keyboard(put)
    expect(fake.commands()).toHaveLength(1)
    await user.click(button(way))
    expect(field('Namn').value).toBe(name)
  })

  test('that nobody answers is asked about under the same id', async () => {
    const gateway = policyGateway()
    let isMute = true
    const { user, fake } = await renderRules({
      gateway,
      answerCommand: (command) =>
        isMute ? { kind: 'unanswered' } : gateway.answerCommand(command),
    })
    await loaded()
    await user.click(row('Stora belopp'))
    await user.type(field('Namn'), ' nu')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true })
    onTestFinished(() => void vi.useRealTimers())
    await user.keyboard(put)
    expect(await screen.findByText(/Kontor frågar gatewayen vad det blev/)).toBeTruthy()
    await act(() => vi.advanceTimersByTimeAsync(61_000))
    isMute = false
    await user.click(button(/Fråga igen/))
    await waitFor(() => expect(textOf(document.body)).toContain('1 ändrad regel gäller nu'))
    expect(new Set(fake.commands().map(({ id }) => id)).size).toBe(1)
  })
})

test('an approver sees the rules, may switch them to try them, and changes none', async () => {
  const { user, fake } = await renderRules({ session: as(people.karin) })
  await loaded()
  await user.click(row('Första order'))
  expect(screen.getByText(/Regler ändras av Mona Berg/)).toBeTruthy()
  expect(field('Namn').disabled).toBe(true)
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Vad' }).disabled).toBe(true)
  expect(screen.queryByRole('button', { name: /Ny regel|Ta bort|Villkor/ })).toBeNull()
  await user.keyboard('nd{Delete}')
  await loaded()
  await user.click(screen.getByRole('switch'))
  expect(textOf(row('Första order'))).toContain('På')
  expect(screen.getByText(/Det här är bara för att prova/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Sätt i kraft/ })).toBeNull()
  await user.keyboard(put)
  expect(fake.commands()).toEqual([])
  await user.click(button('Kasta ändringarna'))
  expect(textOf(row('Första order'))).toContain('Av')
})

describe('trying', () => {
  const triedParams = (fake: Awaited<ReturnType<typeof renderRules>>['fake']) =>
    fake.asked
      .filter(({ name }) => name === 'query.ask')
      .map(({ argument }) => argument as { type: string; params: Record<string, unknown> })
      .filter(({ type }) => type === 'policy.try')
      .map(({ params }) => params)

  test('tells what the draft would have made of the last 30 days, and opens what would change', async () => {
    const { user, fake, desk } = await renderRules()
    await loaded()
    await user.click(row('Första order'))
    await user.keyboard('o')
    await waitFor(() => expect(textOf(row('Första order'))).toContain('På'))
    await user.keyboard('t')
    expect(screen.getByText(/vad som skulle ha hänt då/)).toBeTruthy()
    await user.keyboard('t')
    const list = await screen.findByRole('listbox', { name: 'Skulle gå en annan väg' })
    expect(triedParams(fake)).toMatchObject([{ from: '2026-10-25', to: '2026-11-23' }])
    const rules = triedParams(fake)[0]?.['rules'] as readonly ApprovalRule[]
    expect(rules.find(({ id }) => id === 'r-first')?.isOn).toBe(true)
    const figures = screen
      .getAllByRole('status')
      .map(textOf)
      .find((text) => text.includes('180'))
    expect(figures).toContain('Kom in sön 25 okt till mån 23 nov312')
    expect(figures).toContain('Saknar uppgifter från då4')
    expect(figures).toContain('Blir order direkt180 → 151')
    const tried = within(list).getAllByRole('option').map(textOf)
    expect(tried).toEqual([
      'Ahlbergs Rör AB62 400,00 krorder direkt → en attestantK-20418 · 14:02Total utan moms 62 400 kr är över 50 000 kr',
      'Bergvalla El & Data8 120,50 krden som beslutar för kunden → en attestant, sedan Karin ÅbergK-20417 version 2 · 20 novTäckningsgrad 6,4 % är under 12 %',
      'Nordkust Bygg51 000,00 kren attestant → order direktK-20390 · 3 novTotal utan moms 51 000 kr är över 50 000 kr',
    ])
    act(() => list.focus())
    await user.keyboard('{ArrowDown}{Enter}')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'inbox',
      selected: { inbox: uuid(2) },
    })
  })

  test('says that what was tried is no longer what is written', async () => {
    const { user } = await renderRules()
    await loaded()
    await user.keyboard('tt')
    await screen.findByRole('listbox', { name: 'Skulle gå en annan väg' })
    expect(screen.queryByText(/har ändrats sedan dess/)).toBeNull()
    await user.click(row('Första order'))
    await user.click(screen.getByRole('switch'))
    await user.click(button('Prova reglerna'))
    expect(screen.getByText(/har ändrats sedan dess/)).toBeTruthy()
  })

  test('takes days that are written, and says what is wrong with them', async () => {
    const { user, fake } = await renderRules()
    await loaded()
    await user.keyboard('t')
    await user.click(screen.getByRole('radio', { name: 'Egna dagar' }))
    expect(field('Från och med').value).toBe('2026-10-25')
    await user.clear(field('Till och med'))
    await user.type(field('Till och med'), '2026-02-30')
    expect(screen.getByText('Skriv dagarna som 2026-11-23.')).toBeTruthy()
    await user.clear(field('Till och med'))
    await user.type(field('Till och med'), '2026-10-01')
    expect(screen.getByText('Den första dagen är efter den sista.')).toBeTruthy()
    expect(button(/^Prova T$|^Prova$/).disabled).toBe(true)
    await user.clear(field('Från och med'))
    await user.type(field('Från och med'), '2026-09-01')
    await user.click(button(/^Prova T$|^Prova$/))
    await waitFor(() =>
      expect(triedParams(fake)).toMatchObject([{ from: '2026-09-01', to: '2026-10-01' }]),
    )
  })

  test.each([
    [
      { ok: true, result: { ...triedRules, found: 0, tried: 0, changed: 0, rows: [] } },
      'Inget att prova på de dagarna',
    ],
    [{ ok: true, result: { ...triedRules, changed: 0, rows: [] } }, 'Inget skulle gå en annan väg'],
    [
      { ok: false, error: refusal('internal', 'broken', { reference: 'R1' }) },
      /Något gick fel hos gatewayen/,
    ],
  ] as const)(
    'tells nothing found, nothing changed and nothing answered',
    async (answer, words) => {
      const { user } = await renderRules({ gateway: policyGateway(policyRules, answer) })
      await loaded()
      await user.keyboard('tt')
      expect(await screen.findByText(words)).toBeTruthy()
    },
  )

  test('waits for the connection, and says so', async () => {
    const { user, fake, tell } = await renderRules()
    await loaded()
    await user.keyboard('t')
    tell('connection.changed', offline)
    expect(screen.getByText(/Regler provas och sätts i kraft hos gatewayen/)).toBeTruthy()
    expect(button(/^Prova T$|^Prova$/).disabled).toBe(true)
    await user.keyboard('t')
    expect(triedParams(fake)).toEqual([])
  })
})

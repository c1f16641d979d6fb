import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { CommandEnvelope, CommandPayload } from '../../../../contract/commands'
import type { SendResult, SessionState } from '../../../../contract/console'
import type { EntityOf, User } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge, FakeBridgeOptions } from '../../../fakes/bridge'
import { change, customerGroup } from '../../../fakes/desk/entities'
import { groupAnswer, officeSet, people } from '../../../fakes/desk/office'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const
type Rights = Pick<EntityOf<'customer_group'>, 'orderingRight' | 'orderLimit'>
const said: Rights = {
  orderingRight: 'order',
  orderLimit: { perOrder: 1_000_000, perPeriod: null, period: 'month', currency: 'SEK' },
}
const buyers = customerGroup({
  id: 'G4',
  name: 'Inköpschefer',
  orderingRight: 'order',
  orderLimit: { perOrder: 5_000_000, perPeriod: 20_000_000, period: 'month', currency: 'SEK' },
})
const setByMona = {
  ...buyers,
  set: { by: 'Mona Berg', at: '2026-11-19T09:12:00.000Z', source: said },
}
const group = (value: EntityOf<'customer_group'>, version = 2) =>
  change('customer_group', value.id, value, version)

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
function accept({ type, aggregateId, payload }: CommandEnvelope, bridge: FakeBridge): SendResult {
  const set = { by: 'Mona Berg', at: '2026-11-23T13:05:00.000Z', source: said }
  const value =
    type === 'customer_group.set'
      ? { ...buyers, ...(payload as CommandPayload<'customer_group.set'>), set }
      : { ...buyers, ...said }
  bridge.tell('replica.changes', [change('customer_group', aggregateId, value, 3)])
  return { kind: 'accepted', result: {}, version: 3 }
}

async function renderGroups({ changes, ...options }: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: changes ?? [...officeSet(), group(buyers)],
    answerQuery: groupAnswer,
    session: as(people.mona),
    answerCommand: accept,
    ...options,
  })
  await rendered.user.keyboard('{Control>}9{/Control}')
  return rendered
}
async function opened(options: FakeBridgeOptions = {}) {
  const rendered = await renderGroups(options)
  await rendered.user.click(row('Inköpschefer'))
  return rendered
}
const detail = () => textOf(screen.getByRole('region', { name: 'Inköpschefer' }))
const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name })
const perOrder = () => field(/^Högst per order/)
const save = '{Control>}s{/Control}'

test('lists what each group may, and how many it is for', async () => {
  await renderGroups()
  expect(screen.getAllByRole('option').map((one) => textOf(one).slice(0, 11))).toEqual([
    'Inköpareför',
    'Inköpschefe',
    'Listorskick',
    'Platschefer',
  ])
  expect(textOf(row('Inköpschefer'))).toContain(
    'beställa · högst 50 000 kr per order · högst 200 000 kr i månaden',
  )
  expect(textOf(row('Inköpare'))).toMatch(/\d+ företag$/)
})

test('sets right and limits by keyboard, on the version that was seen', async () => {
  const { user, fake } = await opened()
  await user.clear(perOrder())
  await user.type(perOrder(), '62 500,50')
  expect(detail()).toContain('62 500,50 kr utan moms')
  await user.click(screen.getByRole('radio', { name: 'Per år' }))
  await user.clear(field(/^Högst om året/))
  await user.keyboard(save)
  await waitFor(() => expect(screen.getByText('Inköpschefer är sparad')).toBeTruthy())
  expect(fake.commands()).toMatchObject([
    {
      type: 'customer_group.set',
      aggregateId: 'G4',
      expectedVersion: 2,
      payload: {
        orderingRight: 'order',
        orderLimit: { perOrder: 6_250_050, perPeriod: null, period: 'year', currency: 'SEK' },
      },
    },
  ])
  expect(detail()).toContain('Mona Berg satte rätt och gränser')
  expect(detail()).not.toContain('Ändringar som inte är sparade')
})

test('says what is wrong with an amount, goes to it, and sends nothing', async () => {
  const { user, fake } = await opened()
  await user.clear(perOrder())
  await user.type(perOrder(), 'mycket')
  await user.keyboard(save)
  expect(detail()).toContain('Skriv ett belopp, till exempel 25 000.')
  expect(document.activeElement).toBe(perOrder())
  await user.clear(perOrder())
  await user.type(perOrder(), '-5')
  expect(detail()).toContain('Beloppet kan inte vara mindre än noll.')
  expect(fake.commands()).toEqual([])
})

test('whoever may not order has no limits to be put right', async () => {
  const { user, fake } = await opened()
  await user.clear(perOrder())
  await user.type(perOrder(), 'mycket')
  await user.click(screen.getByRole('radio', { name: 'Föreslå köp' }))
  expect(screen.queryByRole('textbox', { name: /^Högst/ })).toBeNull()
  await user.keyboard(save)
  await waitFor(() =>
    expect(fake.commands()).toMatchObject([{ payload: { orderingRight: 'requisition' } }]),
  )
})

test('tells who has set it and what the source says, and gives it back with a key', async () => {
  const { user, fake } = await opened({ changes: [...officeSet(), group(setByMona)] })
  expect(textOf(row('Inköpschefer'))).toContain('satt här')
  expect(detail()).toContain('Mona Berg satte rätt och gränser')
  expect(detail()).toContain('Källan säger: Får skicka in')
  expect(detail()).toContain('Högst 10 000 kr per order, utan moms.')
  await user.keyboard('f')
  await waitFor(() => expect(screen.getByText('Inköpschefer följer källan igen')).toBeTruthy())
  expect(fake.commands()).toMatchObject([
    { type: 'customer_group.follow_source', aggregateId: 'G4', expectedVersion: 2, payload: {} },
  ])
  await waitFor(() => expect(perOrder().value).toBe('10000'))
  expect(textOf(row('Inköpschefer'))).not.toContain('satt här')
})

test('of two admins the later is told who was first, and loses nothing of what they wrote', async () => {
  const { user, tell } = await opened()
  await user.clear(perOrder())
  await user.type(perOrder(), '60 000')
  await user.clear(field(/^Högst i månaden/))
  const set = { by: 'Anna Berg', at: '2026-11-23T13:04:48.000Z', source: said }
  const orderLimit = { ...buyers.orderLimit, perOrder: 7_500_000, period: 'year' } as const
  tell('replica.changes', [group({ ...buyers, orderLimit, set }, 3)])
  expect(detail()).toContain('Anna Berg ändrade kundgruppen medan du skrev')
  expect(detail()).toContain('Nu: 75 000 kr utan moms')
  expect(screen.getByRole('button', { name: /^Spara/ }).hasAttribute('disabled')).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Ta det som gäller nu' }))
  expect(perOrder().value).toBe('75000')
  // Theirs where nothing was written, and mine where nobody else wrote.
  expect(field(/^Högst om året/).value).toBe('')
  await user.keyboard(save)
  await waitFor(() => expect(screen.getByText('Inköpschefer är sparad')).toBeTruthy())
})

test('one may keep what one wrote', async () => {
  const { user, tell, fake } = await opened()
  await user.clear(perOrder())
  await user.type(perOrder(), '60 000')
  const orderLimit = { ...buyers.orderLimit, perOrder: 7_500_000, period: 'year' } as const
  tell('replica.changes', [group({ ...buyers, orderLimit }, 3)])
  await user.click(screen.getByRole('button', { name: 'Behåll det jag skrev' }))
  await user.keyboard(save)
  await waitFor(() =>
    expect(fake.commands()).toMatchObject([
      {
        expectedVersion: 3,
        payload: { orderLimit: { perOrder: 6_000_000, perPeriod: 20_000_000, period: 'year' } },
      },
    ]),
  )
})

test('a refusal is told, and nothing that was written is lost', async () => {
  const { user } = await opened({
    answerCommand: () => ({
      kind: 'refused',
      error: refusal('stale_version', 'stale', { currentVersion: 9 }),
    }),
  })
  await user.clear(perOrder())
  await user.type(perOrder(), '60 000')
  await user.keyboard(save)
  await waitFor(() => expect(detail()).toContain('ändrades samtidigt av någon annan'))
  expect(perOrder().value).toBe('60 000')
})

test('without contact it is read and written, and not saved', async () => {
  const { user, fake } = await opened({ connection: offline })
  expect(detail()).toContain('Kundgrupper ändras hos gatewayen.')
  await user.clear(perOrder())
  expect(screen.getByRole('button', { name: /^Spara/ }).hasAttribute('disabled')).toBe(true)
  await user.keyboard(save)
  expect(fake.commands()).toEqual([])
})

test('the history says what each limit was and is', async () => {
  await opened()
  await waitFor(() => expect(detail()).toContain('Rätt: Föreslå köp → Beställa'))
  expect(detail()).toContain('Gräns per order: 10 000 kr → 50 000 kr')
  expect(detail()).toContain('Gräns för perioden: ingen gräns → 200 000 kr i månaden')
})

test('without any group it says where they come from; who is no administrator is not led there', async () => {
  await renderGroups({ changes: officeSet().filter(({ kind }) => kind !== 'customer_group') })
  expect(screen.getByText('Inga kundgrupper än')).toBeTruthy()
  const { desk } = await renderDesk({ changes: officeSet(), session: as(people.karin) })
  expect(desk.navigation.store.getState().screen).not.toBe('groups')
  expect(screen.queryAllByRole('button', { name: 'Kundgrupper' })).toHaveLength(1)
})

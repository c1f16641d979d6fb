import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { QueryAnswer } from '../../../../contract/queries'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { change, company, contact, uuid } from '../../../fakes/desk/entities'
import { answerRevalidation } from '../../../fakes/desk/revalidation'
import { allowancesToday, asksCustomer, buyersAreThere } from '../../../fakes/desk/steps'
import { NOW, workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: NOW,
  lastInStep: NOW,
  nextTryAt: null,
  reason: 'unreachable',
} as const
const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const asked = change('requisition', first.id, asksCustomer(first), 2)

/** The first requisition is open, waiting for one of the customer's, and its people are there. */
async function opened(
  answer: () => QueryAnswer | Promise<QueryAnswer> = () => ({
    ok: true,
    result: allowancesToday(),
  }),
  {
    changes = [...workingSet(), ...buyersAreThere, asked],
    ...rest
  }: Partial<FakeBridgeOptions> = {},
) {
  let questions = 0
  const desk = await renderDesk({
    changes,
    ...rest,
    answerQuery: (query) => {
      if (query.type !== 'company.allowances')
        return answerRevalidation(query) ?? { ok: true, result: { rows: [], next: null } }
      expect(query.params).toEqual({ companyId: '10231' })
      questions += 1
      return answer()
    },
  })
  await desk.user.click(screen.getByRole('radio', { name: 'Alla' }))
  await desk.user.click(row('45 476,20'))
  return { ...desk, questions: () => questions }
}
const aside = () => textOf(screen.getByRole('region', { name: /^K-\d+$/ }))
const buyers = () => {
  const section = screen.getByRole('heading', { name: 'Kan attestera hos kunden' }).parentElement
  if (!section) throw new Error('Nobody is named')
  return section
}
const says = (words: string) => waitFor(() => expect(aside()).toContain(words))

test('says what the sender may do, and what is used and left of the month', async () => {
  await opened()
  await says('får beställa upp till 25 000 kr per order')
  await says('34 500 av 100 000 kri november, 65 500 kr kvar')
})

test.each([
  ['requisition', 'får föreslå, inte beställa'],
  ['lists', 'får skicka listor, inte föreslå eller beställa'],
] as const)('says of the right %s that it is not to order', async (orderingRight, words) => {
  const group = buyersAreThere.find(({ id }) => id === 'G3')
  const less = change(
    'customer_group',
    'G3',
    { ...(group?.value as object), orderingRight } as never,
    3,
  )
  const { questions } = await opened(undefined, { changes: [...workingSet(), less] })
  await says(words)
  expect(aside()).not.toContain('100 000')
  expect(questions()).toBe(0)
})

test('names those of the customer’s who may approve so much, with what they have left', async () => {
  await opened()
  await waitFor(() =>
    expect(within(buyers()).getAllByRole('listitem').map(textOf)).toEqual([
      'Britt Ahlberg180 000 kr kvar i november',
      'Tore Lundbara 20 000 kr kvar i november',
      'Östen Ahlbergutan gräns för månad eller år',
    ]),
  )
  expect(textOf(buyers())).not.toContain('En attestant kan')
})

test('says plainly that there is nobody, or nobody with enough left, and what can be done', async () => {
  const { tell } = await opened(undefined, { changes: [...workingSet(), asked] })
  await says('Ingen hos kunden får beställa för så mycket.')
  expect(textOf(buyers())).toContain('En attestant kan hoppa över steget')
  // Where their part of the pane stands below the lines it is said above them as well.
  expect(screen.getAllByText('Ingen hos kunden får beställa för så mycket.')).toHaveLength(2)
  expect(textOf(row('45 476,20'))).toContain('väntar på kunden')
  const [, , , , , tore] = buyersAreThere
  tell('replica.changes', [...buyersAreThere.slice(0, 3), tore!])
  expect(within(buyers()).getAllByRole('listitem')).toHaveLength(1)
  await says('Ingen av dem har så mycket kvar.')
  expect(screen.queryByText('Ingen hos kunden får beställa för så mycket.')).toBeNull()
})

test('asks anew when an order or the people of the customer have changed, and only then', async () => {
  const { tell, questions } = await opened()
  await says('65 500 kr kvar')
  const before = questions()
  tell('replica.changes', [
    change('contact', 'K99', contact({ id: 'K99', companyId: '10408', name: 'Annan' })),
    change('company', '10408', company({ id: '10408', name: 'Bergvalla' }), 2),
  ])
  tell('replica.changes', [
    change('contact', 'K98', contact({ id: 'K98', companyId: '10231', name: 'Ny' })),
  ])
  await waitFor(() => expect(questions()).toBe(before + 1))
})

test('without contact the last figures stay and say of when they are', async () => {
  const { tell } = await opened()
  await says('65 500 kr kvar')
  tell('connection.changed', offline)
  await says('65 500 kr kvarsenast känt 14:04')
})

test('what was never told is not guessed without contact', async () => {
  const { questions } = await opened(undefined, { connection: offline })
  await says('högst 100 000 kri november')
  expect(aside()).toContain('Vad som är använt går inte att se utan kontakt.')
  expect(questions()).toBe(0)
})

test('a question that failed is told and can be asked again', async () => {
  let isBroken = true
  const { user } = await opened(() =>
    isBroken
      ? { ok: false, error: refusal('internal', 'broken', { reference: 'K7QM-20418' }) }
      : { ok: true, result: allowancesToday() },
  )
  await says('Vad som är använt kunde inte hämtas.')
  expect(aside()).toContain('K7QM-20418')
  isBroken = false
  await user.click(screen.getAllByRole('button', { name: 'Försök igen' })[0]!)
  await says('65 500 kr kvar')
  expect(aside()).not.toContain('kunde inte hämtas')
})

test('figures of another limit than the present one are not shown', async () => {
  await opened(() => ({
    ok: true,
    result: {
      ...allowancesToday(),
      contacts: [{ contactId: 'K1', period: 'year', currency: 'SEK', used: 1 }],
    },
  }))
  await says('… av 100 000 kr')
})

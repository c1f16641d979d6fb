import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printPdf } from '../../../gateway/documents/print-pdf'
import { quoteDefinition } from '../../../gateway/documents/quote-definition'
import { quotePdf } from '../../../gateway/documents/quote-pdf'
import { quote, quoteLine } from '../../fakes/desk/quotes'
import { uuid } from '../../fakes/desk/entities'
import { signInAs } from '../../support/gateway'
import { openQuoteDesk, type QuoteDesk } from '../quotes/desk'

const document = (lines: number, language: 'sv' | 'en' = 'sv') => ({
  quote: quote({
    id: uuid(1, 6),
    number: 'Q-30007',
    companyId: '10231',
    contactId: 'K1',
    createdAt: '2026-11-23T12:00:00.000Z',
    goodsMark: 'Etapp 3, hus B',
    message: 'Pumpen kan vi leverera i två omgångar.',
    lines: Array.from({ length: lines }, (_, at) =>
      quoteLine(String(at), `RB-${2206 + at}`, 12, 18.4, at % 7 === 0 ? 17.5 : undefined),
    ),
  }),
  language,
  timeZone: 'Europe/Stockholm',
  sellerName: 'Norrbo Grossist AB',
  company: {
    id: '10231',
    name: 'Ahlbergs Rör AB',
    vatNumber: 'SE556677889901',
    paymentTerms: '30 dagar netto',
    address: {
      id: 'A1',
      name: 'Ahlbergs Rör AB',
      street: 'Verkstadsgatan 3',
      postalCode: '117 43',
      city: 'Stockholm',
      country: 'SE',
    },
  },
  contactName: 'Anna Lind',
  articles: { 'RB-2206': { name: 'Rörböj 22 mm, förzinkad', unit: 'st' } },
})

/** What a PDF says of itself outside and inside its packed parts. */
function textOf(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf).toString('latin1')
  const parts = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, part = '']) => {
    try {
      return inflateSync(Buffer.from(part, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return raw + parts.join('\n')
}

const pagesOf = (pdf: Uint8Array) => (textOf(pdf).match(/\/Type \/Page\b/g) ?? []).length

test('a document says its language and its title, and is marked', async () => {
  const pdf = await printPdf(quoteDefinition(document(3)))
  const text = textOf(pdf)
  expect(text.startsWith('%PDF-1.7')).toBe(true)
  expect(text).toContain('/Lang (sv-SE)')
  expect(text).toContain('/DisplayDocTitle true')
  expect(text).toMatch(/\/Marked true/)
  expect(pagesOf(pdf)).toBe(1)
  const english = textOf(await printPdf(quoteDefinition(document(3, 'en'))))
  expect(english).toContain('/Lang (en-GB)')
})

test('the sums, the last day and both addresses stand on it', () => {
  const text = JSON.stringify(quoteDefinition(document(2)).content).replace(/[\u00a0\u202f]/g, ' ')
  for (const words of [
    '2026-12-23',
    'Verkstadsgatan 3',
    'Som kundens adress',
    '430,80',
    '538,50',
  ]) {
    expect(text).toContain(words)
  }
})

test('a thousand lines are printed apart from the thread that serves', async () => {
  let beats = 0
  const timer = setInterval(() => (beats += 1), 5)
  const pdf = await quotePdf(document(1_000))
  clearInterval(timer)
  expect(pagesOf(pdf)).toBeGreaterThan(20)
  // Had this thread printed it, no timer would have come to its turn meanwhile.
  expect(beats).toBeGreaterThan(5)
}, 120_000)

let desk: QuoteDesk
beforeAll(async () => {
  desk = await openQuoteDesk()
})
afterAll(() => desk.close())

async function fetched(name: string | null, path: string): Promise<Response> {
  const token = name === null ? null : await signInAs(desk.gateway, name)
  return fetch(`${desk.gateway.url}/api/quotes/${path}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  })
}

test('is given to who sees the company, and to nobody else', async () => {
  const { id, value } = await desk.sent()
  const given = await fetched('erik', `${id}/document`)
  expect(given.status).toBe(200)
  expect(given.headers.get('content-type')).toBe('application/pdf')
  expect(given.headers.get('content-disposition')).toContain(`${value.number}-v1.pdf`)
  expect(textOf(new Uint8Array(await given.arrayBuffer()))).toContain('/Lang (sv-SE)')
  expect((await fetched('adam', `${id}/document?version=1`)).status).toBe(200)
  for (const [name, path, status] of [
    [null, `${id}/document`, 401],
    ['gun', `${id}/document`, 403],
    ['sara', `${id}/document`, 404],
    ['erik', `${id}/document?version=2`, 404],
    ['erik', `${id}/document?version=x`, 422],
    ['erik', 'nothing/document', 404],
  ] as const) {
    expect((await fetched(name, path)).status, `${name} ${path}`).toBe(status)
  }
})

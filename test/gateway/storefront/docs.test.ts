import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { availabilitySchema } from '../../../contract/availability'
import {
  problemDocumentSchema,
  storefrontChangesPageSchema,
  storefrontReceiptSchema,
} from '../../../contract/storefront'
import { z } from '../../../contract/zod'
import { problems } from '../../../gateway/storefront/problem'
import { projectFolder } from '../../../scripts/build'
import { schemasFolder, storefrontSchemas } from '../../../scripts/storefront-schemas'
import { demoSeed, demoSeller, generateDemo } from '../../../demo/seller/generate-demo'
import { todayIn } from '../../../domain/calendar'
import { Webshop } from './webshop'

const page = await readFile(join(projectFolder, 'docs', 'storefront.md'), 'utf8')

/** The fenced blocks of a language: what stands behind it, and the text. */
function blocks(language: string): { readonly name: string; readonly text: string }[] {
  return [...page.matchAll(/^```(\w+)(?: ([\w-]+))?\n(.*?)^```$/gms)].flatMap(
    ([, found, name = '', text = '']) => (found === language ? [{ name, text }] : []),
  )
}

describe('the JSON Schemas', () => {
  test('are those of the contract (npx tsx scripts/write-schemas.ts writes them)', async () => {
    const made = await storefrontSchemas()
    const written = await Promise.all([...made.keys()].map((path) => readFile(path, 'utf8')))
    expect(written).toEqual([...made.values()])
  })

  test.each(blocks('json').map(({ name, text }) => [name, text]))(
    'let the %s on the page through',
    async (name, text) => {
      const schema = await readSchema(name)
      expect(schema.safeParse(JSON.parse(text)).error).toBeUndefined()
    },
  )

  test('are given an example each', () => {
    const names = new Set(blocks('json').map(({ name }) => name))
    expect(names).toEqual(
      new Set(['event', 'receipt', 'change', 'changes-page', 'availability', 'problem']),
    )
  })

  test('refuse what is none', async () => {
    const event = await readSchema('event')
    const [{ text } = { text: '' }] = blocks('json')
    const good = JSON.parse(text) as { data: Record<string, unknown> }
    expect(event.safeParse({ ...good, type: 'list.burnt' }).success).toBe(false)
    expect(event.safeParse({ ...good, data: { ...good.data, lines: [] } }).success).toBe(false)
    expect(event.safeParse({ ...good, data: { ...good.data, extra: 1 } }).success).toBe(false)
    expect(event.safeParse({ ...good, data: { ...good.data, contact: ' x' } }).success).toBe(false)
  })
})

async function readSchema(name: string): Promise<z.ZodType> {
  return z.fromJSONSchema(JSON.parse(await readFile(join(schemasFolder, `${name}.json`), 'utf8')))
}

test('the page lists every error code with its status and meaning', () => {
  const table = /<!-- codes -->\n+(.*?)\n+<!-- \/codes -->/s.exec(page)?.[1] ?? ''
  const listed = table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const expected = Object.entries(problems).map(([code, [status, title]]) => [
    `\`${code}\``,
    String(status),
    title,
  ])
  expect(listed).toEqual(expected)
})

describe('the commands on the page', () => {
  let shop: Webshop
  beforeAll(async () => {
    // The seller whose keys the examples have: `npm run gateway -- --demo`.
    const now = new Date().toISOString()
    const today = todayIn(demoSeller.timeZone, now)
    shop = await Webshop.open({ seed: () => generateDemo({ seed: demoSeed, today, now }) })
  }, 120_000)
  afterAll(() => shop?.close())

  test('work with bash, curl and openssl as they stand there', async ({ skip }) => {
    const run = promisify(execFile)
    const isThere = await Promise.all(
      ['bash', 'curl', 'openssl', 'od'].map((tool) =>
        run('which', [tool]).then(
          () => true,
          () => false,
        ),
      ),
    )
    skip(isThere.includes(false), 'bash, curl, openssl or od is missing')
    // Each answer on a line of its own.
    const script = blocks('bash')
      .map(({ text }) => `${text}\necho\n`)
      .join('')
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      env: { ...process.env, KONTOR_URL: shop.node.url, KONTOR_SECRET: shop.secret },
    })
    const [first, again, changes, availability, problem, ...rest] = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): unknown => JSON.parse(line))
    expect(rest).toEqual([])
    const receipt = storefrontReceiptSchema.parse(first)
    expect(receipt.requisition).toMatchObject({ revision: 1, state: 'submitted' })
    expect(again).toEqual(first)
    // From the beginning, where the demo's own documents come first; this one is the last.
    expect(storefrontChangesPageSchema.parse(changes).changes.at(-1)).toMatchObject({
      change: { type: 'requisition.received', data: { id: 'cart-4711', contact: '10028-E' } },
    })
    expect(availabilitySchema.parse(availability)).toMatchObject({
      language: 'en',
      articles: [
        { article: 'RB-1504', quantity: '20', unit: 'st' },
        { article: 'KM-0800', quantity: '2.5' },
        { article: 'NO-SUCH', status: 'unknown_article' },
      ],
    })
    expect(problemDocumentSchema.parse(problem)).toEqual(
      JSON.parse(blocks('json').find(({ name }) => name === 'problem')?.text ?? ''),
    )
  })

  test('the events on the page are taken in as they stand there', async () => {
    const events = blocks('json').filter(({ name }) => name === 'event')
    const said: string[] = []
    for (const { text } of events) {
      // The commands have sent a document of this id that says less.
      const sent = await shop.send(text.replace('cart-4711', 'cart-4712'))
      said.push(`${sent.status} ${sent.body.code ?? ''}`)
    }
    // What the second takes back can no longer be accepted by the third; nobody has sent the quote of
    // the page, and what is said to it is understood.
    const unknown = '409 unknown_quote'
    const withdrawn = '409 no_longer_open'
    expect(said).toEqual([
      '202 ',
      '202 ',
      '409 nothing_to_accept',
      withdrawn,
      withdrawn,
      unknown,
      unknown,
      unknown,
    ])
  })
})

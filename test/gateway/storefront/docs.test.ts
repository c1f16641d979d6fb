import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  problemDocumentSchema,
  storefrontChangesPageSchema,
  storefrontReceiptSchema,
} from '../../../contract/storefront'
import { z } from '../../../contract/zod'
import { problems } from '../../../gateway/storefront/problem'
import { projectFolder } from '../../../scripts/build'
import { schemasFolder, storefrontSchemas } from '../../../scripts/storefront-schemas'
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
    expect(names).toEqual(new Set(['event', 'receipt', 'change', 'changes-page', 'problem']))
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
    shop = await Webshop.open()
    // What the examples name.
    await shop.db
      .updateTable('article')
      .set({ pack_multiple: 10_000, minimum_quantity: 0 })
      .where('id', '=', 'BOLT')
      .execute()
    for (const [id, like] of [
      ['A-1001', 'BOLT'],
      ['A-2002', 'HOSE'],
    ] as const) {
      const row = await shop.db
        .selectFrom('article')
        .selectAll()
        .where('id', '=', like)
        .executeTakeFirstOrThrow()
      const { block: _, ...columns } = row
      await shop.db
        .insertInto('article')
        .values({ ...columns, id })
        .execute()
    }
    await shop.db
      .insertInto('contact')
      .values({
        id: 'C-1042',
        company_id: 'berg',
        name: 'Rut Berg',
        email: 'rut@example.com',
        phone: null,
        customer_group_id: null,
        status: 'active',
      })
      .execute()
  })
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
    const [first, again, changes, problem, ...rest] = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): unknown => JSON.parse(line))
    expect(rest).toEqual([])
    const receipt = storefrontReceiptSchema.parse(first)
    expect(receipt.requisition).toMatchObject({ revision: 1, state: 'submitted' })
    expect(again).toEqual(first)
    expect(storefrontChangesPageSchema.parse(changes).changes).toMatchObject([
      { change: { type: 'requisition.received', data: { id: 'cart-4711', contact: 'C-1042' } } },
    ])
    expect(problemDocumentSchema.parse(problem)).toEqual(
      JSON.parse(blocks('json').find(({ name }) => name === 'problem')?.text ?? ''),
    )
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerFrom, recordedLists } from '../../../fakes/prestashop/lists'
import { readRecordings } from '../../../fakes/prestashop/recordings'
import {
  prestashopKeys,
  recordingsFolder,
  startFakePrestaShop,
  type FakePrestaShop,
} from '../../../fakes/prestashop-server'

/**
 * The fake may make up answers only because it makes up the recorded ones as they are. Left out are
 * texts that name fields we did not keep, and prices the shop computes.
 */
const recordings = readRecordings(recordingsFolder)
const lists = recordedLists(recordings)
const listsInFull = recordings.filter(
  ({ method, path, query, authorization }) =>
    method === 'GET' &&
    /^\/api\/\w+$/.test(path) &&
    query.includes('output_format=JSON') &&
    !query.includes('price[') &&
    !path.endsWith('/orders') &&
    authorization === `Basic ${Buffer.from(`${prestashopKeys.full}:`).toString('base64')}`,
)

describe('made up answers', () => {
  test('there are enough to compare with', () => {
    expect(listsInFull.length).toBeGreaterThan(30)
  })

  test.each(listsInFull.map((recording) => [recording.name, recording] as const))(
    '%s',
    (_, recording) => {
      const resource = recording.path.replace('/api/', '')
      // `normalQuery` leaves values as they are; only a percent sign must not be read as an escape.
      const query = new URLSearchParams(recording.query.replaceAll('%', '%25'))
      const made = answerFrom(lists, resource, query)
      expect(made.status).toBe(recording.status)
      if (made.status === 302) return
      const recorded: unknown = JSON.parse(recording.body)
      // Unsorted, rows come in whatever order the database finds them.
      const rows = (body: unknown) =>
        query.has('sort') ? body : byId(withoutIds(body, resource), resource)
      if (made.status === 200) expect(rows(made.body)).toEqual(rows(recorded))
      else expect(codesOf(made.body)).toEqual(codesOf(recorded))
    },
  )
})

function byId(body: unknown, resource: string): unknown {
  const list = (body as Record<string, { id?: number }[]>)[resource]
  return list ? [...list].sort((a, b) => (a.id ?? 0) - (b.id ?? 0)) : body
}

/** Settings were recorded without ids, so theirs are the fake's own. */
function withoutIds(body: unknown, resource: string): unknown {
  if (resource !== 'configurations') return body
  const rows = (body as { configurations: { name: string; value: string }[] }).configurations
  return { configurations: rows.map(({ name, value }) => ({ value, name })) }
}

/** PHP notices (3) come with some errors; the fake does without. */
function codesOf(body: unknown): number[] {
  return (body as { errors: { code: number }[] }).errors
    .map(({ code }) => code)
    .filter((code) => code !== 3)
}

describe('over HTTP', () => {
  let shop: FakePrestaShop
  beforeAll(async () => {
    shop = await startFakePrestaShop()
  })
  afterAll(() => shop.close())

  const get = (path: string, key: string | null = prestashopKeys.full) =>
    fetch(`${shop.url}${path}`, {
      redirect: 'manual',
      headers: key === null ? {} : { authorization: `Basic ${btoa(`${key}:`)}` },
    })

  test('a recorded request is known whatever the order of its parameters', async () => {
    const answer = await get('/api/products?output_format=JSON&sort=[id_DESC]&limit=2,3')
    expect(await answer.text()).toBe('{"products":[{"id":17},{"id":16},{"id":15}]}')
    expect(answer.headers.get('psws-version')).toBe('8.2.1')
  })

  test('keys are told apart', async () => {
    const path = '/api/customers?output_format=JSON'
    expect((await get(path, null)).status).toBe(401)
    expect((await get(path, 'short')).status).toBe(401)
    expect((await get(path, prestashopKeys.unknown)).status).toBe(401)
    expect((await get(path, prestashopKeys.few)).status).toBe(401)
    expect((await get(path)).status).toBe(200)
  })

  test('what was neither recorded nor can be made up fails loudly', async () => {
    expect((await get('/api/products?schema=blank')).status).toBe(501)
  })

  test('a changed shop answers by its changes', async () => {
    shop.lists['groups']?.pop()
    const answer = await get('/api/groups?display=full&output_format=JSON')
    expect(((await answer.json()) as { groups: unknown[] }).groups).toHaveLength(2)
  })
})

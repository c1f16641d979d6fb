import { Hono, type Context } from 'hono'
import { refusal } from '../../contract/errors'
import {
  masterDataBatchSchema,
  masterDataKinds,
  maximumBatchRows,
  type MasterDataKind,
  type MasterDataResult,
  type MasterDataRowError,
} from '../../contract/master-data'
import type { GatewayContext } from '../gateway-context'
import { readBody } from '../http/body'
import { authorise, type AddressOf } from '../http/identify'
import { jsonPointer } from '../http/json-pointer'
import { problem } from '../http/problem'
import { parseCsv, type CsvRows } from './csv'
import { upsertMasterData } from './upsert'

const maximumBytes = 16 * 1024 * 1024

/**
 * `POST /api/master-data` takes `{ kind, rows }` as JSON; `POST /api/master-data/KIND` takes CSV with
 * a header. Both answer 200 with what became of every row; a batch in which some failed is 207.
 */
export function masterDataRoutes(context: GatewayContext, addressOf: AddressOf): Hono {
  return new Hono()
    .post('/', async (c) => {
      const who = await authorise(context, c, 'load_master_data')
      if (!who.ok) return problem(c, who.error)
      const body = await readBody(c.req.raw, maximumBytes)
      if (!body.ok) return problem(c, body.error)
      let input: unknown
      try {
        input = JSON.parse(body.value)
      } catch {
        return problem(c, refusal('malformed', 'The body is not valid JSON.'))
      }
      const batch = masterDataBatchSchema.safeParse(input)
      if (!batch.success) {
        const issues = batch.error.issues.map(({ path, message }) => ({
          pointer: jsonPointer(path),
          message,
        }))
        return problem(
          c,
          refusal(
            'invalid',
            `A batch is { "kind", "rows" } with at most ${maximumBatchRows} rows.`,
            { issues },
          ),
        )
      }
      return answer(
        c,
        await upsertMasterData(
          context,
          batch.data.kind,
          batch.data.rows,
          byUser(addressOf(c), who.value),
        ),
      )
    })
    .post('/:kind', async (c) => {
      const who = await authorise(context, c, 'load_master_data')
      if (!who.ok) return problem(c, who.error)
      const kind = c.req.param('kind')
      if (!isKind(kind)) {
        return problem(
          c,
          refusal('not_found', `There is no master data called “${kind}”.`, {
            kinds: masterDataKinds,
          }),
        )
      }
      const body = await readBody(c.req.raw, maximumBytes)
      if (!body.ok) return problem(c, body.error)
      const csv = parseCsv(body.value)
      if (!csv.ok)
        return problem(
          c,
          refusal('malformed', `Line ${csv.line}: ${csv.message}`, { line: csv.line }),
        )
      if (csv.rows.length > maximumBatchRows) {
        return problem(
          c,
          refusal('invalid', `At most ${maximumBatchRows} rows at a time.`, {
            rows: csv.rows.length,
          }),
        )
      }
      return answer(c, await upsertCsv(context, kind, csv, byUser(addressOf(c), who.value)))
    })
}

/** The rows whose cells fit the header go to the schemas; the others are told apart here. */
async function upsertCsv(
  context: GatewayContext,
  kind: MasterDataKind,
  csv: Extract<CsvRows, { ok: true }>,
  by: ReturnType<typeof byUser>,
): Promise<MasterDataResult> {
  const whole = csv.rows.flatMap(({ fields, line }, index) =>
    fields ? [{ fields, line, index }] : [],
  )
  const result = await upsertMasterData(
    context,
    kind,
    whole.map(({ fields }) => fields),
    by,
  )
  const misshapen = csv.rows.flatMap(({ fields, line, cells }, index): MasterDataRowError[] =>
    fields
      ? []
      : [
          {
            index,
            line,
            code: 'cell_count',
            pointer: '',
            message: `The line has ${cells} cells, the header ${csv.columns}.`,
          },
        ],
  )
  const judged = result.errors.map((error) => {
    const { index = error.index, line = 0 } = whole[error.index] ?? {}
    return { ...error, index, line }
  })
  return {
    ...result,
    received: csv.rows.length,
    failed: result.failed + misshapen.length,
    errors: [...judged, ...misshapen].sort((a, b) => a.index - b.index),
  }
}

function answer(c: Context, result: MasterDataResult): Response {
  return c.json(result, result.failed > 0 ? 207 : 200)
}

function byUser(
  address: string,
  { user }: { readonly user: { readonly id: string; readonly displayName: string } },
) {
  return {
    actor: { kind: 'user', id: user.id, name: user.displayName },
    origin: { via: 'http', address },
  } as const
}

function isKind(kind: string): kind is MasterDataKind {
  return (masterDataKinds as readonly string[]).includes(kind)
}

import { Hono } from 'hono'
import { auditExportSchema } from '../../../contract/audit-export'
import { refusal } from '../../../contract/errors'
import type { GatewayContext } from '../../gateway-context'
import { authorise, type AddressOf } from '../../http/identify'
import { jsonPointer } from '../../http/json-pointer'
import { problem } from '../../http/problem'
import { beginExport } from './begin'

/** At a time on this node: each keeps a connection of the database busy. */
const exportsAtOnce = 2

/** `GET /api/audit?from&to[&of][&form]`: the audit of some days as a file, written as it is fetched. */
export function auditRoutes(context: GatewayContext, addressOf: AddressOf): Hono {
  let underway = 0
  return new Hono().get('/', async (c) => {
    const who = await authorise(context, c, 'export_audit')
    if (!who.ok) return problem(c, who.error)
    const wanted = auditExportSchema.safeParse(c.req.query())
    if (!wanted.success) {
      const issues = wanted.error.issues.map(({ path, message }) => ({
        pointer: `/params${jsonPointer(path)}`,
        message,
      }))
      return problem(c, refusal('invalid', 'Say from which day to which.', { issues }))
    }
    if (underway >= exportsAtOnce) {
      const details = { retryAfterSeconds: 30 }
      return problem(c, refusal('too_many_requests', 'Others export just now.', details))
    }
    const { user } = who.value
    underway += 1
    const done = once(() => (underway -= 1))
    try {
      const text = await beginExport(context, wanted.data, {
        actor: { kind: 'user', id: user.id, name: user.displayName },
        origin: { via: 'http', address: addressOf(c) },
      })
      const { from, to, form } = wanted.data
      return c.body(streamOf(text, done), 200, {
        'Content-Type':
          form === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-${from}-${to}.${form}"`,
      })
    } catch (error) {
      done()
      throw error
    }
  })
}

/** Read only as fast as it is fetched; whoever hangs up ends the reading. */
function streamOf(text: AsyncGenerator<string>, done: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await text.next()
        if (next.done) {
          done()
          controller.close()
        } else controller.enqueue(encoder.encode(next.value))
      } catch (error) {
        done()
        controller.error(error)
      }
    },
    async cancel() {
      done()
      await text.return(undefined)
    },
  })
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) work()
    isDone = true
  }
}

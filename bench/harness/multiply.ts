import type pg from 'pg'

export interface Waiting {
  readonly id: string
  readonly version: number
  /** The requisition it is a copy of. */
  readonly original: string
}

/**
 * Make `count` more requisitions that wait for a decision, each like one of those that came in by the
 * real door, with an id, a number and a time of its own: rows, revision and feed. Counts on from those
 * that were made before, in one transaction.
 */
export async function multiply(client: pg.Client, count: number): Promise<Waiting[]> {
  await client.query('create sequence if not exists bench_copy')
  await client.query('begin')
  await client.query(
    // The numbers are drawn once, before anything is joined: a join may look at its parts many times.
    `create temporary table copy on commit drop as
     with s as materialized (select nextval('bench_copy') as n from generate_series(1, $1))
     select gen_random_uuid() as id, 'B-' || n as number, 'bench-' || n as document_id, n, o.id as original
     from s
     join (
       select id, row_number() over (order by id) - 1 as place, count(*) over () as originals
       from requisition where document_id like 'V%' and state = 'submitted'
     ) o on o.place = s.n % o.originals`,
    [count],
  )
  await client.query(
    `alter table copy add column body jsonb;
     update copy set body = r.body || jsonb_build_object(
       'id', copy.id, 'number', copy.number,
       'shop', jsonb_build_object('id', r.shop_id, 'documentId', copy.document_id),
       'receivedAt', to_char((r.received_at - copy.n * interval '7 seconds') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     from requisition r where r.id = copy.original`,
  )
  await client.query(
    `insert into requisition (id, number, shop_id, document_id, kind, origin, name, state, revision,
       version, company_id, contact_id, currency, submitted_at, received_at, net, body)
     select c.id, c.number, r.shop_id, c.document_id, r.kind, r.origin, r.name, r.state, 1, 1,
       r.company_id, r.contact_id, r.currency, r.submitted_at, (c.body->>'receivedAt')::timestamptz,
       r.net, c.body
     from copy c join requisition r on r.id = c.original`,
  )
  await client.query(
    `insert into requisition_words (requisition_id, words)
     select c.id, lower(c.number) || ' ' || w.words
     from copy c join requisition_words w on w.requisition_id = c.original`,
  )
  await client.query(
    `insert into requisition_revision (requisition_id, revision, submitted_at, body)
     select c.id, 1, r.submitted_at, c.body from copy c join requisition r on r.id = c.original`,
  )
  await client.query(
    `insert into requisition_article (article_id, requisition_id)
     select a.article_id, c.id from copy c join requisition_article a on a.requisition_id = c.original`,
  )
  await client.query(
    `insert into feed (kind, id, version, company_id, value, bytes)
     select 'requisition', c.id::text, 1, c.body->>'companyId', c.body, octet_length(c.body::text) from copy c`,
  )
  const { rows } = await client.query<Waiting>(
    'select id, 1 as version, original from copy order by n',
  )
  await client.query('commit')
  await client.query('analyze')
  if (rows.length !== count) throw new Error(`${rows.length} of ${count} copies were made.`)
  return rows
}

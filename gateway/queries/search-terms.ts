import { sql, type RawBuilder } from 'kysely'
import { seesAllCompanies, type Viewer } from '../../domain/access/rights'

/** `search` holds every word of the folded text, each anywhere in the text and in any order. */
export function matchesWords(column: string, folded: string): RawBuilder<boolean> {
  const words = folded
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8)
  if (words.length === 0) return sql<boolean>`true`
  return sql<boolean>`(${sql.join(
    words.map((word) => sql`${sql.ref(column)} like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`),
    sql` and `,
  )})`
}

/** Only the companies the viewer sees. */
export function visibleCompanies(column: string, viewer: Viewer): RawBuilder<boolean> {
  if (seesAllCompanies(viewer)) return sql<boolean>`true`
  const accounts = viewer.roles.includes('rep') ? [...viewer.accounts] : []
  return sql<boolean>`${sql.ref(column)} = any(${accounts}::text[])`
}

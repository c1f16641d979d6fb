import type { Insertable, Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

type RuleRow = Partial<Insertable<Database['price_rule']>> & {
  readonly kind: Database['price_rule']['kind']
  readonly id: string
}

/** Price rules as master data would write them: net and in kronor, but for what is said. */
export async function insertPriceRules(
  db: Kysely<Database>,
  rules: readonly RuleRow[],
): Promise<void> {
  for (let start = 0; start < rules.length; start += 1_000) {
    await db
      .insertInto('price_rule')
      .values(
        rules.slice(start, start + 1_000).map((rule) => ({
          article_id: null,
          article_group_id: null,
          company_id: null,
          customer_group_id: null,
          price_list_id: null,
          minimum_quantity: 0,
          price: null,
          basis: rule.kind === 'rebate' ? null : ('net' as const),
          currency: rule.kind === 'rebate' ? null : 'SEK',
          rebate: null,
          net: rule.kind === 'contract' ? false : null,
          campaign: null,
          source: null,
          observed_at: null,
          valid_from: null,
          valid_to: null,
          ...rule,
        })),
      )
      .execute()
  }
}

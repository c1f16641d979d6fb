import type { Requisition, RequisitionLine } from '../../contract/entities'
import type { IntakeLine } from '../../domain/requisition/intake-document'
import type { SoundDocument } from '../../domain/requisition/judge-document'
import type { IntakeParties, NamedArticle } from './intake-facts'

/** Lines of a requisition as something that has come in; they have been judged before. */
export function soundOf(
  { kind, deliveryAddress }: Requisition,
  lines: readonly RequisitionLine[],
  { company, group }: IntakeParties,
  articles: ReadonlyMap<string, NamedArticle>,
): SoundDocument<IntakeLine, NamedArticle> {
  return {
    kind,
    company,
    group,
    deliveryAddress,
    lines: lines.map(({ articleId, quantity, shown, set, ...line }) => {
      const article = articles.get(articleId)
      if (!article) throw new Error(`The article ${articleId} has gone.`)
      const price = shown && {
        amount: shown.unitPrice.amount,
        basis: shown.unitPrice.basis,
        rebate: shown.rebate,
      }
      return {
        article,
        line: {
          id: line.id,
          article: articleId,
          quantity,
          price,
          ...(set && { set }),
          warehouse: line.warehouseId,
          requestedDate: line.requestedDate,
        },
      }
    }),
  }
}

import { FileQuestion } from 'lucide-react'
import { useStore } from 'zustand'
import type { Article } from '../../../domain/article'
import { commitmentsNotContained } from '../../../domain/availability/commitments'
import { placeLine } from '../../../domain/availability/place-line'
import { project, type ProjectedDay } from '../../../domain/availability/projection'
import { quantityStep } from '../../../domain/quantity'
import type { Milli } from '../../../domain/units'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import type { AvailabilityContext } from '../../state/line-availability'
import type { ArticleStock } from '../../state/stock-index'
import { EmptyState } from '../../ui/empty-state'
import { Facts } from '../../ui/facts'
import { detailId } from '../../ui/list-focus'
import { Section } from '../../ui/section'
import { TextField } from '../../ui/text-field'
import { readQuantity } from '../customers/typed-quantity'
import { AvailabilityCell } from '../inbox/availability-cell'
import { useWholeAvailabilityContext } from '../inbox/availability-context'
import css from './article-pane.module.css'
import { stockOf, STOCK } from './stock'

/** The article that is open: what can be had of a quantity from where, and how its weeks develop. */
export function ArticlePane({ id }: { readonly id: string }) {
  const { t } = useTexts()
  const article = useEntity('article', id)
  if (!article) {
    return <EmptyState icon={FileQuestion} title={t('stock.gone')} detail={t('stock.goneDetail')} />
  }
  return <Detail article={article} />
}

function Detail({ article }: { readonly article: Article }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats, language } = texts
  const stock = useReplica(({ stock: index }) => index.of(article.id))
  const context = useWholeAvailabilityContext()
  const { quantityText } = useStore(stockOf(desk).store)
  const typed = readQuantity(quantityText, article, texts)
  const { listPrice, supplier, groupId, cost } = article
  const fact = (label: string, value: string | null) => (value ? { label, value } : null)
  return (
    <div
      id={detailId(STOCK)}
      className={css.scroller}
      data-scroller=""
      tabIndex={0}
      role="region"
      aria-label={article.id}
    >
      <header className={css.head}>
        <h2 data-selectable="">{article.name[language]}</h2>
        <p className={css.number} data-selectable="">
          {article.id}
        </p>
        <Facts
          facts={[
            fact(t('stock.unit'), formats.unit(article.unit)),
            fact(t('stock.group'), groupId),
            fact(t('stock.supplier'), supplier),
            listPrice && {
              label: t('stock.listPrice'),
              value: formats.unitPriceWithCurrency(listPrice.amount, listPrice.currency),
            },
            cost && {
              label: t('stock.cost'),
              value: formats.unitPriceWithCurrency(cost.amount, cost.currency),
            },
          ]}
        />
      </header>
      <Section title={t('stock.ask')}>
        <TextField
          className={css.quantity}
          label={`${t('priceCheck.quantity')} (${formats.unit(article.unit)})`}
          value={quantityText}
          onChange={stockOf(desk).setQuantityText}
          autoComplete="off"
        />
        {typed.error !== null && (
          <p className={css.error} role="alert">
            {typed.error}
          </p>
        )}
        {typed.quantity !== null && (
          <>
            <AvailabilityCell
              line={{ articleId: article.id, quantity: typed.quantity }}
              context={context}
            />
            <Best article={article} quantity={typed.quantity} stock={stock} context={context} />
          </>
        )}
      </Section>
      {stock &&
        context.warehouses.map(({ id, name }) => (
          <Weeks key={id} warehouseId={id} name={name} stock={stock} today={context.today} />
        ))}
    </div>
  )
}

/** From where the quantity is best had, at once or in parts. */
function Best({
  article,
  quantity,
  stock,
  context: { warehouses, today, calendar },
}: {
  readonly article: Article
  readonly quantity: Milli
  readonly stock: ArticleStock | undefined
  readonly context: AvailabilityContext
}) {
  const { t, formats } = useTexts()
  const names = new Map(warehouses.map(({ id, name }) => [id, name]))
  const options = warehouses.flatMap(({ id }) => {
    const position = stock?.positions[id]
    if (!stock || !position) return []
    const commitments = commitmentsNotContained(stock.demands.get(id) ?? [], position)
    return [{ warehouseId: id, position, commitments }]
  })
  const step = quantityStep(article)
  const best = placeLine(quantity, options, { wantedWarehouseId: null, today, calendar, step })
  if (!best) return null
  const name = names.get(best.warehouseId) ?? best.warehouseId
  const { availability, split } = best
  const day = (date: string) => formats.shortDay(date, today)
  const single =
    availability.kind === 'deliverable'
      ? t('stock.best.now', { warehouse: name })
      : availability.kind === 'out_of_stock'
        ? t('stock.best.none')
        : t('stock.best.later', { warehouse: name, date: day(availability.date) })
  return (
    <div className={css.best} role="status">
      <p>{single}</p>
      {split && (
        <p>
          {t(split.missing === 0 ? 'stock.best.split' : 'stock.best.splitPart', {
            parts: split.parts
              .map((part) =>
                t('stock.best.part', {
                  quantity: formats.quantity(part.quantity),
                  warehouse: names.get(part.warehouseId) ?? part.warehouseId,
                }),
              )
              .join(' + '),
            missing: formats.quantity(split.missing),
          })}
        </p>
      )}
    </div>
  )
}

/** What comes in with its sign as well. */
function signed(quantity: Milli, words: (quantity: Milli) => string): string {
  return `${quantity > 0 ? '+' : ''}${words(quantity)}`
}

/** The days on which something moves in a warehouse, and what may be promised from each. */
function Weeks({
  warehouseId,
  name,
  stock,
  today,
}: {
  readonly warehouseId: string
  readonly name: string
  readonly stock: ArticleStock
  readonly today: string
}) {
  const { t, formats } = useTexts()
  const position = stock.positions[warehouseId]
  if (!position) return null
  const commitments = commitmentsNotContained(stock.demands.get(warehouseId) ?? [], position)
  const { days } = project({ position, commitments, today })
  if (days.length < 2) return null
  const moved = (day: ProjectedDay, at: number) => day.balance - (days[at - 1]?.balance ?? 0)
  return (
    <Section title={t('stock.weeks', { warehouse: name })}>
      <table className={css.weeks}>
        <thead>
          <tr>
            <th scope="col">{t('stock.weeks.day')}</th>
            <th scope="col">{t('stock.weeks.moved')}</th>
            <th scope="col">{t('stock.weeks.balance')}</th>
            <th scope="col">{t('stock.weeks.promisable')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day, at) => (
            <tr key={day.date}>
              <th scope="row">
                {at === 0 ? t('stock.weeks.today') : formats.shortDay(day.date, today)}
              </th>
              <td>{at === 0 ? '' : signed(moved(day, at), formats.quantity)}</td>
              <td>{formats.quantity(day.balance)}</td>
              <td>{formats.quantity(Math.max(0, day.deliverable - position.safetyStock))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

import type { Requisition, RequisitionLine } from '../../../contract/entities'
import type { LineChange, PriceFigure } from '../../../domain/requisition/figures'
import {
  priceByItself,
  priceToOrder,
  quoted,
  type QuotedPrice,
} from '../../../domain/requisition/line-price'
import { WHOLE } from '../../../domain/units'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import type { Texts } from '../../../language/texts'
import { TextButton } from '../../ui/button'
import { deliveryWords } from '../../wording/delivery'
import { isChanged, type ShownLine } from './figures'
import css from './line-notes.module.css'

/** What is out of the ordinary about a line: proposed against now, a date of its own, a comment. */
export function LineNotes({
  requisition,
  line,
  shown,
  told,
  canChoose,
}: {
  readonly requisition: Requisition
  readonly line: RequisitionLine
  readonly shown: ShownLine
  /** What the gateway found to be other than seen when approving was tried. */
  readonly told: readonly LineChange[]
  readonly canChoose: boolean
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const today = formats.dateOf(useNow())
  const { set } = line
  const own = priceByItself(line)
  const isUnseen = !set && line.shown === null && line.resolved.kind === 'priced'
  const { margin } = shown
  const difference = set
    ? null
    : priceDifference({ ...line, resolved: shown.resolved }, texts, line)
  return (
    <>
      {isUnseen && <div className={css.note}>{t('lines.notShown')}</div>}
      {set && (
        <div className={css.note}>
          {own
            ? t('lines.setInsteadOf', {
                name: set.by.name,
                price: formats.roundedUnitPrice(afterRebate(own.unitPrice.amount, own.rebate)),
              })
            : t('lines.setBy', { name: set.by.name })}
        </div>
      )}
      {isChanged(shown, told) ? (
        <div className={css.changes} data-change={line.id} tabIndex={-1}>
          {difference && <div className={css.warning}>{difference}</div>}
          {shown.delivery !== null && (
            <div className={shown.delivery === 'later' ? css.warning : css.good}>
              {t('changes.delivery', {
                before: deliveryWords(shown.proposed, today, texts),
                now: deliveryWords(shown.figures.delivery, today, texts),
              })}
            </div>
          )}
          {margin && (
            <div className={css.warning}>
              {t('changes.margin', {
                before: formats.percent(margin.proposed),
                now: formats.percent(margin.kept),
              })}
            </div>
          )}
          {told.map((change) => (
            <ToldNote key={change.what} change={change} today={today} />
          ))}
          {canChoose && shown.isPriceOther && (
            <PriceChoice requisition={requisition} line={line} shown={shown} />
          )}
        </div>
      ) : (
        difference && <div className={css.warning}>{difference}</div>
      )}
      {shown.held.map((held) => (
        <HeldNote key={`${held.warehouseId} ${held.by} ${held.until}`} held={held} line={line} />
      ))}
      {line.requestedDate && (
        <div className={css.note}>
          {t('lines.requested', { date: formats.day(line.requestedDate, today) })}
        </div>
      )}
      {line.comment && (
        <div className={css.note}>{t('controls.quoted', { text: line.comment })}</div>
      )}
    </>
  )
}

/** What a colleague holds of the article meanwhile, and until when. */
function HeldNote({
  held: { warehouseId, quantity, by, requisition, until },
  line: { articleId },
}: {
  readonly held: ShownLine['held'][number]
  readonly line: RequisitionLine
}) {
  const { t, formats } = useTexts()
  const warehouse = useReplica(({ replica }) => replica.get('warehouse', warehouseId))
  const article = useReplica(({ replica }) => replica.get('article', articleId))
  const values = {
    quantity: article
      ? formats.quantityWithUnit(quantity, article.unit)
      : formats.quantity(quantity),
    warehouse: warehouse?.name ?? warehouseId,
    name: by,
    time: formats.time(until),
  }
  return (
    <div className={css.warning}>
      {requisition
        ? t('changes.held', { ...values, number: requisition.number })
        : t('changes.heldByColleague', values)}
    </div>
  )
}

/** Keeps the price it came in with, or takes today's. */
function PriceChoice({
  requisition,
  line,
  shown,
}: {
  readonly requisition: Requisition
  readonly line: RequisitionLine
  readonly shown: ShownLine
}) {
  const { warehouseChoices } = useDesk()
  const { t, formats } = useTexts()
  const other = shown.isRefreshed ? priceToOrder(line) : quoted(shown.resolved)
  if (!other) return null
  const price = written(
    other,
    shown.isRefreshed ? quoted(shown.resolved) : priceToOrder(line),
    formats,
  )
  return (
    <div className={css.choice}>
      {shown.isRefreshed && <span className={css.note}>{t('changes.refreshed')} · </span>}
      <TextButton
        onPress={() => warehouseChoices.refresh(requisition, line.id, !shown.isRefreshed)}
      >
        {t(shown.isRefreshed ? 'changes.keepPrice' : 'changes.takePrice', { price })}
      </TextButton>
    </div>
  )
}

function ToldNote({ change, today }: { readonly change: LineChange; readonly today: string }) {
  const texts = useTexts()
  const { t, formats } = texts
  const warehouses = useReplica(({ replica }) => replica.all('warehouse'))
  if (change.what === 'delivery') {
    const words = (delivery: typeof change.seen) =>
      delivery === null
        ? deliveryWords(null, today, texts)
        : t('changes.from', {
            delivery: deliveryWords(delivery, today, texts),
            warehouse: warehouses.get(delivery.warehouseId)?.name ?? delivery.warehouseId,
          })
    const [seen, now] = [words(change.seen), words(change.now)]
    return <div className={css.warning}>{t('changes.toldDelivery', { seen, now })}</div>
  }
  const words = (price: PriceFigure | null) =>
    price ? formats.roundedUnitPrice(afterRebate(price.amount, price.rebate)) : t('changes.noPrice')
  const values = { seen: words(change.seen), now: words(change.now) }
  return (
    <div className={css.warning}>
      {change.what === 'price' ? t('changes.toldOrdered', values) : t('changes.toldPrice', values)}
    </div>
  )
}

/**
 * How the price resolved now differs from the one the customer was shown, or where none was shown from
 * the one it came in with; null when it does not.
 */
export function priceDifference(
  { shown, resolved }: Pick<RequisitionLine, 'shown' | 'resolved'>,
  { t, formats }: Texts,
  cameIn: Pick<RequisitionLine, 'resolved'> = { resolved },
): string | null {
  const before: QuotedPrice | null = shown ?? quoted(cameIn.resolved)
  if (!before) return null
  const was = afterRebate(before.unitPrice.amount, before.rebate)
  if (resolved.kind === 'missing') {
    return shown
      ? t('lines.shownUnresolved', { shown: formats.unitPrice(shown.unitPrice.amount) })
      : t('changes.priceGone', { before: formats.roundedUnitPrice(was) })
  }
  const now = afterRebate(resolved.unitPrice.amount, resolved.rebate)
  const isSameBasis = before.unitPrice.basis === resolved.unitPrice.basis
  if (was === now && isSameBasis) return null
  const price = written(resolved, before, formats)
  if (!isSameBasis || was === 0) {
    return t('lines.priceNow', { shown: formats.roundedUnitPrice(was), resolved: price })
  }
  const percent = formats.signedPercent(Math.round(((now - was) / was) * WHOLE))
  return t(shown ? 'lines.priceChanged' : 'changes.priceMoved', { percent, price })
}

/** With the same rebate it is the price in the column that differs; else what is left of it. */
function written(price: QuotedPrice, other: QuotedPrice | null, formats: Texts['formats']): string {
  return price.rebate === other?.rebate
    ? formats.unitPrice(price.unitPrice.amount)
    : formats.roundedUnitPrice(afterRebate(price.unitPrice.amount, price.rebate))
}

/** Micro units after rebate, for showing. */
function afterRebate(amount: number, rebate: number): number {
  return Math.round((amount * (WHOLE - rebate)) / WHOLE)
}

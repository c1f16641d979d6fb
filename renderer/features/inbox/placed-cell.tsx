import type { Requisition, RequisitionLine } from '../../../contract/entities'
import { useStore } from 'zustand'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import type { AvailabilityContext } from '../../state/line-availability'
import { placeArticle } from '../../state/line-placement'
import { AvailabilityCell, WarehouseLine } from './availability-cell'
import css from './availability-cell.module.css'
import { WarehouseChoice } from './warehouse-choice'

/** Where a line can come from, and the choice of where it will: what the gateway would take, unless changed. */
export function PlacedCell({
  requisition,
  line,
  isLocked,
  context,
}: {
  readonly requisition: Requisition
  readonly line: RequisitionLine
  readonly isLocked: boolean
  readonly context: AvailabilityContext
}) {
  const { warehouseChoices } = useDesk()
  const { t, language } = useTexts()
  const article = useEntity('article', line.articleId)
  const stock = useReplica((desk) => desk.stock.of(line.articleId))
  const choices = useStore(warehouseChoices.store, () => warehouseChoices.of(requisition))
  const placed = placeArticle(line.articleId, requisition.lines, choices, stock, context).get(
    line.id,
  )
  if (!placed || placed.warehouseId === null) {
    return <AvailabilityCell line={line} context={context} />
  }
  const { warehouseId, automaticId, answers } = placed
  // What an earlier step chose is only given up by choosing something else.
  const isLeft = (id: string) =>
    id === automaticId && !Object.hasOwn(requisition.choices?.warehouses ?? {}, line.id)
  return (
    <div
      className={css.list}
      role="group"
      aria-label={t('availability.from', { article: article?.name[language] ?? line.articleId })}
      data-choices=""
    >
      {answers.map((answer) => {
        const { id, name } = answer.warehouse
        return (
          <WarehouseLine
            key={id}
            answer={answer}
            line={line}
            stock={stock}
            today={context.today}
            name={
              answer.answer && (
                <WarehouseChoice
                  name={name}
                  isTaken={id === warehouseId}
                  isAutomatic={id === automaticId}
                  isLocked={isLocked}
                  onChoose={() =>
                    warehouseChoices.choose(requisition, line.id, isLeft(id) ? null : id)
                  }
                />
              )
            }
          />
        )
      })}
    </div>
  )
}

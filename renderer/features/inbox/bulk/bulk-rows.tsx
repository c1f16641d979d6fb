import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useConsole, useReplica, useTexts } from '../../../desk-hooks'
import { Table } from '../../../ui/table'
import css from './bulk-rows.module.css'

const ROW = { comfortable: 36, compact: 28 } as const

/** What stands in a row whatever is to be told of it. */
interface Row {
  readonly id: string
  readonly number: string
  readonly companyId: string
  readonly net: number
  readonly currency: string
}

/** Requisitions one under the other, and what is to be said of each. Only those in sight are drawn. */
export function BulkRows<R extends Row>({
  label,
  rows,
  title,
  say,
  number,
}: {
  readonly label: string
  readonly rows: readonly R[]
  /** Of the column that says what is said of each. */
  readonly title: string
  readonly say: (row: R) => ReactNode
  /** The number, where it is more than its words. */
  readonly number?: (row: R) => ReactNode
}) {
  const { t, formats } = useTexts()
  const density = useConsole(({ settings }) => settings?.density ?? 'comfortable')
  const names = useReplica(({ replica }) => replica.all('company'))
  const scroller = useRef<HTMLDivElement>(null)
  // A table asks for what scrolls it when it is first laid out, and children are before their parents.
  const [isLaidOut, setIsLaidOut] = useState(false)
  useLayoutEffect(() => setIsLaidOut(true), [])
  return (
    <div
      ref={scroller}
      className={css.scroller}
      data-scroller=""
      // Its rows are read by scrolling, which the keyboard has to reach.
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      {isLaidOut && (
        <Table
          label={label}
          className={css.table}
          columns={[
            { id: 'number', title: t('bulk.column.number') },
            { id: 'company', title: t('bulk.column.company'), className: css.company },
            { id: 'net', title: t('totals.net'), align: 'end' },
            { id: 'say', title, className: css.say },
          ]}
          count={rows.length}
          rowKey={(at) => rows[at]?.id ?? String(at)}
          rowHeight={() => ROW[density]}
          scroller={scroller}
          cells={(at) => {
            const row = rows[at]
            if (!row) return {}
            return {
              number: number?.(row) ?? row.number,
              company: names.get(row.companyId)?.name ?? row.companyId,
              net: formats.money(row.net, row.currency),
              say: say(row),
            }
          }}
        />
      )}
    </div>
  )
}

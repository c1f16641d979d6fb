import { RotateCcw, Trash2 } from 'lucide-react'
import { useState, type KeyboardEvent, type RefObject } from 'react'
import type { Requisition } from '../../../../contract/entities'
import { useDesk, useTexts } from '../../../desk-hooks'
import { addLine, removeLine, restoreLine, typeCell, type LineField } from '../../../state/edits'
import { IconButton } from '../../../ui/button'
import { classes } from '../../../ui/class-names'
import { Table } from '../../../ui/table'
import { ArticlePicker } from '../../customers/article-picker'
import css from './edit-lines.module.css'
import type { EditedLine, EditedRequisition } from './edited'
import { focusCell } from './focus-cell'
import { usePricesAsked } from './use-prices-asked'

const titles = {
  quantity: 'lines.quantity',
  price: 'lines.price',
  rebate: 'lines.rebate',
  date: 'lines.date',
} as const satisfies Record<LineField, string>
const fields = Object.keys(titles) as LineField[]

/** The lines as fields: Enter and the arrows go from row to row, Tab from field to field. */
export function EditLines({
  requisition,
  edited,
  scroller,
}: {
  readonly requisition: Requisition
  readonly edited: EditedRequisition
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const { t, formats } = useTexts()
  const { lines } = edited
  const { currency } = requisition
  usePricesAsked(requisition, edited)
  return (
    <>
      <Table
        label={t('lines.title')}
        className={css.lines}
        scroller={scroller}
        count={lines.length}
        rowKey={(at) => lines[at]?.id ?? String(at)}
        rowHeight={() => 62}
        columns={[
          { id: 'article', title: t('lines.article'), className: css.article },
          ...fields.map((field) => ({
            id: field,
            title: t(titles[field]),
            className: css[field],
            ...(field !== 'date' && { align: 'end' as const }),
          })),
          { id: 'amount', title: t('lines.rowAmount'), align: 'end', className: css.amount },
          { id: 'remove', title: '', className: css.remove },
        ]}
        cells={(at) => {
          const line = lines[at]
          if (!line) return {}
          const isRemoved = line.kind === 'removed'
          return {
            article: <ArticleCell line={line} />,
            ...Object.fromEntries(
              fields.map((field) => [
                field,
                <Cell key={field} requisition={requisition} line={line} field={field} at={at} />,
              ]),
            ),
            amount: (
              <span className={classes(css.figure, isRemoved && css.struck)}>
                {line.rowAmount === null ? '–' : formats.amount(line.rowAmount, currency)}
              </span>
            ),
            remove: <RemoveCell requisition={requisition} line={line} />,
          }
        }}
      />
      <AddLine requisition={requisition} />
    </>
  )
}

function ArticleCell({ line }: { readonly line: EditedLine }) {
  const { t, language, formats } = useTexts()
  const { article, kind } = line
  const problems = fields.flatMap((field) => line.cells[field].problem ?? [])
  return (
    <div data-selectable="">
      <div className={classes(css.name, kind === 'removed' && css.struck)}>
        {article ? article.name[language] : t('lines.unknownArticle')}
      </div>
      <div className={css.number}>
        <span>{line.articleId}</span>
        {article && <span>{formats.unit(article.unit)}</span>}
        {article?.status === 'discontinued' && (
          <span className={css.discontinued}>{t('lines.discontinued')}</span>
        )}
        {kind !== 'kept' && kind !== 'changed' && (
          <strong className={css.kind}>{t(`edit.${kind}`)}</strong>
        )}
      </div>
      {kind !== 'removed' && problems.length > 0 && (
        <div id={problemId(line)} className={css.problem}>
          {problems.join(' ')}
        </div>
      )}
    </div>
  )
}

function problemId({ id }: EditedLine): string {
  return `edit-problem-${id}`
}

function Cell({
  requisition,
  line,
  field,
  at,
}: {
  readonly requisition: Requisition
  readonly line: EditedLine
  readonly field: LineField
  readonly at: number
}) {
  const { edits } = useDesk()
  const { t, language } = useTexts()
  const { text, isChanged, before, problem } = line.cells[field]
  const isRemoved = line.kind === 'removed'
  const article = line.article?.name[language] ?? line.articleId
  const move = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (event.key !== 'Enter' && !isArrow) return
    event.preventDefault()
    const isUp = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey)
    focusCell(at + (isUp ? -1 : 1), field, isUp ? -1 : 1)
  }
  return (
    <>
      <input
        className={classes(css.input, isChanged && css.changed, field !== 'date' && css.end)}
        data-cell={`${at} ${field}`}
        aria-label={t('edit.cell', { field: t(titles[field]), article })}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId(line)}
        type="text"
        inputMode={field === 'date' ? undefined : 'decimal'}
        placeholder={field === 'date' ? t('edit.datePlaceholder') : undefined}
        autoComplete="off"
        spellCheck="false"
        disabled={isRemoved}
        value={text}
        onKeyDown={move}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) =>
          edits.change(requisition.id, typeCell(line.id, field, target.value))
        }
      />
      {isChanged && before !== null && !isRemoved && (
        <span className={css.before}>{t('edit.was', { value: before === '' ? '–' : before })}</span>
      )}
    </>
  )
}

function RemoveCell({
  requisition,
  line,
}: {
  readonly requisition: Requisition
  readonly line: EditedLine
}) {
  const { edits } = useDesk()
  const { t, language } = useTexts()
  const article = line.article?.name[language] ?? line.articleId
  const isRestoring = line.kind === 'removed' || line.kind === 'changed'
  return (
    <span className={css.buttons}>
      {isRestoring && (
        <IconButton
          label={t('edit.restore', { article })}
          icon={RotateCcw}
          onPress={() => edits.change(requisition.id, restoreLine(line.id))}
        />
      )}
      {line.kind !== 'removed' && (
        <IconButton
          label={t('edit.remove', { article })}
          icon={Trash2}
          onPress={() => edits.change(requisition.id, removeLine(line.id))}
        />
      )}
    </span>
  )
}

const nothingTyped = { articleId: null, articleText: '' }

/** One more line: the article is searched for, and its quantity is typed in the line that comes. */
function AddLine({ requisition }: { readonly requisition: Requisition }) {
  const { edits, replica } = useDesk()
  const { t, formats } = useTexts()
  const [typed, setTyped] = useState<{
    readonly articleId: string | null
    readonly articleText: string
  }>(nothingTyped)
  return (
    <div className={css.add}>
      <ArticlePicker
        id="edit-add-line"
        label={t('edit.add')}
        articleId={typed.articleId}
        text={typed.articleText}
        onChange={(choice) => {
          const article = choice.articleId && replica.get('article', choice.articleId)
          if (!article) {
            setTyped(choice)
            return
          }
          setTyped(nothingTyped)
          const least = Math.max(article.minimumQuantity, article.packMultiple, 1_000)
          edits.change(
            requisition.id,
            addLine({
              id: crypto.randomUUID(),
              articleId: article.id,
              quantity: formats.quantity(least),
            }),
          )
          const added = edits.of(requisition.id)?.added.length ?? 0
          focusCell(requisition.lines.length + added - 1, 'quantity', 1)
        }}
      />
    </div>
  )
}

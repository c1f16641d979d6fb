import { Check } from 'lucide-react'
import { useStore } from 'zustand'
import type { Requisition, RequisitionLine } from '../../../contract/entities'
import { useDesk, useEntity, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { focusMarkBeside } from './focus'
import css from './line-mark.module.css'

/** The box at a line's edge that marks it: under the pointer, and in every row once any is marked. */
export function LineMark({
  requisition,
  line,
}: {
  readonly requisition: Requisition
  readonly line: RequisitionLine
}) {
  const { markedLines } = useDesk()
  const { t, language } = useTexts()
  const article = useEntity('article', line.articleId)
  const isMarked = useStore(markedLines.store, () => markedLines.of(requisition).has(line.id))
  const isMarking = useStore(markedLines.store, () => markedLines.of(requisition).size > 0)
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isMarked}
      aria-label={t('split.mark', { article: article?.name[language] ?? line.articleId })}
      className={classes(css.mark, isMarking && css.marking)}
      data-mark={line.id}
      onClick={() => markedLines.toggle(requisition, line.id)}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (by === 0) return
        event.preventDefault()
        focusMarkBeside(event.currentTarget, by)
      }}
    >
      <span className={css.box}>
        {isMarked && <Check size={11} strokeWidth={3} aria-hidden="true" />}
      </span>
    </button>
  )
}

import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { runAction } from '../../../actions/run-action'
import { useConsole, useDesk, useReplica, useTexts } from '../../../desk-hooks'
import { isOver } from '../../../services/bulk'
import { Button, IconButton } from '../../../ui/button'
import { backAction } from '../actions/focus'
import { bulkApproveAction, bulkRejectAction, bulkResultsAction } from '../actions/bulk'
import css from './bulk-bar.module.css'
import { pickedSummary } from './outlook'
import { progressOf } from './progress'
import { sumsText } from './sums'

/** At the foot of the list: what is picked out, and how far those have come that were decided on together. */
export function BulkBar() {
  return (
    <>
      <Underway />
      <PickedOut />
    </>
  )
}

function PickedOut() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const { ids } = useStore(desk.picked.store)
  useStore(desk.bulk.store)
  const revision = useReplica(({ replica }) => replica.store.getState().revision)
  const session = useConsole((state) => state.session)
  useConsole((state) => state.connection)
  const summary = useMemo(
    () => pickedSummary(desk),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- they stand for what is summed up
    [desk, ids, revision, session],
  )
  if (ids.size === 0) return null
  const approve = bulkApproveAction.when(desk)
  const why = approve.kind === 'disabled' ? approve.why(texts) : null
  const { count, sums, yours, others } = summary
  const left = count - yours
  return (
    <section className={css.bar} data-picked="" aria-label={t('bulk.picked')}>
      <div className={css.head}>
        <p className={css.count} role="status">
          {t('bulk.count', { count })} <span className={css.sum}>{sumsText(sums, texts)}</span>
        </p>
        <IconButton
          label={t('bulk.clear')}
          icon={X}
          keys={backAction.keys?.[0]}
          onPress={() => desk.picked.clear()}
        />
      </div>
      <p className={css.whose}>
        {left === 0 ? t('bulk.allYours') : t('bulk.yours', { count: yours })}
        {others.map((other) => {
          const words = t('bulk.othersBecause', { count: other.count, why: other.why(texts) })
          return <span key={words}> · {words}</span>
        })}
      </p>
      {why !== null && <p className={css.whose}>{why}</p>}
      <div className={css.buttons}>
        <Button
          variant="primary"
          keys={bulkApproveAction.keys?.[0]}
          isDisabled={approve.kind !== 'possible'}
          onPress={() => runAction(desk, bulkApproveAction)}
        >
          {t('bulk.approve')}
        </Button>
        <Button
          keys={bulkRejectAction.keys?.[0]}
          isDisabled={approve.kind !== 'possible'}
          onPress={() => runAction(desk, bulkRejectAction)}
        >
          {t('bulk.reject')}
        </Button>
      </div>
    </section>
  )
}

function Underway() {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const { run } = useStore(desk.bulk.store)
  if (!run) return null
  const { done, all, problems } = progressOf(run)
  return (
    <section className={css.bar} aria-label={t('bulk.results')}>
      <div className={css.head}>
        <p className={css.count}>
          {t(isOver(run) ? `bulk.done.${run.kind}` : `bulk.doing.${run.kind}`, {
            done: formats.integer(done),
            all: formats.integer(all),
          })}
          {problems > 0 && <span> · {t('bulk.problems', { count: problems })}</span>}
        </p>
        {!run.isShown && (
          <Button
            variant="quiet"
            keys={bulkResultsAction.keys?.[0]}
            onPress={() => runAction(desk, bulkResultsAction)}
          >
            {t('bulk.show')}
          </Button>
        )}
      </div>
      <progress
        className={css.progress}
        aria-label={t('bulk.results')}
        max={Math.max(all, 1)}
        value={isOver(run) ? Math.max(all, 1) : done}
      />
    </section>
  )
}

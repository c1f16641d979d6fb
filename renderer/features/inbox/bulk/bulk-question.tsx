import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { DECISION_TEXT_LIMIT } from '../../../../contract/decision-text'
import { useConsole, useDesk, useNavigation, useReplica, useTexts } from '../../../desk-hooks'
import type { BulkKind } from '../../../services/bulk'
import { canReachGateway } from '../../../state/console'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { Segments } from '../../../ui/segments'
import { Status } from '../../../ui/status'
import { TextArea, TextField } from '../../../ui/text-field'
import { wantedWords } from '../../../wording/steps'
import { draftKey } from '../decisions'
import { focusList } from '../focus'
import css from './bulk-question.module.css'
import { BulkRows } from './bulk-rows'
import { asked, ordersOf, type Asked } from './bulk-orders'
import { sumsText } from './sums'

/** With more than so many nobody writes a reason for each. */
const EACH_AT_MOST = 20

/** Asked before many are decided on at once: what becomes of each, and what cannot be decided and why. */
export function BulkQuestion() {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const overlay = useNavigation((state) => state.overlay)
  const kind = overlay === 'bulk_approve' ? 'approve' : overlay === 'bulk_reject' ? 'reject' : null
  return (
    <Dialog
      title={kind === null ? '' : t(`bulk.ask.${kind}`)}
      width="wide"
      isOpen={kind !== null}
      onClose={() => navigation.show(null)}
    >
      {kind !== null && <Question kind={kind} />}
    </Dialog>
  )
}

function Question({ kind }: { readonly kind: BulkKind }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const rows = useAsked(kind)
  const isReachable = useConsole(canReachGateway)
  const drafts = useStore(desk.drafts.store, (state) => state.texts)
  const [isEach, setIsEach] = useState(false)
  const [isAsked, setIsAsked] = useState(false)

  const toDecide = rows.filter(({ outlook }) => outlook.kind !== 'left_out')
  const isReading = rows.some(({ outlook }) => outlook.kind === 'reading')
  const reasonOf = (id: string) => (drafts.get(isEach ? draftKey(id, 'reject') : ALL) ?? '').trim()
  const missing = kind === 'reject' && toDecide.some(({ id }) => reasonOf(id) === '')
  const tooLong = toDecide.some(({ id }) => reasonOf(id).length > DECISION_TEXT_LIMIT)
  const isReady = toDecide.length > 0 && !isReading && isReachable && !tooLong

  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A reason is to be written first.
    if (!isReady || kind === 'reject') return undefined
    // After the dialog has taken the focus itself.
    const frameAt = requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>('[data-confirm] button')?.focus(),
    )
    return () => cancelAnimationFrame(frameAt)
  }, [isReady, kind])

  const confirm = () => {
    // Pressed again while it closes.
    if (desk.navigation.store.getState().overlay === null) return
    if (!isReady) return
    if (missing) return setIsAsked(true)
    desk.navigation.show(null)
    desk.picked.clear()
    desk.bulk.start(kind, ordersOf(desk, kind, rows, reasonOf))
    for (const { id } of toDecide) desk.drafts.drop(isEach ? draftKey(id, 'reject') : ALL)
    focusList()
  }
  useConfirmKey(confirm)
  const reason = drafts.get(ALL) ?? ''
  const problem =
    isAsked && missing
      ? t('decide.textRequired')
      : tooLong
        ? t('decide.textTooLong', { limit: texts.formats.integer(DECISION_TEXT_LIMIT) })
        : null
  return (
    <div ref={frame} className={css.question}>
      <ul className={css.summary}>
        {summaryOf(rows, kind).map(({ id, rows: counted }) => (
          <li key={id}>
            {t(`bulk.sum.${id}`, { count: counted.length })}{' '}
            <span className={css.lesser}>{sumsText(counted, texts)}</span>
          </li>
        ))}
      </ul>
      {kind === 'reject' && toDecide.length > 0 && (
        <div className={css.reason}>
          {toDecide.length > 1 && toDecide.length <= EACH_AT_MOST && (
            <Segments
              label={t('bulk.reasons')}
              value={isEach ? 'each' : 'all'}
              onChange={(value) => setIsEach(value === 'each')}
              options={[
                { id: 'all', name: t('bulk.reasonForAll') },
                { id: 'each', name: t('bulk.reasonEach') },
              ]}
            />
          )}
          {isEach ? (
            <div className={css.each}>
              {toDecide.map(({ id, number, companyId }) => (
                <TextField
                  key={id}
                  label={`${number} ${desk.replica.get('company', companyId)?.name ?? companyId}`}
                  value={drafts.get(draftKey(id, 'reject')) ?? ''}
                  error={isAsked && reasonOf(id) === '' ? t('decide.textRequired') : null}
                  onChange={(value) => desk.drafts.write(draftKey(id, 'reject'), value)}
                />
              ))}
            </div>
          ) : (
            <TextArea
              label={t('decide.rejectLabel')}
              hint={t('bulk.reasonHint')}
              error={problem}
              value={reason}
              rows={3}
              autoFocus
              onChange={(value) => desk.drafts.write(ALL, value)}
            />
          )}
        </div>
      )}
      <BulkRows
        label={t('bulk.rows')}
        rows={rows}
        title={t('bulk.column.becomes')}
        say={(row) => <Becomes row={row} />}
      />
      <footer className={css.foot}>
        <p className={css.lesser} role="status">
          {!isReachable ? t('bulk.offline') : isReading ? t('session.loadingReplica') : ''}
        </p>
        <Button onPress={() => desk.navigation.show(null)}>{t('controls.cancel')}</Button>
        <span data-confirm="">
          <Button
            variant={kind === 'reject' ? 'danger' : 'primary'}
            keys="Mod+Enter"
            isDisabled={!isReady}
            onPress={confirm}
          >
            {t(`bulk.confirm.${kind}`, { count: toDecide.length })}
          </Button>
        </span>
      </footer>
    </div>
  )
}

/** Ctrl or ⌘ and Enter, from the field as well: the window's own keys are silent under a dialog. */
function useConfirmKey(confirm: () => void): void {
  const latest = useRef(confirm)
  useEffect(() => {
    latest.current = confirm
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** Where the one reason for all is kept while it is written. */
const ALL = 'bulk reject'

/** What is picked, and what deciding on it would come to as things are. */
function useAsked(kind: BulkKind): readonly Asked[] {
  const desk = useDesk()
  const revision = useReplica(({ replica }) => replica.store.getState().revision)
  const consoleState = useConsole((state) => state)
  const picked = useStore(desk.picked.store, ({ ids }) => ids)
  const sends = useStore(desk.sends, ({ byId }) => byId)
  const [read, setRead] = useState(0)
  useEffect(() => {
    if (kind === 'reject') return undefined
    let isWanted = true
    // Once more with every change: of what is newer not all has come.
    void desk.readWholes(picked).then(() => {
      if (isWanted) setRead((count) => count + 1)
    })
    return () => {
      isWanted = false
    }
  }, [desk, kind, picked, revision])
  return useMemo(
    () => asked(desk, kind),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- they stand for what it is found in
    [desk, kind, picked, revision, read, consoleState, sends],
  )
}

function Becomes({ row: { outlook, companyId } }: { readonly row: Asked }) {
  const { replica } = useDesk()
  const texts = useTexts()
  const { t } = texts
  switch (outlook.kind) {
    case 'reading':
      return <span className={css.lesser}>{t('controls.loading')}</span>
    case 'left_out':
      return <Status meaning="danger">{outlook.why(texts)}</Status>
    case 'rejected':
      return t('bulk.becomes.rejected')
    case 'ordered':
    case 'step': {
      const words =
        outlook.kind === 'ordered'
          ? t('bulk.becomes.ordered')
          : t('bulk.becomes.step', { who: wantedWords(outlook.wanted, companyId, replica, texts) })
      if (!outlook.warning) return words
      return (
        <>
          {words}
          <br />
          <Status meaning="warning">{outlook.warning(texts)}</Status>
        </>
      )
    }
  }
}

function summaryOf(rows: readonly Asked[], kind: BulkKind) {
  const of = (wanted: Asked['outlook']['kind']) =>
    rows.filter(({ outlook }) => outlook.kind === wanted)
  const warned = rows.filter(({ outlook }) => 'warning' in outlook && outlook.warning !== null)
  const parts =
    kind === 'approve'
      ? ([
          { id: 'ordered', rows: of('ordered') },
          { id: 'step', rows: of('step') },
          { id: 'warned', rows: warned },
          { id: 'leftOut', rows: of('left_out') },
        ] as const)
      : ([
          { id: 'rejected', rows: of('rejected') },
          { id: 'leftOut', rows: of('left_out') },
        ] as const)
  return parts.filter((part) => part.rows.length > 0)
}

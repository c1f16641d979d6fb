import { Copy } from 'lucide-react'
import { useStore } from 'zustand'
import { useDesk, useNow, useTexts } from '../../../desk-hooks'
import { isOver, isProblem } from '../../../services/bulk'
import type { BulkRow, BulkRun } from '../../../services/bulk'
import { canReachGateway } from '../../../state/console'
import { useConsole } from '../../../desk-hooks'
import { Banner } from '../../../ui/banner'
import { Button, TextButton } from '../../../ui/button'
import { RefusalCode } from '../../../ui/refusal-code'
import { PendingStatus, Status } from '../../../ui/status'
import { Switch } from '../../../ui/switch'
import css from './bulk-results.module.css'
import { BulkRows } from './bulk-rows'
import { progressOf } from './progress'
import { resultsText, resultWords } from './result-words'

/** What has become of each of those that were decided on together; it stays until it is closed. */
export function BulkResults() {
  const desk = useDesk()
  const { run } = useStore(desk.bulk.store)
  return run && <Results run={run} />
}

function Results({ run }: { readonly run: BulkRun }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const isReachable = useConsole(canReachGateway)
  const { rows, kind, phase, showsOnlyRefused } = run
  const shown = showsOnlyRefused ? rows.filter(isProblem) : rows
  const { done, all, problems } = progressOf(run)
  const over = isOver(run)
  return (
    <div className={css.results} data-results={over ? 'over' : 'underway'}>
      <header className={css.head}>
        <h2 className={css.title}>
          {t(over ? `bulk.done.${kind}` : `bulk.doing.${kind}`, {
            done: formats.integer(done),
            all: formats.integer(all),
          })}
        </h2>
        <p className={css.lesser} role="status">
          {over && (problems === 0 ? t('bulk.allWell') : t('bulk.problems', { count: problems }))}
        </p>
        <div className={css.ways}>
          <Switch
            label={t('bulk.onlyRefused')}
            isSelected={showsOnlyRefused}
            onChange={desk.bulk.showOnlyRefused}
          />
          <Button icon={Copy} onPress={() => copy(desk, resultsText(desk, shown, texts, now))}>
            {t('bulk.copy')}
          </Button>
          {over ? (
            <Button onPress={desk.bulk.dismiss}>{t('controls.close')}</Button>
          ) : (
            <Button onPress={desk.bulk.cancel} isDisabled={phase === 'cancelled'}>
              {t('bulk.cancel')}
            </Button>
          )}
        </div>
      </header>
      {phase === 'paused' && (
        <Banner
          className={css.paused}
          meaning="warning"
          isAlert
          actions={
            isReachable && <TextButton onPress={desk.bulk.goOn}>{t('bulk.goOn')}</TextButton>
          }
        >
          {t(isReachable ? 'bulk.pausedBack' : 'bulk.paused')}
        </Banner>
      )}
      <BulkRows
        label={t('bulk.results')}
        rows={shown}
        title={t('bulk.column.result')}
        number={({ id, number }) => (
          <TextButton onPress={() => desk.navigation.open('requisition', id)}>{number}</TextButton>
        )}
        say={(row) => <Result row={row} />}
      />
    </div>
  )
}

function Result({ row }: { readonly row: BulkRow }) {
  const desk = useDesk()
  const texts = useTexts()
  const now = useNow()
  const { result } = row
  const words = resultWords(result, texts, now)
  switch (result.kind) {
    case 'waiting':
    case 'sending':
    case 'asking':
    case 'queued':
      return <PendingStatus>{words}</PendingStatus>
    case 'ordered':
      return (
        <Status meaning="good">
          {desk.navigation.canOpen('order') ? (
            <TextButton onPress={() => desk.navigation.open('order', result.orderId)}>
              {words}
            </TextButton>
          ) : (
            words
          )}
        </Status>
      )
    case 'step_taken':
    case 'rejected':
      return <Status meaning="good">{words}</Status>
    case 'unknown':
      return (
        <>
          <Status meaning="warning">{words}</Status>{' '}
          <TextButton onPress={() => desk.bulk.askAgain(row.id)}>
            {texts.t('controls.askAgain')}
          </TextButton>
        </>
      )
    case 'refused':
      return (
        <>
          <Status meaning="danger">{words}</Status> <RefusalCode error={result.error} />
        </>
      )
    case 'left_out':
    case 'not_sent':
      return <Status meaning="warning">{words}</Status>
  }
}

function copy({ bridge, toasts, report }: ReturnType<typeof useDesk>, text: string): void {
  bridge
    .request('clipboard.writeText', { text })
    .then(() =>
      toasts.tell({ meaning: 'notice', text: ({ t }) => t('controls.copied'), action: null }),
    )
    .catch(report)
}

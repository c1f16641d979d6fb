import { useState } from 'react'
import { auditKindNames, exportFormNames } from './audit-export-choices'
import type { AuditKindChoice, ExportFormChoice } from './audit-export-choices'
import type { SavedFile } from '../../../contract/saved-file'
import { mayDo } from '../../../domain/access/rights'
import { isCalendarDate } from '../../../domain/calendar'
import { refusalSentence } from '../../../language/refusals'
import { useConsole, useDesk, useNow, useOwnUser, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { todayAt } from '../../state/today'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Section } from '../../ui/section'
import { SelectField } from '../../ui/select-field'
import { TextField } from '../../ui/text-field'
import css from './audit-export.module.css'

/** Takes the audit of some days out to a file; for admins. */
export function AuditExport() {
  const user = useOwnUser()
  return user && mayDo(user, 'export_audit') ? <Export /> : null
}

type Told = { readonly kind: 'exporting' } | SavedFile | { readonly kind: 'failed' }

function Export() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const today = todayAt(desk)
  const isReachable = useConsole(canReachGateway)
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`)
  const [to, setTo] = useState(today)
  const [of, setOf] = useState<AuditKindChoice>('all')
  const [form, setForm] = useState<ExportFormChoice>('jsonl')
  const [told, setTold] = useState<Told | null>(null)

  const isBusy = told?.kind === 'exporting'
  const dateError = (date: string) => (isCalendarDate(date) ? null : t('standIn.noDate'))
  const order =
    isCalendarDate(from) && isCalendarDate(to) && to < from ? t('auditExport.order') : null
  const isRight = dateError(from) === null && dateError(to) === null && order === null
  const save = async () => {
    if (!isRight || isBusy) return
    setTold({ kind: 'exporting' })
    try {
      const wanted = { from, to, of: of === 'all' ? null : of, form }
      setTold(await desk.bridge.request('audit.export', wanted))
    } catch (error) {
      desk.report(error)
      setTold({ kind: 'failed' })
    }
  }
  return (
    <Section level={2} title={t('auditExport.title')}>
      <p className={css.note}>{t('auditExport.detail')}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label={t('auditExport.from')}
          value={from}
          onChange={setFrom}
          error={dateError(from)}
          isDisabled={isBusy}
          autoComplete="off"
        />
        <TextField
          label={t('auditExport.to')}
          value={to}
          onChange={setTo}
          error={dateError(to) ?? order}
          isDisabled={isBusy}
          autoComplete="off"
        />
        <div className={css.field}>
          <span className={css.note} aria-hidden="true">
            {t('auditExport.of')}
          </span>
          <SelectField
            label={t('auditExport.of')}
            value={of}
            options={auditKindNames(texts)}
            onChange={setOf}
            isDisabled={isBusy}
          />
        </div>
        <div className={css.field}>
          <span className={css.note} aria-hidden="true">
            {t('auditExport.form')}
          </span>
          <SelectField
            label={t('auditExport.form')}
            value={form}
            options={exportFormNames(texts)}
            onChange={setForm}
            isDisabled={isBusy}
          />
        </div>
        {told?.kind === 'saved' && (
          <Banner meaning="good">{t('auditExport.saved', { file: told.file })}</Banner>
        )}
        {told?.kind === 'refused' && (
          <Banner meaning="danger" isAlert>
            {refusalSentence(told.error, texts, texts.formats, now)}
          </Banner>
        )}
        {told?.kind === 'failed' && (
          <Banner meaning="danger" isAlert>
            {t('auditExport.failed')}
          </Banner>
        )}
        <div className={css.buttons}>
          <Button type="submit" isDisabled={!isRight || isBusy || !isReachable}>
            {t(isBusy ? 'auditExport.exporting' : 'auditExport.save')}
          </Button>
          {!isReachable && <p className={css.note}>{t('bulk.offline')}</p>}
        </div>
      </form>
    </Section>
  )
}

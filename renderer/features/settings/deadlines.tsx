import { useState } from 'react'
import { noDeadlines, type Deadlines as DeadlinesSet } from '../../../domain/approval/deadlines'
import type { Refusal } from '../../../contract/errors'
import { mayDo } from '../../../domain/access/rights'
import { refusalSentence } from '../../../language/refusals'
import type { Texts } from '../../../language/texts'
import { useConsole, useDesk, useNow, useOwnUser, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { classes } from '../../ui/class-names'
import { Section } from '../../ui/section'
import { TextField } from '../../ui/text-field'
import { Setting, SettingGroup } from './setting'
import css from './stand-ins.module.css'

const kinds = ['remindDays', 'escalateDays', 'releaseHours', 'expireDays', 'holdMinutes'] as const
type Kind = (typeof kinds)[number]

/** Of a gateway that holds no stock it is not known for how long. */
type KnownDeadlines = DeadlinesSet & { readonly holdMinutes?: number | null | undefined }

const kindsOf = ({ holdMinutes }: KnownDeadlines): readonly Kind[] =>
  holdMinutes === undefined ? kinds.filter((kind) => kind !== 'holdMinutes') : kinds

/** As much as the gateway takes. */
const most: Readonly<Record<Kind, number>> = {
  remindDays: 60,
  escalateDays: 60,
  releaseHours: 720,
  expireDays: 3_650,
  holdMinutes: 60,
}

/** What is done about requisitions that wait: for everybody who decides to see, for admins to change. */
export function Deadlines() {
  const { t } = useTexts()
  const user = useOwnUser()
  const seller = useReplica(({ replica }) => replica.get('seller', 'seller'))
  const [isChanging, setChanging] = useState(false)
  if (!user || !seller) return null
  const known = { ...(seller.deadlines ?? noDeadlines), holdMinutes: seller.holdMinutes }
  const maySet = mayDo(user, 'set_policy')
  if (!maySet && !mayDo(user, 'decide_requisition')) return null
  return (
    <Section level={2} title={t('deadlines.title')}>
      <p className={css.note}>{t('deadlines.detail')}</p>
      {isChanging ? (
        <Form
          known={known}
          version={seller.deadlinesVersion ?? 0}
          onDone={() => setChanging(false)}
        />
      ) : (
        <>
          <Known deadlines={known} />
          {maySet && <Change onPress={() => setChanging(true)} />}
        </>
      )}
    </Section>
  )
}

function Known({ deadlines }: { readonly deadlines: KnownDeadlines }) {
  const { t } = useTexts()
  return (
    <SettingGroup>
      {kindsOf(deadlines).map((kind) => (
        <Setting key={kind} name={t(`deadlines.${kind}`)}>
          {words(kind, deadlines[kind] ?? null, t)}
        </Setting>
      ))}
    </SettingGroup>
  )
}

function words(kind: Kind, deadline: number | null, t: Texts['t']): string {
  return deadline === null
    ? t('deadlines.never')
    : t(`deadlines.after.${kind}`, { count: deadline })
}

function Change({ onPress }: { readonly onPress: () => void }) {
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  return (
    <>
      <div>
        <Button isDisabled={!isReachable} onPress={onPress}>
          {t('deadlines.change')}
        </Button>
      </div>
      {!isReachable && <p className={css.note}>{t('deadlines.offline')}</p>}
    </>
  )
}

/** As they are written: empty is never. */
type Written = Readonly<Record<Kind, string>>

/** A deadline as it was written; undefined where it is none. */
function read(kind: Kind, text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const count = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : 0
  return count >= 1 && count <= most[kind] ? count : undefined
}

function Form({
  known,
  version,
  onDone,
}: {
  readonly known: KnownDeadlines
  readonly version: number
  readonly onDone: () => void
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const [written, setWritten] = useState<Written>(() => ({
    remindDays: String(known.remindDays ?? ''),
    escalateDays: String(known.escalateDays ?? ''),
    releaseHours: String(known.releaseHours ?? ''),
    expireDays: String(known.expireDays ?? ''),
    holdMinutes: String(known.holdMinutes ?? ''),
  }))
  // What is changed is decided on what was seen, even when somebody else was quicker.
  const [decidedOn] = useState(version)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Refusal | 'no_answer' | null>(null)
  const errorOf = (kind: Kind) =>
    read(kind, written[kind]) === undefined ? t('deadlines.wrong', { most: most[kind] }) : null
  const send = async () => {
    const [remindDays, escalateDays, releaseHours, expireDays, holdMinutes] = kinds.map((kind) =>
      read(kind, written[kind]),
    )
    if (
      isBusy ||
      remindDays === undefined ||
      escalateDays === undefined ||
      releaseHours === undefined ||
      expireDays === undefined ||
      holdMinutes === undefined
    )
      return
    setBusy(true)
    const result = await desk.commands.send({
      type: 'deadlines.set',
      aggregateId: 'deadlines',
      expectedVersion: decidedOn,
      payload: {
        remindDays,
        escalateDays,
        releaseHours,
        expireDays,
        ...(known.holdMinutes !== undefined && { holdMinutes }),
      },
    })
    setBusy(false)
    if (result.kind === 'accepted') onDone()
    else setFailure(result.kind === 'refused' ? result.error : 'no_answer')
  }
  return (
    <form
      className={classes(css.form, css.pairs)}
      onSubmit={(event) => {
        event.preventDefault()
        void send().catch(desk.report)
      }}
    >
      {kindsOf(known).map((kind, at) => (
        <TextField
          key={kind}
          label={t(`deadlines.${kind}`)}
          hint={t(`deadlines.hint.${kind}`)}
          value={written[kind]}
          onChange={(value) => setWritten((before) => ({ ...before, [kind]: value }))}
          error={errorOf(kind)}
          isDisabled={isBusy}
          autoFocus={at === 0}
          autoComplete="off"
        />
      ))}
      {failure !== null && (
        <Banner meaning="danger" isAlert>
          {failure === 'no_answer'
            ? t('deadlines.noAnswer')
            : refusalSentence(failure, texts, texts.formats, now)}
        </Banner>
      )}
      <div className={css.buttons}>
        <Button type="submit" variant="primary" isDisabled={isBusy}>
          {t('deadlines.save')}
        </Button>
        <Button variant="quiet" isDisabled={isBusy} onPress={onDone}>
          {t('controls.cancel')}
        </Button>
      </div>
    </form>
  )
}

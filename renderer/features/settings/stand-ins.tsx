import { useEffect, useRef, useState } from 'react'
import type { Delegation, User } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import { mayDo } from '../../../domain/access/rights'
import { delegationProblem } from '../../../domain/approval/delegation'
import { addDays, isCalendarDate } from '../../../domain/calendar'
import { refusalSentence } from '../../../language/refusals'
import type { Texts } from '../../../language/texts'
import type { Desk } from '../../desk'
import { useConsole, useDesk, useNow, useOwnUser, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { todayAt } from '../../state/today'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Section } from '../../ui/section'
import { SelectField, type SelectOption } from '../../ui/select-field'
import { TextField } from '../../ui/text-field'
import { Setting, SettingGroup } from './setting'
import { STAND_INS_ID } from './stand-ins-id'
import css from './stand-ins.module.css'

/** How long one is away, where nothing else is said. */
const USUAL_DAYS = 7
/** As much as the gateway takes. */
const REASON_LIMIT = 200

/** Who takes one's approval steps while one is away, and whose one takes oneself. */
export function StandIns() {
  const user = useOwnUser()
  return user && <StandInsOf user={user} level={2} />
}

/** The same of any user who decides: administrators hand over for somebody who is away already. */
export function StandInsOf({ user, level = 3 }: { readonly user: User; readonly level?: 2 | 3 }) {
  const desk = useDesk()
  const { t, language } = useTexts()
  const me = useOwnUser()
  const isReachable = useConsole(canReachGateway)
  // Who they are and whether it is over follows from all of these.
  useReplica(({ replica }) => replica.store.getState().revision)
  useNow()
  const [isWriting, setWriting] = useState(false)
  const [failure, setFailure] = useState<Refusal | 'no_answer' | null>(null)
  const begin = useRef<HTMLDivElement>(null)
  // What is pressed to end something goes away with it: the focus goes where one begins again.
  const [endings, setEndings] = useState(0)
  useEffect(() => {
    if (endings > 0) focusFirst(begin.current)
  }, [endings])
  if (user.status !== 'active' || !mayDo(user, 'decide_requisition')) return null
  const isOwn = user.id === me?.id
  const known = delegationsOf(desk, user.id)
  const end = async ({ id }: Delegation) => {
    setFailure(null)
    const refused = await ended(desk, id)
    setFailure(refused)
    if (refused === null) setEndings((count) => count + 1)
  }
  const close = () => {
    setWriting(false)
    setEndings((count) => count + 1)
  }
  const colleagues = colleaguesOf(desk, user, language)
  return (
    <Section level={level} title={t('standIn.title')}>
      <p className={css.note}>
        {isOwn ? t('standIn.detail') : t('standIn.detailOf', { name: user.displayName })}
      </p>
      {failure !== null && <Failure failure={failure} />}
      {known.length > 0 && (
        <SettingGroup>
          {known.map((one) => (
            <Row key={one.id} one={one} userId={user.id} isMe={isOwn} onEnd={() => void end(one)} />
          ))}
        </SettingGroup>
      )}
      <div ref={begin} id={STAND_INS_ID} tabIndex={-1}>
        {isWriting && colleagues.length > 0 ? (
          <HandOver user={user} colleagues={colleagues} onDone={close} />
        ) : (
          <Button isDisabled={!isReachable} onPress={() => setWriting(true)}>
            {t('standIn.begin')}
          </Button>
        )}
      </div>
      {isWriting && colleagues.length === 0 && (
        <p className={css.note}>{t(isOwn ? 'standIn.nobody' : 'standIn.nobodyOf')}</p>
      )}
      {!isReachable && <p className={css.note}>{t('standIn.offline')}</p>}
    </Section>
  )
}

/** The first that takes the focus, or all of it where nothing does for now: never the page. */
function focusFirst(part: HTMLElement | null) {
  const first = part?.querySelector<HTMLElement>('select:not([disabled]), button:not([disabled])')
  ;(first ?? part)?.focus()
}

/** Those that count or are to come, from and to a user, the next to begin first. */
function delegationsOf(desk: Desk, userId: string): readonly Delegation[] {
  const today = todayAt(desk)
  return [...desk.replica.all('delegation').values()]
    .filter((one) => !one.isEnded && one.until >= today)
    .filter(({ fromUserId, toUserId }) => fromUserId === userId || toUserId === userId)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

function Row({
  one,
  userId,
  isMe,
  onEnd,
}: {
  readonly one: Delegation
  /** From or to whom it is. */
  readonly userId: string
  readonly isMe: boolean
  readonly onEnd: () => void
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const today = todayAt(desk)
  const isOwn = one.fromUserId === userId
  const otherId = isOwn ? one.toUserId : one.fromUserId
  const name = desk.replica.get('user', otherId)?.displayName ?? t('step.wanted.unknownUser')
  const about = isMe
    ? ({ from: 'standIn.takesYours', to: 'standIn.takesTheirs' } as const)
    : ({ from: 'standIn.takesFrom', to: 'standIn.takesFor' } as const)
  const words = t(isOwn ? about.from : about.to, { name })
  const days = t('standIn.days', {
    from: formats.shortDay(one.from, today),
    until: formats.shortDay(one.until, today),
  })
  return (
    <Setting name={words}>
      <span>{one.reason === '' ? days : `${days} · ${one.reason}`}</span>
      <Button isDisabled={!isReachable} onPress={onEnd}>
        {t(isOwn ? 'standIn.end' : 'standIn.giveBack')}
      </Button>
    </Setting>
  )
}

function HandOver({
  user,
  colleagues,
  onDone,
}: {
  readonly user: User
  readonly colleagues: readonly SelectOption<string>[]
  readonly onDone: () => void
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const today = todayAt(desk)
  const [toUserId, setTo] = useState(colleagues[0]?.id ?? '')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(addDays(today, USUAL_DAYS - 1))
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Refusal | 'no_answer' | null>(null)
  const form = useRef<HTMLFormElement>(null)
  // It opens where one button was, and its own buttons come into sight with it.
  useEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), [])
  const wish = { fromUserId: user.id, toUserId, from: from.trim(), until: until.trim() }
  const dateError = (text: string) => (isCalendarDate(text.trim()) ? null : t('standIn.noDate'))
  const reasonError =
    reason.trim().length > REASON_LIMIT ? t('standIn.reasonTooLong', { limit: REASON_LIMIT }) : null
  const send = async () => {
    if (isBusy || reasonError !== null || !isCalendarDate(wish.from) || !isCalendarDate(wish.until))
      return
    setBusy(true)
    const refused = problemOf(desk, wish, today) ?? (await handedOver(desk, wish, reason.trim()))
    setBusy(false)
    setFailure(refused)
    if (refused === null) onDone()
  }
  return (
    <form
      ref={form}
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className={css.field}>
        <span className={css.note} aria-hidden="true">
          {t('standIn.to')}
        </span>
        <SelectField
          label={t('standIn.to')}
          value={toUserId}
          options={colleagues}
          onChange={setTo}
          isDisabled={isBusy}
        />
      </div>
      <TextField
        label={t('standIn.from')}
        value={from}
        onChange={setFrom}
        error={dateError(from)}
        isDisabled={isBusy}
        autoComplete="off"
      />
      <TextField
        label={t('standIn.until')}
        value={until}
        onChange={setUntil}
        error={dateError(until)}
        isDisabled={isBusy}
        autoFocus
        autoComplete="off"
      />
      <TextField
        label={t('standIn.reason')}
        value={reason}
        onChange={setReason}
        error={reasonError}
        isDisabled={isBusy}
        autoComplete="off"
        className={css.wide}
      />
      {failure !== null && <Failure failure={failure} />}
      <div className={css.buttons}>
        <Button type="submit" variant="primary" isDisabled={isBusy}>
          {t('standIn.handOver')}
        </Button>
        <Button variant="quiet" isDisabled={isBusy} onPress={onDone}>
          {t('controls.cancel')}
        </Button>
      </div>
    </form>
  )
}

function Failure({ failure }: { readonly failure: Refusal | 'no_answer' }) {
  const texts = useTexts()
  const now = useNow()
  return (
    <Banner meaning="danger" isAlert>
      {failure === 'no_answer'
        ? texts.t('standIn.noAnswer')
        : refusalSentence(failure, texts, texts.formats, now)}
    </Banner>
  )
}

/**
 * Those who could take a user's steps, the likeliest first: approvers decide for every customer, reps of
 * the same team for the same ones. Another rep does not see a rep's customers and is not offered.
 */
function colleaguesOf(
  { replica }: Desk,
  user: User,
  language: Texts['language'],
): readonly SelectOption<string>[] {
  const placeOf = ({ roles, team }: User) => {
    if (roles.includes('approver')) return 0
    return team !== null && team === user.team ? 1 : 2
  }
  const last = user.roles.includes('approver') ? 2 : 1
  return [...replica.all('user').values()]
    .filter((one) => one.id !== user.id && one.status === 'active')
    .filter((one) => mayDo(one, 'decide_requisition') && placeOf(one) <= last)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.displayName.localeCompare(b.displayName, language))
    .map(({ id, displayName }) => ({ id, name: displayName }))
}

type Wish = Pick<Delegation, 'fromUserId' | 'toUserId' | 'from' | 'until'>

/** What the gateway would refuse, as far as it is known here. */
function problemOf({ replica }: Desk, wish: Wish, today: string): Refusal | null {
  const canDecide = (id: string) => {
    const user = replica.get('user', id)
    return user?.status === 'active' && mayDo(user, 'decide_requisition')
  }
  const known = [...replica.all('delegation').values()]
  const problem = delegationProblem(wish, known, { today, canDecide })
  return problem && { code: 'delegation_impossible', message: '', details: { ...problem } }
}

async function handedOver(
  desk: Desk,
  wish: Wish,
  reason: string,
): Promise<Refusal | 'no_answer' | null> {
  const result = await desk.commands.send({
    type: 'delegation.create',
    aggregateId: crypto.randomUUID(),
    expectedVersion: null,
    payload: { ...wish, reason },
  })
  return failureOf(result)
}

async function ended(desk: Desk, id: string): Promise<Refusal | 'no_answer' | null> {
  const result = await desk.commands.send({
    type: 'delegation.end',
    aggregateId: id,
    expectedVersion: desk.replica.versionOf('delegation', id),
    payload: {},
  })
  return failureOf(result)
}

function failureOf(
  result: Awaited<ReturnType<Desk['commands']['send']>>,
): Refusal | 'no_answer' | null {
  if (result.kind === 'refused') return result.error
  return result.kind === 'accepted' ? null : 'no_answer'
}

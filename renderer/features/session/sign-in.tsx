import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import type { SessionState } from '../../../contract/console'
import type { Refusal } from '../../../contract/errors'
import { useDesk, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/text-field'
import { useErrorFocus } from '../../ui/use-error-focus'
import { DemoAccounts } from './demo-accounts'
import { passwordProblem, usernameProblem } from './credentials'
import type { CredentialProblem } from './credentials'
import { FailureBanner } from './failure-banner'
import { checkAddress } from './gateway-address'
import type { AddressProblem } from './gateway-address'
import { RefusalBanner } from './refusal-banner'
import { SessionFrame } from './session-frame'
import css from './sign-in.module.css'
import { useRequest } from './use-request'

type SignedOut = Extract<SessionState, { kind: 'signed_out' }>

/** Signing in to a gateway: its address where it is not known yet, and who one is. */
export function SignIn({
  gateway,
  isDemo = false,
  accounts = [],
  last,
  ended,
  onBack,
}: {
  /** Null asks for it. */
  readonly gateway: string | null
  readonly isDemo?: boolean
  readonly accounts?: SignedOut['accounts']
  readonly last: SignedOut['last']
  readonly ended: SignedOut['ended']
  readonly onBack?: () => void
}) {
  const { bridge } = useDesk()
  const { t } = useTexts()
  const { isBusy, failure, run } = useRequest()
  const [address, setAddress] = useState('')
  const [addressProblem, setAddressProblem] = useState<AddressProblem | null>(null)
  const [username, setUsername] = useState(last?.username ?? '')
  const [password, setPassword] = useState('')
  const [wasTried, setTried] = useState(false)
  const [failures, setFailures] = useState(0)
  const [error, setError] = useState<Refusal | null>(null)
  const [isFormShown, setFormShown] = useState(accounts.length === 0)
  const problems = { username: usernameProblem(username), password: passwordProblem(password) }

  const form = useRef<HTMLFormElement>(null)
  useErrorFocus(form, failures)
  useEffect(() => {
    if (error === null || isBusy) return undefined
    // Once the view stands: leaving a field is work of its own.
    const after = setTimeout(() => goToRefused(form.current, error))
    return () => clearTimeout(after)
  }, [error, isBusy])

  const signIn = (origin: string, who: { username: string; password: string }) =>
    run(async () => {
      const answer = await bridge.request('session.signIn', { gateway: origin, ...who })
      if (!answer.ok) setError(answer.error)
    })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    // What was said about the attempt before is not about this one.
    setError(null)
    const checked =
      gateway === null ? checkAddress(address) : ({ ok: true, origin: gateway } as const)
    setAddressProblem(checked.ok ? null : checked.error)
    if (!checked.ok || problems.username !== null || problems.password !== null) {
      setFailures(failures + 1)
      return
    }
    signIn(checked.origin, { username: username.trim(), password })
  }

  const said = (problem: CredentialProblem | null) => {
    if (!wasTried || problem === null) return null
    return problem.kind === 'long'
      ? t('session.tooLong', { maximum: problem.maximum })
      : t(problem.key)
  }

  const title = isDemo
    ? t('session.signInToDemo')
    : gateway === null
      ? t('session.connect')
      : t('session.signInTo', { gateway: hostOf(gateway) })
  return (
    <SessionFrame title={title} detail={gateway === null ? t('session.connectDetail') : undefined}>
      {ended && <Banner meaning="notice">{t(`session.ended.${ended}`)}</Banner>}
      {last !== null && last.waiting > 0 && (
        <Banner meaning="notice">
          {t('session.waiting', { count: last.waiting, name: last.displayName })}
        </Banner>
      )}
      <FailureBanner reference={failure} />
      {error && <RefusalBanner error={error} />}
      {accounts.length > 0 && (
        <DemoAccounts
          accounts={accounts}
          isBusy={isBusy}
          onChoose={({ username: name, password: word }) => {
            setError(null)
            signIn(gateway ?? '', { username: name, password: word })
          }}
        />
      )}
      {isFormShown ? (
        <form ref={form} className={css.form} onSubmit={submit} noValidate>
          {gateway === null && (
            <TextField
              label={t('session.address')}
              hint={t('session.addressHint')}
              error={addressProblem && t(addressProblem)}
              value={address}
              onChange={(value) => {
                setAddress(value)
                setAddressProblem(null)
                setError(null)
              }}
              autoComplete={ADDRESS}
              autoFocus
            />
          )}
          <TextField
            label={t('session.username')}
            value={username}
            onChange={setUsername}
            error={said(problems.username)}
            autoComplete="username"
            autoFocus={gateway !== null && last === null}
          />
          <TextField
            label={t('session.password')}
            type="password"
            value={password}
            onChange={setPassword}
            error={said(problems.password)}
            autoComplete={PASSWORD}
            autoFocus={gateway !== null && last !== null}
          />
          <div className={css.ways}>
            <Button variant="primary" type="submit" isDisabled={isBusy}>
              {isBusy ? t('session.signingIn') : t('session.signIn')}
            </Button>
            {onBack && (
              <Button variant="quiet" onPress={onBack}>
                {t('controls.back')}
              </Button>
            )}
          </div>
        </form>
      ) : (
        <Button variant="quiet" className={css.other} onPress={() => setFormShown(true)}>
          {t('session.otherAccount')}
        </Button>
      )}
      {gateway !== null && (
        <Button
          variant="quiet"
          className={css.other}
          isDisabled={isBusy}
          onPress={() =>
            run(async () => {
              const answer = await bridge.request('session.forgetGateway')
              if (!answer.ok) setError(answer.error)
            })
          }
        >
          {t('session.otherGateway')}
        </Button>
      )}
    </SessionFrame>
  )
}

const ADDRESS = 'url'
const PASSWORD = 'current-password'

/**
 * Goes to what an attempt that was refused is put right in: the address where nobody answered, else the
 * password, of which nothing can be seen. Where the address is given there is only trying again.
 */
function goToRefused(form: HTMLFormElement | null, { code }: Refusal): void {
  const name = code === 'unavailable' ? ADDRESS : PASSWORD
  const field = form?.querySelector<HTMLInputElement>(`input[autocomplete="${name}"]`)
  const target = field ?? form?.querySelector<HTMLButtonElement>('button[type="submit"]')
  target?.focus()
  field?.select()
}

function hostOf(gateway: string): string {
  return gateway.replace(/^https?:\/\//, '')
}

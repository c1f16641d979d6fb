import { randomBytes } from 'node:crypto'

import type { SessionState } from '../../contract/console'
import type { DemoAccount, EmbeddedGatewayReady } from '../../contract/embedded-gateway'
import { refusal, type Outcome, type Refusal } from '../../contract/errors'
import type { Session, SignIn } from '../../contract/session'
import type { Desk, DeskOptions } from '../desk/desk'
import type { EmbeddedGateway } from '../embedded-gateway/embedded-gateway'
import type { Log } from '../log'
import type { CheckedStore } from '../storage/checked-store'
import type { Identity } from '../storage/identity'
import { createSerial } from '../storage/serial'
import { gatewayOrigin } from './address'
import type { Access } from './download'
import type { GatewayHttp } from './gateway-http'
import type { Installation, LastPerson } from './installation'
import type { Vault } from './vault'

export interface SessionOptions {
  readonly installation: CheckedStore<Installation>
  readonly vault: Vault
  readonly http: GatewayHttp
  readonly embedded: EmbeddedGateway
  readonly openDesk: (options: SessionDeskOptions) => Promise<Desk>
  /** How many decisions of somebody's wait on this computer, while nobody has them open. */
  readonly countWaiting: (identity: Identity) => Promise<number>
  readonly stateChanged: (state: SessionState) => void
  readonly log: Log
}

/** What the session knows of a desk; the rest is the application's. */
export type SessionDeskOptions = Pick<
  DeskOptions,
  'device' | 'address' | 'token' | 'user' | 'gatewayId' | 'welcomed' | 'sessionEnded'
>

/** How much earlier than this computer's clock says a session may be over, in ms. */
const clockSkew = 60_000

type SignedOut = Extract<SessionState, { kind: 'signed_out' }>
type Ended = SignedOut['ended']

/**
 * Who is signed in where, and what follows from it: the embedded gateway runs while the demo is
 * chosen, and a desk is open while somebody is signed in. Wishes are carried out one after another.
 */
export class ConsoleSession {
  readonly #options: SessionOptions
  readonly #wishes = createSerial()
  #state: SessionState = { kind: 'first_run' }
  #desk: Desk | null = null
  /** What the embedded gateway said when it became ready; null while it does not run. */
  #demo: EmbeddedGatewayReady | null = null
  #token: string | null = null
  #isClosing = false

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get state(): SessionState {
    return this.#state
  }

  get desk(): Desk | null {
    return this.#desk
  }

  /** By what somebody who is signed in asks the gateway over HTTP; null while nobody is. */
  get access(): Access | null {
    if (this.#token === null || this.#state.kind !== 'signed_in') return null
    return { origin: this.#demo?.url ?? this.#state.gateway, token: this.#token }
  }

  /** Go on where the last run ended; with `demo` an installation that has nothing yet tries the demo. */
  begin(how: { readonly demo: boolean }): Promise<void> {
    return this.#wishes.run(async () => {
      const { gateway } = this.#kept()
      if (gateway === null) return how.demo ? void (await this.#enterDemo()) : undefined
      if (gateway.kind === 'remote') return this.#resume(gateway.origin)
      const username = this.#kept().session?.user.username
      await this.#openDemo((accounts) => accounts.find((each) => each.username === username))
    })
  }

  signIn(wish: { gateway: string; username: string; password: string }): Promise<Outcome<null>> {
    return this.#wishes.run(async () => {
      if (this.#desk !== null) return wrongState('Somebody is signed in already.')
      const origin = gatewayOrigin(wish.gateway)
      if (!origin.ok) return origin
      const isDemo = this.#demo !== null && origin.value === this.#demo.url
      const gateway = isDemo
        ? ({ kind: 'demo' } as const)
        : ({ kind: 'remote', origin: origin.value } as const)
      const { username, password } = wish
      return this.#signInTo(gateway, origin.value, { username: username.trim(), password })
    })
  }

  /** Start the embedded gateway on the demo seller and sign in as its first account. */
  tryDemo(): Promise<Outcome<null>> {
    return this.#wishes.run(async () => {
      if (this.#desk !== null) return wrongState('Somebody is signed in already.')
      return this.#enterDemo()
    })
  }

  /** End the session here and at the gateway; what is on this computer of it is deleted. */
  signOut(): Promise<Outcome<null>> {
    return this.#wishes.run(() => this.#signOut())
  }

  /** Sign out and go back to the choice between the demo and a gateway. */
  forgetGateway(): Promise<Outcome<null>> {
    return this.#wishes.run(async () => {
      if (this.#desk !== null) await this.#signOut()
      await this.#leaveDemo()
      this.#keep({ gateway: null, session: null, last: null })
      this.#become({ kind: 'first_run' })
      return { ok: true, value: null }
    })
  }

  /** Close everything in order, keeping what the next start goes on with. */
  async close(): Promise<void> {
    this.#isClosing = true
    // Not after the other wishes: one of them may be waiting for this gateway to start.
    await Promise.all([
      this.#options.embedded.stop(),
      this.#wishes.run(() => this.#closeDesk({ wipe: false })),
    ])
  }

  /** A token that was kept is used as it is: whether it still holds, the gateway says. */
  async #resume(origin: string): Promise<void> {
    const { session } = this.#kept()
    if (session === null) return this.#becomeSignedOut(origin, null)
    const token =
      session.sealedToken === null ? null : this.#options.vault.open(session.sealedToken)
    const hasExpired = Date.parse(session.expiresAt) <= Date.now()
    if (token === null || hasExpired) {
      // Where nothing was kept there is nothing to be told about it.
      const ended = hasExpired ? 'expired' : session.sealedToken === null ? null : 'wiped'
      this.#keep({ session: { ...session, sealedToken: null } })
      return this.#becomeSignedOut(origin, ended)
    }
    await this.#openDesk(origin, token)
  }

  async #enterDemo(): Promise<Outcome<null>> {
    const opened = await this.#openDemo((accounts) => accounts[0])
    if (opened.ok && this.#kept().gateway === null) this.#keep({ gateway: { kind: 'demo' } })
    return opened
  }

  /** @param choose whom to sign in; nobody to let the person choose */
  async #openDemo(
    choose: (accounts: readonly DemoAccount[]) => DemoAccount | undefined,
  ): Promise<Outcome<null>> {
    this.#become({ kind: 'starting', step: 'database' })
    const ready = await this.#options.embedded.start({
      progress: (step) => {
        if (this.#state.kind === 'starting') this.#become({ kind: 'starting', step })
      },
      restarted: (again) => {
        this.#demo = again
        if (this.#state.kind === 'signed_out') {
          this.#become({ ...this.#state, gateway: again.url, accounts: this.#accounts() })
        }
        this.#desk?.reconnect('dropped')
      },
      failed: (error) => void this.#wishes.run(() => this.#fail(error)),
    })
    if (!ready.ok) {
      await this.#fail(ready.error)
      return ready
    }
    if (this.#isClosing) return wrongState('Kontor is closing.')
    this.#demo = ready.value
    const account = choose(ready.value.demo?.accounts ?? [])
    if (account === undefined) {
      await this.#becomeSignedOut(ready.value.url, null)
      return { ok: true, value: null }
    }
    this.#become({ kind: 'starting', step: 'signing_in' })
    const { username, password } = account
    const signedIn = await this.#signInTo({ kind: 'demo' }, ready.value.url, { username, password })
    if (!signedIn.ok) await this.#becomeSignedOut(ready.value.url, null)
    return signedIn
  }

  async #leaveDemo(): Promise<void> {
    if (this.#demo === null) return
    this.#demo = null
    await this.#options.embedded.stop()
  }

  async #signInTo(
    gateway: NonNullable<Installation['gateway']>,
    origin: string,
    credentials: SignIn,
  ): Promise<Outcome<null>> {
    const signedIn = await this.#options.http.signIn(origin, credentials)
    if (!signedIn.ok) return signedIn
    if (gateway.kind === 'remote') await this.#leaveDemo()
    this.#remember(gateway, signedIn.value)
    await this.#openDesk(origin, signedIn.value.token)
    return { ok: true, value: null }
  }

  #remember(
    gateway: NonNullable<Installation['gateway']>,
    { token, user, expiresAt }: Session,
  ): void {
    const before = this.#kept()
    const isSame =
      JSON.stringify(before.gateway) === JSON.stringify(gateway) &&
      before.session?.user.id === user.id
    this.#keep({
      gateway,
      session: {
        user,
        expiresAt,
        gatewayId: isSame ? (before.session?.gatewayId ?? null) : null,
        // The demo's passwords live as long as its process: there is nothing to keep a token for.
        sealedToken: gateway.kind === 'demo' ? null : this.#options.vault.seal(token),
      },
    })
  }

  async #openDesk(origin: string, token: string): Promise<void> {
    const { session, device } = this.#kept()
    if (session === null) throw new Error('A desk was opened for nobody')
    this.#token = token
    const isDemo = this.#demo !== null
    const isRemembered = isDemo || session.sealedToken !== null
    const state = (user = session.user): SessionState => ({
      kind: 'signed_in',
      gateway: this.#demo?.url ?? origin,
      demo: isDemo,
      user,
      remembered: isRemembered,
    })
    this.#become(state())
    this.#desk = await this.#options.openDesk({
      device,
      token,
      user: session.user,
      gatewayId: session.gatewayId,
      address: () => this.#demo?.url ?? origin,
      welcomed: (gatewayId, user) => {
        const kept = this.#kept().session
        if (kept === null || this.#state.kind !== 'signed_in') return
        this.#keep({ session: { ...kept, gatewayId, user } })
        if (JSON.stringify(this.#state.user) !== JSON.stringify(user)) this.#become(state(user))
      },
      sessionEnded: (why) => void this.#wishes.run(() => this.#ended(why)),
    })
  }

  async #signOut(): Promise<Outcome<null>> {
    const token = this.#token
    const origin = this.#state.kind === 'signed_in' ? this.#state.gateway : null
    if (token === null || origin === null) return wrongState('Nobody is signed in.')
    // Here it ends at once; the gateway is told, but nobody waits for one that cannot be reached.
    await this.#closeDesk({ wipe: true })
    this.#keep({ session: null, last: this.#lastPerson() })
    await this.#becomeSignedOut(origin, null)
    void this.#options.http.signOut(origin, token).then((told) => {
      if (!told.ok) this.#options.log.warn('The gateway was not told of the sign-out', told.error)
    })
    return { ok: true, value: null }
  }

  /** The gateway ended the session. Who lost their rights keeps nothing; who came late signs in again. */
  async #ended(told: 'expired' | 'revoked'): Promise<void> {
    if (this.#state.kind !== 'signed_in') return
    const origin = this.#state.gateway
    // A gateway that has swept the session no longer knows which it was; its end was known from the start.
    const isOver = Date.parse(this.#kept().session?.expiresAt ?? '') <= Date.now() + clockSkew
    const why = isOver ? 'expired' : told
    await this.#closeDesk({ wipe: why === 'revoked' })
    const { session } = this.#kept()
    const kept = session === null || why === 'revoked' ? null : { ...session, sealedToken: null }
    this.#keep({ session: kept, last: this.#lastPerson() })
    await this.#becomeSignedOut(origin, why)
  }

  async #fail(error: Refusal): Promise<void> {
    if (this.#isClosing) return
    const reference = randomBytes(4).toString('hex')
    this.#options.log.error(`The gateway on this computer failed, reference ${reference}`, error)
    await this.#closeDesk({ wipe: false })
    this.#demo = null
    this.#become({ kind: 'failed', error, reference })
  }

  async #closeDesk(how: { readonly wipe: boolean }): Promise<void> {
    const desk = this.#desk
    this.#desk = null
    this.#token = null
    await desk?.close(how)
  }

  async #becomeSignedOut(gateway: string, ended: Ended): Promise<void> {
    const last = await this.#lastSeen()
    const demo = this.#demo !== null
    this.#become({ kind: 'signed_out', gateway, demo, accounts: this.#accounts(), last, ended })
  }

  #accounts(): DemoAccount[] {
    return this.#demo?.demo?.accounts ?? []
  }

  /** Whoever is signed in here, else whoever was. */
  #lastPerson(): LastPerson | null {
    const { session, last } = this.#kept()
    if (session === null) return last
    const { user, gatewayId } = session
    const { id: userId, username, displayName } = user
    return { userId, username, displayName, gatewayId }
  }

  /** Their name, and how much of theirs waits here. An outbox that cannot be read is told of later. */
  async #lastSeen(): Promise<SignedOut['last']> {
    const person = this.#lastPerson()
    if (person === null) return null
    const { userId: user, gatewayId: gateway, username, displayName } = person
    const count = gateway === null ? 0 : this.#options.countWaiting({ gateway, user })
    const waiting = await Promise.resolve(count).catch((error: unknown) => {
      this.#options.log.warn('The outbox could not be counted', error)
      return 0
    })
    return { username, displayName, waiting }
  }

  #become(state: SessionState): void {
    this.#state = state
    this.#options.stateChanged(state)
  }

  #kept(): Installation {
    return this.#options.installation.read()
  }

  #keep(change: Partial<Installation>): void {
    this.#options.installation.write({ ...this.#kept(), ...change })
  }
}

function wrongState(message: string): Outcome<never> {
  return { ok: false, error: refusal('wrong_state', message) }
}

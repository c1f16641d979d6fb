import { useState } from 'react'
import type { SessionState } from '../../../contract/console'
import { Failed } from './failed'
import { FirstRun } from './first-run'
import { SessionFrame } from './session-frame'
import { SignIn } from './sign-in'
import { Starting } from './starting'

/** What is shown before someone is signed in. */
export function SessionScreen({
  session,
}: {
  readonly session: Exclude<SessionState, { kind: 'signed_in' }> | null
}) {
  const [isNaming, setNaming] = useState(false)
  // Main answers within a frame or two; until then there is nothing to say.
  if (!session) return <SessionFrame title="" />
  switch (session.kind) {
    case 'first_run':
      return isNaming ? (
        <SignIn gateway={null} last={null} ended={null} onBack={() => setNaming(false)} />
      ) : (
        <FirstRun onConnect={() => setNaming(true)} />
      )
    case 'starting':
      return <Starting step={session.step} />
    case 'signed_out':
      return (
        <SignIn
          gateway={session.gateway}
          isDemo={session.demo}
          accounts={session.accounts}
          last={session.last}
          ended={session.ended}
        />
      )
    case 'failed':
      return <Failed error={session.error} reference={session.reference} />
  }
}

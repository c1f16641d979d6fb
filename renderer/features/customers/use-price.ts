import { useEffect, useState } from 'react'
import type { Refusal } from '../../../contract/errors'
import type { PriceResolution } from '../../../domain/pricing/rules'
import type { Milli } from '../../../domain/units'
import { useConsole, useDesk } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'

export interface PriceQuestion {
  readonly companyId: string
  readonly articleId: string
  readonly quantity: Milli
}

export type PriceAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'failed'; readonly error: Refusal; readonly again: () => void }
  | { readonly kind: 'known'; readonly resolution: PriceResolution; readonly currency: string }

/** Someone who is still typing is not answered at every key, in milliseconds. */
const PAUSE = 200

interface Answered {
  readonly key: string
  readonly answer:
    Extract<PriceAnswer, { kind: 'known' }> | { readonly kind: 'failed'; readonly error: Refusal }
}

/** The company's own price now, as the gateway resolves it; null asks nothing. */
export function usePrice(question: PriceQuestion | null): PriceAnswer {
  const desk = useDesk()
  const isReachable = useConsole(canReachGateway)
  const [attempt, setAttempt] = useState(0)
  const [answered, setAnswered] = useState<Answered | null>(null)
  const { companyId, articleId, quantity } = question ?? {
    companyId: '',
    articleId: '',
    quantity: 0,
  }
  const key = question === null ? null : `${attempt} ${quantity} ${companyId} ${articleId}`
  const isAnswered = answered !== null && answered.key === key

  useEffect(() => {
    if (key === null || !isReachable || isAnswered) return undefined
    let isWanted = true
    const timer = setTimeout(() => {
      void ask(desk, 'price.resolve', { companyId, articleId, quantity }).then((outcome) => {
        if (!isWanted) return
        setAnswered({
          key,
          answer: outcome.ok
            ? { kind: 'known', ...outcome.value }
            : { kind: 'failed', error: outcome.error },
        })
      })
    }, PAUSE)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [desk, key, isReachable, isAnswered, companyId, articleId, quantity])

  if (key === null) return { kind: 'none' }
  if (isAnswered) {
    const { answer } = answered
    return answer.kind === 'known' ? answer : { ...answer, again: () => setAttempt(attempt + 1) }
  }
  return { kind: isReachable ? 'asking' : 'offline' }
}

import { useNow, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { RefusalCode } from '../../ui/refusal-code'
import { formError } from './problem-words'
import type { Problem } from './users'

/** What went wrong with the whole of a form; nothing where it stands at a field. */
export function ProblemBanner({ problem }: { readonly problem: Problem | null }) {
  const texts = useTexts()
  const now = useNow()
  const error = formError(problem, texts, now)
  if (error === null) return null
  return (
    <Banner meaning="danger" isAlert>
      {error} {problem?.kind === 'refused' && <RefusalCode error={problem.error} />}
    </Banner>
  )
}

import type { Wanted } from '../../domain/approval/steps'
import type { Texts } from '../../language/texts'
import type { Replica } from '../state/replica'
import { stepContextOf } from '../state/wanted'

/** Who is to approve now, as part of a sentence: “an approver”, “Erik Dahl and Karin Åberg”. */
export function wantedWords(
  wanted: readonly Wanted[],
  companyId: string,
  replica: Replica,
  { t, formats }: Texts,
): string {
  const { canDecide } = stepContextOf(replica, companyId)
  const names = wanted.flatMap((one) => {
    if (typeof one === 'string') return [t(`step.wanted.${one}`)]
    const called = one.userIds.map(
      (id) => replica.get('user', id)?.displayName ?? t('step.wanted.unknownUser'),
    )
    // Nobody of them is left: whoever approves takes it.
    if (!one.userIds.some(canDecide))
      return [t('step.wanted.insteadOf', { names: formats.list(called) })]
    return [one.need === 'all' ? formats.list(called) : formats.either(called)]
  })
  return formats.list([...new Set(names)])
}

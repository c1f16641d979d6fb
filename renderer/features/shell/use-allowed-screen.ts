import { useLayoutEffect } from 'react'
import { useDesk, useUser } from '../../desk-hooks'
import { screens } from '../../screens'

/**
 * Whoever signs in, or is given other roles, begins on a screen that is theirs: the one that is
 * shown where it is, else the first. Going to one by name afterwards is answered by the screen.
 */
export function useAllowedScreen(): void {
  const desk = useDesk()
  const user = useUser()
  const who = user === null ? '' : [user.id, ...user.roles].join(' ')
  useLayoutEffect(() => {
    const shown = desk.navigation.store.getState().screen
    const mine = screens.filter(({ isAllowed }) => isAllowed?.(desk) ?? true)
    const [first] = mine
    if (first && !mine.some(({ id }) => id === shown)) desk.navigation.go(first.id)
  }, [desk, who])
}

import { useEffect } from 'react'
import type { Language } from '../language/catalogue'
import { useConsole } from './desk-hooks'

/** Puts theme, density and language on the page, and follows the system where the settings say so. */
export function useAppearance(language: Language): void {
  const theme = useConsole(({ settings }) => settings?.theme ?? 'system')
  const density = useConsole(({ settings }) => settings?.density ?? 'comfortable')
  useEffect(() => {
    const root = document.documentElement
    root.lang = language
    root.dataset['density'] = density
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const show = () => {
      root.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    show()
    dark.addEventListener('change', show)
    return () => dark.removeEventListener('change', show)
  }, [theme, density, language])
}

import type { Page } from 'playwright-core'

export interface Shot {
  readonly name: string
  readonly scene?: string
  readonly lang?: 'sv' | 'en'
  readonly theme?: 'light' | 'dark'
  readonly size?: readonly [number, number]
  readonly act?: (page: Page) => Promise<void>
}

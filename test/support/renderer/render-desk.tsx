import { act, cleanup, configure, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, vi } from 'vitest'
import { App } from '../../../renderer/app'
import { createDesk } from '../../../renderer/desk'
import type { Desk } from '../../../renderer/desk'
import { loadAll } from '../../../renderer/late'
import { showing } from '../../../renderer/screens'
import { createClock } from '../../../renderer/state/clock'
import { createFakeBridge } from '../../fakes/bridge'
import type { FakeBridge, FakeBridgeOptions } from '../../fakes/bridge'
import { user as makeUser } from '../../fakes/desk/entities'
import { NOW, workingSet } from '../../fakes/desk/working-set'

/** A window on a fake bridge, as a person has it before them. */
export interface RenderedDesk {
  readonly desk: Desk
  readonly fake: FakeBridge
  readonly user: ReturnType<typeof userEvent.setup>
  /** What was reported as a fault. */
  readonly reports: readonly unknown[]
  /** Sends events and lets the views take them in. */
  readonly tell: FakeBridge['tell']
}

// The page of the tests lays nothing out: without a size a virtual list would draw no row.
for (const [name, size] of [
  ['clientHeight', 1200],
  ['offsetHeight', 40],
  ['offsetWidth', 1000],
  ['clientWidth', 700],
] as const) {
  let owner: object = document.createElement('div')
  // The getter stands on a class of the page's own, not on the global one.
  while (!Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as object
  Object.defineProperty(owner, name, { configurable: true, get: () => size })
}

// Tests share the machine with others; patience costs nothing when all is well.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 60_000 })

afterEach(cleanup)

/** Signed in as an approver with the working set of a morning, unless told otherwise. */
export async function renderDesk(options: FakeBridgeOptions = {}): Promise<RenderedDesk> {
  await loadAll()
  const fake = createFakeBridge({
    session: {
      kind: 'signed_in',
      gateway: 'https://kontor.example.se',
      demo: false,
      user: makeUser(),
      remembered: true,
    },
    changes: workingSet(),
    ...options,
  })
  const reports: unknown[] = []
  const start = Date.now()
  const desk = createDesk(fake.kontor, {
    showing,
    report: (error) => {
      reports.push(error)
      return 'REFERENCE'
    },
    clock: createClock(() => Date.parse(NOW) + Date.now() - start),
    timing: { schedule: (callback) => callback(), now: () => 0 },
  })
  render(<App desk={desk} />)
  await act(async () => {
    await desk.ready
  })
  return {
    desk,
    fake,
    reports,
    user: userEvent.setup(),
    tell: (name, payload) => act(() => fake.tell(name, payload)),
  }
}

/** The text of an element as a person reads it: spaces that do not break are spaces. */
export function textOf(element: Element | null): string {
  return (element?.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ')
}

/** The row of the inbox whose text has these words. */
export function row(words: string): HTMLElement {
  const found = screen.getAllByRole('option').find((option) => textOf(option).includes(words))
  if (!found) throw new Error(`No row says "${words}"`)
  return found
}

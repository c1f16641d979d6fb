import { act, cleanup, render, screen } from '@testing-library/react'
import { Suspense } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { DeskContext } from '../../../renderer/desk-hooks'
import { late, loadAll } from '../../../renderer/late'
import { CrashBoundary } from '../../../renderer/ui/crash-boundary'
import { renderDesk } from '../../support/renderer/render-desk'

afterEach(cleanup)

function View({ name }: { readonly name: string }) {
  return <p>Here is {name}</p>
}

test('a view is fetched when it is first drawn, and once', async () => {
  const fetch = vi.fn(async () => View)
  const Late = late(fetch)
  expect(fetch).not.toHaveBeenCalled()
  await act(async () => {
    render(
      <Suspense fallback={<p>Wait</p>}>
        <Late name="one" />
        <Late name="another" />
      </Suspense>,
    )
  })
  expect(screen.getByText('Here is one')).toBeTruthy()
  expect(screen.getByText('Here is another')).toBeTruthy()
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('what was fetched before is drawn at once, with nothing in its place first', async () => {
  const Late = late(async () => View)
  await loadAll()
  render(
    <Suspense fallback={<p>Wait</p>}>
      <Late name="one" />
    </Suspense>,
  )
  expect(screen.getByText('Here is one')).toBeTruthy()
})

test('one that cannot be had says so in its place, and takes nothing else with it', async () => {
  const { desk, reports } = await renderDesk()
  cleanup()
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const Late = late<{ readonly name: string }>(() => Promise.reject(new Error('Not there')))
  await act(async () => {
    render(
      <DeskContext value={desk}>
        <p>The rest</p>
        <CrashBoundary>
          <Suspense>
            <Late name="one" />
          </Suspense>
        </CrashBoundary>
      </DeskContext>,
    )
  })
  expect(screen.getByText('The rest')).toBeTruthy()
  expect(screen.getByText(/REFERENCE/)).toBeTruthy()
  expect(reports).toHaveLength(1)
  quiet.mockRestore()
})

import type { RunningApp } from '../../test/support/app'

/** Milliseconds from a key press until its frame was presented. */
export interface Opened {
  /** All lines in sight, and how many these are. */
  readonly lines: number
  readonly count: number
  /** What has changed about them, where that is told of. */
  readonly changes: number
}

/**
 * How long the lines of what the next key opens took to the screen, as the browser itself says (Element
 * Timing, https://wicg.github.io/element-timing), which tells of what is in sight and of nothing else.
 * Resolves to the asking itself once the page is watching.
 *
 * @param waitsFor what has come when all has
 */
export async function nextLinesPainted(
  app: RunningApp,
  waitsFor: 'lines' | 'changes',
): Promise<() => Promise<Opened>> {
  // No function in here has a name: the compiler would mark it with a helper that the page lacks.
  const opened = await app.page.evaluateHandle((last) => {
    const marked = new WeakSet(document.querySelectorAll('[role="table"] [data-index]'))
    const painted = { lines: [] as number[], changes: [] as number[] }
    const inSight = new Set<Element | null>()
    let pressed = 0
    document.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), {
      once: true,
      capture: true,
    })
    return {
      it: new Promise<{ lines: number; count: number; changes: number }>((resolve) => {
        const rows = new MutationObserver(() => {
          // Before the frame is drawn: whoever observes changes is told in the same turn.
          // Every element, since it is told of the block that a text stands in.
          for (const row of document.querySelectorAll('[role="table"] [data-index]')) {
            const isNew = !marked.has(row)
            marked.add(row)
            for (const part of row.querySelectorAll('*')) {
              const isChange = part.closest('[data-change]') !== null
              if (marked.has(part) || !(isChange || isNew)) continue
              marked.add(part)
              part.setAttribute('elementtiming', isChange ? 'changes' : 'lines')
            }
          }
        })
        rows.observe(document.documentElement, { childList: true, subtree: true })
        let timer: ReturnType<typeof setTimeout> | undefined
        const times = new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            identifier: 'lines' | 'changes'
            renderTime: number
            element: Element | null
          })[]) {
            painted[entry.identifier]?.push(entry.renderTime - pressed)
            if (entry.identifier === 'lines')
              inSight.add(entry.element?.closest('[data-index]') ?? null)
          }
          if (painted[last].length === 0) return
          // What is drawn in more than one frame is there when the last of them is.
          clearTimeout(timer)
          timer = setTimeout(() => {
            rows.disconnect()
            times.disconnect()
            resolve({
              lines: Math.max(...painted.lines),
              count: inSight.size,
              changes: Math.max(...painted.changes),
            })
          }, 300)
        })
        times.observe({ type: 'element' })
      }),
    }
  }, waitsFor)
  return () => opened.evaluate(({ it }) => it)
}

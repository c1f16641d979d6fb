import type { AppInfo, RecoveredFile } from '../../contract/console'
import type { ConsoleStore } from '../state/console'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

/**
 * Keeps what main knows in step: listens first, then asks, and lets an event that came in between
 * win over the older answer. Resolves when everything has been asked for once.
 */
export async function followConsole(
  bridge: Bridge,
  store: ConsoleStore,
  report: Reporter,
): Promise<void> {
  const heard = new Set<string>()
  bridge.on('session.changed', (session) => {
    heard.add('session')
    store.setState({ session })
  })
  bridge.on('connection.changed', (connection) => {
    heard.add('connection')
    store.setState({ connection })
  })
  bridge.on('settings.changed', (settings) => {
    heard.add('settings')
    store.setState({ settings })
  })
  bridge.on('outbox.changed', (outbox) => {
    heard.add('outbox')
    store.setState({ outbox })
  })
  const foundLate: RecoveredFile[] = []
  bridge.on('app.recovered', (file) => {
    foundLate.push(file)
    store.setState(({ info }) => (info ? { info: withRecovered(info, [file]) } : {}))
  })
  bridge.on('storage.changed', (storage) => {
    heard.add('storage')
    store.setState({ storage })
  })

  const asked = async <T>(name: string, question: Promise<T>, keep: (answer: T) => void) => {
    try {
      const answer = await question
      if (!heard.has(name)) keep(answer)
    } catch (error) {
      report(error)
    }
  }
  await Promise.all([
    asked('info', bridge.request('app.info'), (info) =>
      store.setState({ info: withRecovered(info, foundLate) }),
    ),
    asked('settings', bridge.request('settings.get'), (settings) => store.setState({ settings })),
    asked('session', bridge.request('session.get'), (session) => store.setState({ session })),
    asked('connection', bridge.request('connection.get'), (connection) =>
      store.setState({ connection }),
    ),
    asked('storage', bridge.request('storage.get'), (storage) => store.setState({ storage })),
    asked('outbox', bridge.request('outbox.list'), (outbox) => store.setState({ outbox })),
  ])
}

function withRecovered(info: AppInfo, files: readonly RecoveredFile[]): AppInfo {
  return { ...info, recovered: [...info.recovered, ...files] }
}

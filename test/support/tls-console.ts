/**
 * The console's own way to a gateway, in a process of its own, since Node reads whom to trust
 * (`NODE_EXTRA_CA_CERTS`) when it starts: signs in, opens the line, says what came of it and ends.
 */
import { protocolVersion } from '../../contract/feed'
import { createConnection } from '../../main/connection/connection'
import { createGatewayHttp } from '../../main/session/gateway-http'
import { silentLog } from './silent-log'

const [origin = '', username = '', password = ''] = process.argv.slice(2)

const http = createGatewayHttp({ fetch, within: 10_000 })

async function meet(): Promise<object> {
  const session = await http.signIn(origin, { username, password })
  if (!session.ok) return { refused: session.error.details['reason'] ?? session.error.code }
  const { token } = session.value
  const states: string[] = []
  await new Promise<void>((resolve) => {
    const connection = createConnection({
      address: () => origin,
      handshake: () => ({
        token,
        device: '0190a5e0-0000-7000-8000-0000000000d1',
        protocol: protocolVersion,
        cursor: null,
      }),
      welcome: async () => undefined,
      changes: async () => undefined,
      caughtUp: async () => undefined,
      stateChanged: ({ kind }) => {
        states.push(kind)
        if (kind === 'live' || kind === 'offline') void connection.stop().then(resolve)
      },
      sessionEnded: () => resolve(),
      lastInStep: null,
      log: silentLog(),
    })
    connection.start()
  })
  await http.signOut(origin, token)
  return { states }
}

meet().then(
  (came) => process.stdout.write(JSON.stringify(came)),
  (error: unknown) => {
    process.stderr.write(String(error))
    process.exitCode = 1
  },
)

import { connect } from 'node:net'

/**
 * The floor of catching up: read lines of JSON from a socket, parse each and keep it. Prints the
 * milliseconds it took and how many it had. First argument: the port.
 */
const held = new Map<string, unknown>()
const start = performance.now()
const socket = connect(Number(process.argv[2]), '127.0.0.1')
let rest = ''
for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const change = JSON.parse(line) as { readonly kind: string; readonly id: string }
    held.set(`${change.kind} ${change.id}`, change)
  }
}
const ms = performance.now() - start
process.stdout.write(JSON.stringify({ ms, changes: held.size }))

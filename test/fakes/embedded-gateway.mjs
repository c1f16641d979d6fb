// Plays the embedded gateway's process for tests: it does what the data folder's name says, one word
// per start, the last one for ever after. Talks over the channel that `fork` opens.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

let behaviour = 'ready'
let folder = ''

function ready() {
  const account = {
    username: 'anna',
    displayName: 'Anna Ek',
    roles: ['rep'],
    password: `password-${process.pid}`,
  }
  const shop = { url: 'http://127.0.0.1:1', secret: 'whsec_x' }
  process.send({ kind: 'progress', step: 'database' })
  process.send({ kind: 'progress', step: 'demo_data' })
  process.send({
    kind: 'ready',
    url: `http://127.0.0.1:${process.pid}`,
    demo: { accounts: [account], shop },
  })
}

process.on('message', (message) => {
  if (message.kind === 'stop') {
    if (behaviour === 'stubborn') return
    appendFileSync(join(folder, 'stopped'), `${process.pid}\n`)
    process.exit(0)
  }
  folder = message.dataDir
  appendFileSync(join(folder, 'starts'), `${process.pid}\n`)
  const starts = readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').length
  const plan = readFileSync(join(folder, 'plan'), 'utf8').trim().split(' ')
  behaviour = plan[Math.min(starts, plan.length) - 1]
  switch (behaviour) {
    case 'fails': {
      const error = { code: 'unavailable', message: 'The data folder is in use.', details: {} }
      return process.send({ kind: 'failed', error })
    }
    case 'exits':
      return process.exit(3)
    case 'silent':
      return undefined
    case 'nonsense':
      process.send({ kind: 'party' })
      process.send('hello')
      return ready()
    default:
      return ready()
  }
})

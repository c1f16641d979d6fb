import type { ShopFailure } from './client'
import type { ConnectionProblem } from './connection'

/** What went wrong with a request and what to do about it, in sentences. */
export function describeFailure(failure: ShopFailure): string {
  switch (failure.code) {
    case 'unreachable':
      return `No gateway answers at ${failure.url} (${failure.detail}). Is Kontor running?`
    case 'unexpected_answer':
      return `The answer (${failure.status}) is not a gateway's: ${failure.detail}`
    case 'refused': {
      const { status, problem } = failure
      if (!problem) return `The gateway refused it with status ${status} and did not say why.`
      const advice = adviceFor(problem.code)
      const errors = (problem.errors ?? []).map(
        ({ pointer, code, detail }) => `  ${pointer || '(the document)'}: ${detail} [${code}]`,
      )
      return [`Refused (${status} ${problem.code}): ${problem.detail}`, ...errors, ...advice].join(
        '\n',
      )
    }
  }
}

/** What to do about a signature that did not hold. */
function adviceFor(code: string): readonly string[] {
  if (code === 'signature_expired') return ['This clock and the gateway’s are minutes apart.']
  if (!code.startsWith('signature_')) return []
  return ['Check the secret: it must be the one the gateway has for this shop.']
}

/** Why there is no gateway to talk to, and the way on. */
export function describeConnectionProblem(problem: ConnectionProblem): string {
  switch (problem.code) {
    case 'no_running_demo':
      return [
        'There is no demo to send to. Looked for:',
        ...problem.files.map((file) => `  ${file}`),
        'Start Kontor with npm start, name the demo-shop.json of another demo with --secret-file, or give --url and --secret.',
      ].join('\n')
    case 'unreadable_file':
      return `${problem.file} cannot be used: ${problem.detail}`
    case 'malformed_url':
      return `"${problem.value}" is no address of a gateway. It should look like http://127.0.0.1:4100.`
    case 'malformed_secret':
      return 'The secret must be whsec_ followed by base64, as the gateway gave it.'
  }
}

/** Something the person at the keyboard must mend; the message says what and how. Shown without a stack. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem'
}

/** Progress and remarks go to stderr: stdout belongs to the program being started. */
export function say(line: string): void {
  process.stderr.write(`kontor: ${line}\n`)
}

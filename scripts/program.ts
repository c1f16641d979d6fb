import { SetupProblem, say } from './electron-runtime/setup-problem'

/** Runs a script's body and ends with the code it returns; what a person can mend is shown without a stack. */
export async function runProgram(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body()
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

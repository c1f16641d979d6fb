/** Why a gateway could not start, in words for the person who started it. */
export class GatewayStartError extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * What the page may load and run: its own files, and no markup made from strings. The console
 * reaches the network through main only, hence no address but its own.
 *
 * @param developmentServer where Vite serves from; its page has inline script and styles and a socket
 */
export function contentSecurityPolicy(developmentServer?: string): string {
  const development = developmentServer !== undefined
  const inline = development ? ["'unsafe-inline'"] : []
  const socket = development ? [developmentServer.replace(/^http/, 'ws')] : []
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'", ...inline],
    ['style-src', "'self'", ...inline],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'", ...socket],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ...(development
      ? []
      : [
          ['require-trusted-types-for', "'script'"],
          ['trusted-types', "'none'"],
        ]),
  ]
  return directives.map((directive) => directive.join(' ')).join('; ')
}

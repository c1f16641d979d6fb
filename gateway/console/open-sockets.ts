/** The open sockets of each session on this node, so that one token cannot take them all. */
export interface OpenSockets {
  /**
   * A socket has been opened in a session. Where there are now too many, the oldest of them is told to
   * go: most likely its other end has long been away. The returned function takes it out again.
   */
  enter(session: string, tellToGo: () => void): () => void
}

export function openSockets(mostPerSession: number): OpenSockets {
  const sessions = new Map<string, Set<() => void>>()
  return {
    enter(session, tellToGo) {
      const open = sessions.get(session) ?? new Set()
      sessions.set(session, open)
      // A function of its own for each, whoever's it is.
      const entry = () => tellToGo()
      const leave = () => {
        open.delete(entry)
        if (open.size === 0 && sessions.get(session) === open) sessions.delete(session)
      }
      open.add(entry)
      if (open.size > mostPerSession) {
        const [oldest] = open
        if (oldest) {
          open.delete(oldest)
          oldest()
        }
      }
      return leave
    },
  }
}

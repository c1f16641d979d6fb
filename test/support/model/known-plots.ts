import type { Plan, Plot } from './plans'

const at = { node: 0 } as const
const elsewhere = { node: 1 } as const
const mark = {
  ...at,
  kind: 'decide',
  person: 'karin',
  type: 'mark_read',
  version: null,
} as const

/** Ways to take turns: one after the other from either end, and in and out of one another. */
const waysToTakeTurns: readonly (readonly number[])[] = [
  [0],
  [1],
  [2],
  [0, 1],
  [1, 0],
  [0, 1, 2],
  [2, 1, 0],
  [0, 0, 1, 1],
  [1, 1, 2, 2, 0],
  [0, 0, 0, 1, 1, 1, 2],
  [3, 1, 3, 1, 1, 3, 3, 0, 1, 1, 1, 0],
]

const histories: readonly (readonly (readonly Plan[])[])[] = [
  // Approved, rejected and withdrawn at once.
  [
    [{ ...at, kind: 'submit', id: 0, revision: 0, content: 'small' }],
    [
      { ...at, kind: 'decide', id: 1, person: 'karin', type: 'approve', version: 0, revision: 0 },
      {
        ...elsewhere,
        kind: 'decide',
        id: 2,
        person: 'lars',
        type: 'reject',
        version: 0,
        revision: 0,
      },
      { ...elsewhere, kind: 'withdraw', id: 3 },
    ],
    [
      { ...elsewhere, kind: 'again', which: 1, person: null },
      { ...at, kind: 'again', which: 1, person: 'lars' },
      { ...at, kind: 'again', which: 3, person: null },
    ],
  ],
  // Two first revisions that say different things, and the same id for both.
  [
    [
      { ...at, kind: 'submit', id: 0, revision: 0, content: 'small' },
      { ...elsewhere, kind: 'submit', id: 1, revision: 0, content: 'large' },
      { ...elsewhere, kind: 'submit', id: 0, revision: 0, content: 'large' },
    ],
  ],
  // Who decides is disabled meanwhile.
  [
    [{ ...at, kind: 'submit', id: 0, revision: 0, content: 'large' }],
    [
      { ...at, kind: 'decide', id: 1, person: 'tove', type: 'approve', version: 0, revision: 0 },
      { ...elsewhere, kind: 'user', id: 2, person: 'adam', type: 'disable', version: 0, roles: [] },
    ],
    [
      { ...at, kind: 'again', which: 1, person: null },
      { ...at, kind: 'user', id: 3, person: 'adam', type: 'enable', version: null, roles: [] },
      { ...at, kind: 'user', id: 4, person: 'adam', type: 'set_password', version: 0, roles: [] },
    ],
  ],
  // Who decides is disabled between what is asked about them and what is asked about the requisition.
  [
    [{ ...at, kind: 'submit', id: 0, revision: 0, content: 'orders itself' }],
    [
      { ...at, kind: 'decide', id: 0, person: 'tove', type: 'claim', version: 0, revision: 0 },
      { ...at, kind: 'user', id: 1, person: 'adam', type: 'disable', version: 0, roles: [] },
    ],
    [{ ...at, kind: 'decide', id: 0, person: 'karin', type: 'claim', version: 0, revision: 0 }],
  ],
  // Two marks of one reader at once: the higher one stays.
  [
    [{ ...at, kind: 'submit', id: 10, revision: 0, content: 'orders itself' }],
    [
      { ...mark, id: 1, revision: 1 },
      { ...mark, id: 8, revision: 0 },
    ],
  ],
  // One id for two commands of two people: refused for its own reason while the other still runs.
  [
    [{ ...at, kind: 'submit', id: 24, revision: 0, content: 'small' }],
    [
      {
        ...at,
        kind: 'decide',
        id: 30,
        person: 'lars',
        type: 'reject',
        version: 0,
        revision: 0,
      },
      {
        ...elsewhere,
        kind: 'decide',
        id: 19,
        person: 'lars',
        type: 'approve',
        version: 0,
        revision: 0,
      },
      { ...mark, node: 1, id: 30, revision: 0 },
    ],
  ],
]

/** Under the id of a command that ends the session of who sends another, which is at its last step by then. */
const signedOutInTheEnd: Plot = [
  {
    plans: [{ ...at, kind: 'submit', id: 0, revision: 0, content: 'small' }],
    turns: [0],
  },
  {
    plans: [
      { ...at, kind: 'user', id: 0, person: 'adam', type: 'set_password', version: 0, roles: [] },
      { ...at, kind: 'decide', id: 0, person: 'tove', type: 'claim', version: 0, revision: 0 },
    ],
    turns: [0, 0, 0, 0, 0, 0, 0, 1, ...Array.from({ length: 22 }, () => 0)],
  },
]

/** Of whom is signed out so, an id that was somebody else's is not told to be known. */
const refusedAndSignedOut: Plot = [
  { plans: [{ ...at, kind: 'submit', id: 0, revision: 0, content: 'small' }], turns: [0] },
  {
    plans: [
      { ...at, kind: 'user', id: 8, person: 'adam', type: 'update', version: 0, roles: ['rep'] },
    ],
    turns: [0],
  },
  {
    plans: [
      { ...at, kind: 'user', id: 0, person: 'adam', type: 'set_password', version: 0, roles: [] },
      { ...at, kind: 'decide', id: 8, person: 'tove', type: 'claim', version: 0, revision: 0 },
    ],
    turns: [0, 0, 0, 0, 0, 0, 0, 1, ...Array.from({ length: 22 }, () => 0)],
  },
]

/** Plots in which each batch takes turns in every way there is. */
export function inEveryWay(plots: readonly (readonly (readonly Plan[])[])[]): readonly Plot[] {
  return plots.flatMap((batches) =>
    waysToTakeTurns.map((turns) => batches.map((plans) => ({ plans, turns }))),
  )
}

/** Histories worth running every time: those that went wrong once, and the narrowest straits. */
export const knownPlots: readonly Plot[] = [
  signedOutInTheEnd,
  refusedAndSignedOut,
  ...inEveryWay(histories),
]

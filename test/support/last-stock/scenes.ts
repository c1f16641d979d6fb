import type { MasterDataInput } from '../../../contract/master-data'
import { addDays } from '../../../domain/calendar'

/** How many want the same at once. */
export const wanters = 8

export interface Wish {
  readonly id: string
  readonly article: string
  readonly quantity: string
  readonly warehouse: string | null
  readonly requestedDate: string | null
}

/** What is left of a round's articles, and what each of its documents wants of them. */
export interface Scene {
  readonly kind: string
  readonly rows: {
    readonly article: readonly MasterDataInput<'article'>[]
    readonly balance: readonly MasterDataInput<'balance'>[]
    readonly backlog: readonly MasterDataInput<'backlog'>[]
    readonly inbound: readonly MasterDataInput<'inbound'>[]
  }
  readonly documents: readonly (readonly Wish[])[]
}

/** Lead times are longer than anything inbound takes, so that no two ways of counting differ on what is sooner. */
const leadTimes = [null, 10, 15]

type Build = (bench: Bench) => readonly (readonly Wish[])[]

/** The same seed and round is the same scene. Kinds take turns. */
export function sceneOf(round: number, today: string, random: () => number): Scene {
  const kinds = Object.keys(builds) as (keyof typeof builds)[]
  const kind = kinds[round % kinds.length]!
  const bench = new Bench(round, today, random)
  return { kind, documents: builds[kind](bench), rows: bench.rows }
}

/** Where the stock of a scene is put. */
class Bench {
  readonly first: string
  readonly second: string
  readonly rows: {
    readonly article: MasterDataInput<'article'>[]
    readonly balance: MasterDataInput<'balance'>[]
    readonly backlog: MasterDataInput<'backlog'>[]
    readonly inbound: MasterDataInput<'inbound'>[]
  } = { article: [], balance: [], backlog: [], inbound: [] }
  private ids = 0

  constructor(
    readonly round: number,
    readonly today: string,
    readonly random: () => number,
  ) {
    this.first = this.article('A')
    this.second = this.article('B')
  }

  private article(name: string): string {
    const id = `L${this.round}-${name}`
    this.rows.article.push({
      id,
      nameSv: id,
      unit: 'st',
      vatRate: 25,
      listPrice: '1',
      currency: 'SEK',
      cost: '0.6',
    })
    return id
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1))
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!
  }

  /** Some day from the day after tomorrow's morrow to the end of the week: told apart from now whatever day it is. */
  later(): string {
    return addDays(this.today, this.whole(3, 6))
  }

  stock(article: string, warehouse: string, onHand: number, safetyStock = 0): void {
    this.rows.balance.push({
      article,
      warehouse,
      onHand,
      safetyStock,
      leadTimeDays: this.pick(leadTimes),
      source: 'test',
      observedAt: new Date().toISOString(),
    })
  }

  backlog(article: string, warehouse: string, quantity: number, plannedDate: string | null): void {
    const id = `L${this.round}-${(this.ids += 1)}`
    this.rows.backlog.push({ id, article, warehouse, quantity, plannedDate })
  }

  inbound(article: string, warehouse: string, quantity: number): void {
    const id = `L${this.round}-${(this.ids += 1)}`
    const confirmed = this.random() < 0.5
    this.rows.inbound.push({ id, article, warehouse, quantity, date: this.later(), confirmed })
  }

  wish(article: string, quantity: number, more: Partial<Wish> = {}): Wish {
    const base = { warehouse: null, requestedDate: null, ...more }
    return { id: `${article}-1`, article, quantity: String(quantity), ...base }
  }

  /** Eight of one line each. */
  alike(quantity: () => number, more: () => Partial<Wish> = () => ({})): readonly Wish[][] {
    return Array.from({ length: wanters }, () => [this.wish(this.first, quantity(), more())])
  }

  /** Stock of all sorts in all warehouses, far less than is wanted. */
  anywhere(article: string): void {
    for (const warehouse of ['STH', 'GBG', 'MMA', 'SVC']) {
      if (this.random() < 0.2) continue
      const safety = this.random() < 0.4 ? this.whole(1, 4) : 0
      this.stock(article, warehouse, this.whole(0, 14) + safety, safety)
      if (this.random() < 0.3) this.backlog(article, warehouse, this.whole(1, 5), null)
      if (this.random() < 0.4) this.backlog(article, warehouse, this.whole(1, 8), this.later())
      if (this.random() < 0.5) this.inbound(article, warehouse, this.whole(2, 20))
    }
  }
}

const builds = {
  'one warehouse has enough for some'(bench) {
    const each = bench.whole(1, 6)
    bench.stock(bench.first, 'STH', each * bench.whole(1, wanters - 1) + bench.whole(0, each - 1))
    bench.stock(bench.first, 'GBG', bench.whole(0, each - 1))
    return bench.alike(() => each)
  },
  'the next warehouse fills some'(bench) {
    const each = bench.whole(2, 6)
    bench.stock(bench.first, 'STH', each * bench.whole(1, 3))
    bench.stock(bench.first, 'GBG', each * bench.whole(2, 4))
    return bench.alike(
      () => each,
      () => ({ warehouse: bench.pick([null, 'STH', 'GBG']) }),
    )
  },
  'only a split fills any'(bench) {
    const each = bench.whole(6, 12)
    for (const warehouse of ['STH', 'GBG', 'MMA']) {
      bench.stock(bench.first, warehouse, bench.whole(Math.ceil(each / 2), each - 1))
    }
    return bench.alike(() => each)
  },
  'more comes later in the week'(bench) {
    const each = bench.whole(1, 6)
    bench.stock(bench.first, 'STH', each * bench.whole(1, 3))
    bench.stock(bench.first, 'GBG', each)
    for (const warehouse of ['STH', 'STH', 'GBG']) {
      bench.inbound(bench.first, warehouse, each * bench.whole(1, 2))
    }
    return bench.alike(
      () => each,
      () => ({ requestedDate: bench.random() < 0.3 ? bench.later() : null }),
    )
  },
  'a warehouse that is not opened has plenty'(bench) {
    const each = bench.whole(1, 6)
    bench.stock(bench.first, 'STH', each * bench.whole(1, 4))
    bench.stock(bench.first, 'SVC', 1_000)
    bench.inbound(bench.first, 'SVC', 1_000)
    return bench.alike(() => each)
  },
  'others are promised some of it later'(bench) {
    const [each, safety] = [bench.whole(1, 5), bench.whole(1, 5)]
    bench.stock(bench.first, 'STH', each * 6 + safety, safety)
    bench.backlog(bench.first, 'STH', each * bench.whole(1, 3), bench.later())
    bench.stock(bench.first, 'GBG', each * 2)
    bench.backlog(bench.first, 'GBG', each, null)
    return bench.alike(() => each)
  },
  'they want unlike quantities'(bench) {
    bench.anywhere(bench.first)
    return bench.alike(() => bench.whole(1, 9))
  },
  'two articles, in either order'(bench) {
    bench.anywhere(bench.first)
    bench.anywhere(bench.second)
    return Array.from({ length: wanters }, (_, at) => {
      const both = [bench.first, bench.second].map((article) =>
        bench.wish(article, bench.whole(1, 7)),
      )
      return at % 2 === 0 ? both : both.reverse()
    })
  },
} satisfies Record<string, Build>

export const sceneKinds = Object.keys(builds).length

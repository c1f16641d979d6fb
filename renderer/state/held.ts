import type { EntityKind, EntityOf, Requisition } from '../../contract/entities'
import { readRest } from '../../contract/replica-items'
import type {
  ReplicaItem,
  RequisitionBrief,
  RequisitionHead,
  RequisitionWords,
} from '../../contract/replica-items'

/** What the replica has of an entity: of a requisition only what rows and lists say of it. */
export type HeldOf<K extends EntityKind> = K extends 'requisition' ? RequisitionBrief : EntityOf<K>

type ItemOf<F extends ReplicaItem['form']> = Extract<ReplicaItem, { readonly form: F }>

/** One version of an entity in the replica. Its value is read when somebody first looks at it. */
export interface Held {
  readonly version: number
  readonly value: unknown
}

export class HeldValue implements Held {
  readonly version: number
  #text: string
  #value: unknown = undefined

  constructor({ version, value }: Pick<ItemOf<'value'>, 'version' | 'value'>) {
    this.version = version
    this.#text = value
  }

  get value(): unknown {
    if (this.#text !== '') {
      this.#value = JSON.parse(this.#text)
      this.#text = ''
    }
    return this.#value
  }
}

/** One version of a requisition: its head at hand, the rest read where it is looked at. */
export class HeldRequisition implements Held {
  readonly version: number
  readonly head: RequisitionHead
  readonly #id: string
  readonly #rest: string
  #brief: RequisitionBrief | null = null
  #words: RequisitionWords | null
  #articles: readonly string[] | null = null
  #whole: Requisition | null = null
  /** JSON that has come and has not been read yet. */
  #wholeText: string | null

  // One by one: ten thousand are made at a start, and a copy by spreading costs more than all of this.
  constructor(item: ItemOf<'requisition'>) {
    this.version = item.version
    this.head = item.head
    this.#id = item.id
    this.#rest = item.rest
    this.#words = item.words
    this.#wholeText = item.whole
  }

  get value(): RequisitionBrief {
    return (this.#brief ??= {
      id: this.#id,
      ...this.head,
      ...readRest(this.#rest),
    })
  }

  /** Whether what it is searched by is here; until then it has no words and no articles. */
  get hasWords(): boolean {
    return this.#words !== null
  }

  /** @param words of this very version */
  learn(words: RequisitionWords): void {
    this.#words ??= words
  }

  /** Folded words that it is found by. */
  get words(): string {
    return this.#words?.words ?? ''
  }

  /** Ids, each once. */
  get articles(): readonly string[] {
    if (this.#words === null) return []
    return (this.#articles ??= JSON.parse(this.#words.articles) as readonly string[])
  }

  /** Whether it was asked for and could not be had. */
  isMissing = false

  get hasWhole(): boolean {
    return this.#whole !== null || this.#wholeText !== null
  }

  /** Undefined until it has been asked for: see `services/whole-requisitions.ts`. */
  get whole(): Requisition | undefined {
    if (this.#wholeText !== null) {
      this.#whole = JSON.parse(this.#wholeText) as Requisition
      this.#wholeText = null
    }
    return this.#whole ?? undefined
  }

  /** @param text JSON of this very version */
  complete(text: string): void {
    if (!this.hasWhole) this.#wholeText = text
    this.isMissing = false
  }
}

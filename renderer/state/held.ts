import type { EntityKind, EntityOf, Requisition } from '../../contract/entities'
import type { ReplicaItem, RequisitionBrief, RequisitionHead } from '../../contract/replica-items'

/** What the replica has of an entity: of a requisition only what rows and lists say of it. */
export type HeldOf<K extends EntityKind> = K extends 'requisition' ? RequisitionBrief : EntityOf<K>

type ItemOf<F extends ReplicaItem['form']> = Extract<ReplicaItem, { readonly form: F }>

/** JSON that is parsed when somebody first looks at it, and only once. */
class Late<T> {
  #text: string | null
  #value: T | undefined

  constructor(text: string) {
    this.#text = text
  }

  get value(): T {
    if (this.#text !== null) {
      this.#value = JSON.parse(this.#text) as T
      this.#text = null
    }
    return this.#value as T
  }
}

/** One version of an entity in the replica. */
export class Held {
  readonly version: number
  readonly #value: Late<unknown>

  constructor({ version, value }: Pick<ItemOf<'value'>, 'version' | 'value'>) {
    this.version = version
    this.#value = new Late(value)
  }

  get value(): unknown {
    return this.#value.value
  }
}

/** One version of a requisition: its head at hand, the rest read where it is looked at. */
export class HeldRequisition extends Held {
  readonly head: RequisitionHead
  /** Folded words that it is found by. */
  readonly words: string
  readonly #articles: Late<readonly string[]>
  #whole: Late<Requisition> | null

  constructor(item: ItemOf<'requisition'>) {
    super({ version: item.version, value: item.brief })
    this.head = item.head
    this.words = item.words
    this.#articles = new Late(item.articles)
    this.#whole = item.whole === null ? null : new Late(item.whole)
  }

  get brief(): RequisitionBrief {
    return this.value as RequisitionBrief
  }

  /** Ids, each once. */
  get articles(): readonly string[] {
    return this.#articles.value
  }

  get hasWhole(): boolean {
    return this.#whole !== null
  }

  /** Undefined until it has been asked for: see `services/whole-requisitions.ts`. */
  get whole(): Requisition | undefined {
    return this.#whole?.value
  }

  /** @param text JSON of this very version */
  complete(text: string): void {
    this.#whole ??= new Late(text)
  }
}

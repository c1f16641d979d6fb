import type { EntityKind, EntityOf, Requisition } from '../../contract/entities'
import type {
  ReplicaItem,
  RequisitionBrief,
  RequisitionHead,
  RequisitionRest,
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
  readonly #item: Omit<ItemOf<'requisition'>, 'whole'>
  #brief: RequisitionBrief | null = null
  #articles: readonly string[] | null = null
  #whole: Requisition | null = null
  /** JSON that has come and has not been read yet. */
  #wholeText: string | null

  constructor({ whole, ...item }: ItemOf<'requisition'>) {
    this.#item = item
    this.#wholeText = whole
  }

  get version(): number {
    return this.#item.version
  }

  get head(): RequisitionHead {
    return this.#item.head
  }

  /** Folded words that it is found by. */
  get words(): string {
    return this.#item.words
  }

  get value(): RequisitionBrief {
    const { id, head, rest } = this.#item
    return (this.#brief ??= { id, ...head, ...(JSON.parse(rest) as RequisitionRest) })
  }

  /** Ids, each once. */
  get articles(): readonly string[] {
    return (this.#articles ??= JSON.parse(this.#item.articles) as readonly string[])
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

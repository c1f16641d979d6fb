/** A file of messages in another language: the same keys, texts of its own. */
export type Translation<Original extends Readonly<Record<string, string>>> = {
  readonly [K in keyof Original]: string
}

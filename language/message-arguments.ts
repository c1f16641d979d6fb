/**
 * What arguments an ICU message takes, read off its text by the compiler: `'{count, plural, …}'`
 * needs a number called count. A branch of a plural or select must therefore be more than a single
 * bare word, which would look like an argument; a test holds every message to that.
 */

/** Characters that no argument name holds, so that a branch such as `{# rader}` is not one. */
type NotInName = ' ' | '#' | '{' | '<' | ',' | '.' | '…' | ':'

type Name<Text extends string> = Text extends `${string}${NotInName}${string}` | '' ? never : Text

/** The name a placeholder opens with, given all that follows its brace. */
type NameAt<Rest extends string> = Rest extends `${infer Inside}}${string}`
  ? Inside extends `${infer Before},${string}`
    ? Name<Before>
    : Name<Inside>
  : never

type CountAt<Rest extends string> = Rest extends `${infer Before}, plural,${string}`
  ? Name<Before>
  : never

export type ArgumentNames<Text extends string> = Text extends `${string}{${infer Rest}`
  ? NameAt<Rest> | ArgumentNames<Rest>
  : never

export type CountNames<Text extends string> = Text extends `${string}{${infer Rest}`
  ? CountAt<Rest> | CountNames<Rest>
  : never

/** The values a message must be given: numbers where it counts, words or figures elsewhere. */
export type MessageValues<Text extends string> = {
  readonly [N in ArgumentNames<Text>]: N extends CountNames<Text> ? number : string | number
}

/** The trailing parameter of a function that words a message: none where it takes no argument. */
export type ValuesParameter<Text extends string> = [ArgumentNames<Text>] extends [never]
  ? []
  : [MessageValues<Text>]

/** Roboto as pdfmake carries it: every face in base64. */
declare module 'pdfmake/build/fonts/Roboto.js' {
  import type { TFontDictionary } from 'pdfmake/interfaces'
  const container: {
    readonly vfs: Readonly<Record<string, { readonly data: string; readonly encoding: 'base64' }>>
    readonly fonts: TFontDictionary
  }
  export default container
}

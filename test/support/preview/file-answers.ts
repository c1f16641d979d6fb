import type { ChosenFile } from '../../../contract/attachments'
import { refusal } from '../../../contract/errors'
import type { FakeBridgeOptions } from '../../fakes/bridge'
import { uuid } from '../../fakes/desk/entities'

const photo: ChosenFile = { id: uuid(11, 4), name: 'Foto av schaktet.jpg', size: 3_900_000 }
const description: ChosenFile = {
  id: uuid(12, 4),
  name: 'Teknisk beskrivning VVS rev C.docx',
  size: 640_000,
}

/** Files that are chosen, and what becomes of them in a scene. */
export function fileAnswers(scene: string): NonNullable<FakeBridgeOptions['answers']> {
  return {
    'attachment.choose': () => ({
      files:
        scene === 'attachments_refused'
          ? [
              { ...photo, size: photo.size * 4 },
              { ...description, name: 'Ritningar hall 4.zip' },
            ]
          : [photo, description],
      beyond: 0,
      unread: 0,
    }),
    'attachment.send': (argument, bridge) => {
      const { id } = argument as { readonly id: string }
      if (scene === 'attachments_refused') {
        const error =
          id === photo.id
            ? refusal('too_large', 'Too large.', { maximum: 10_000_000 })
            : refusal('attachment_unfit', 'No.', { problem: 'unknown_kind' })
        return { ok: false, error }
      }
      bridge.tell('attachment.progress', { id, sent: 1_760_000 })
      return new Promise(() => undefined)
    },
  }
}

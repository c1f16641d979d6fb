/**
 * The id as a UUID, or one that names nothing: the database objects to other text instead of saying
 * that there is no such row.
 */
export function uuidOrNil(id: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? id
    : '00000000-0000-0000-0000-000000000000'
}

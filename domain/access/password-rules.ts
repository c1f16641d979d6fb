/** OWASP ASVS 5.0, 6.2.1 asks for eight and recommends fifteen; twelve is what we hold users to. */
export const minimumPasswordLength = 12

/** Length as a person counts it: code points, not UTF-16 units. */
export function passwordLength(password: string): number {
  return Array.from(password).length
}

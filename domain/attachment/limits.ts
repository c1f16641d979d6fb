/** A file is at most so large, in bytes: drawings and specifications are smaller, and a mail server takes no more. */
export const LARGEST_ATTACHMENT = 10_000_000

/** A document has at most so many: more than anybody looks through. */
export const MOST_ATTACHMENTS = 20

/** A file's name has at most so many characters, its ending included. */
export const LONGEST_ATTACHMENT_NAME = 120

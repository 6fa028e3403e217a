/**
 * What a mail is to the rest of the product: identity, summary, raw bytes by place. No I/O, no parsing.
 */
@NullMarked
package ekiden.model.mail;

import org.jspecify.annotations.NullMarked;

/**
 * Mail profiles: where mail is received and through what it is sent, and where the credentials come from. Records only.
 *
 * <p>Opens no connection, reads no file and never holds a credential's value: a profile has a {@link ekiden.mail.profile.SecretSource},
 * whoever connects resolves it at that moment and keeps the {@link ekiden.mail.profile.Secret} no longer than it must.
 */
@NullMarked
package ekiden.mail.profile;

import org.jspecify.annotations.NullMarked;

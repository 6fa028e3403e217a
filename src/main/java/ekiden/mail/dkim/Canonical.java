package ekiden.mail.dkim;

import java.util.Locale;

/** The two ways in which a signer may have looked at header and body (RFC 6376 §3.4). */
enum Canonical {
    SIMPLE,
    RELAXED;

    static boolean known(String name) {
        return name.equals("simple") || name.equals("relaxed");
    }

    /** {@return the way of that name, which is known} */
    static Canonical of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

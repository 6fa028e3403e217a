package ekiden.mail.connect;

import org.jspecify.annotations.Nullable;

/**
 * Which certificates are believed.
 *
 * @param check whether chain, dates and host name are checked at all
 * @param caPem certificates in PEM form to believe instead of the JDK's, or null
 */
public record Trust(boolean check, @Nullable String caPem) {
    /** The JDK's certificate authorities. */
    public static final Trust SYSTEM = new Trust(true, null);
}

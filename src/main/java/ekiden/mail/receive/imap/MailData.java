package ekiden.mail.receive.imap;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one FETCH answer told; its items come in any order. Belongs to the reader that fills it. */
final class MailData {
    long uid;
    long size = -1;

    @Nullable
    String received;

    @Nullable
    Set<String> flags;

    byte @Nullable [] header;
    /** A body was there but had no UID before it, so it went nowhere. */
    boolean bodyDropped;
}

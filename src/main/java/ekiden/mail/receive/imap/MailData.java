package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
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
    /** All bytes of a body are here, and what stands behind them does not yet show that there were to be so many. */
    BodySink.@Nullable Body body;
    /** A body was there but had no UID before it, so it went nowhere. */
    boolean bodyDropped;
}

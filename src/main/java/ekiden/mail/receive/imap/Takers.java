package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
import org.jspecify.annotations.Nullable;

/** Where what is large goes while an answer is read. */
interface Takers {
    /**
     * A body begins.
     *
     * @param uid which mail, 0 where the answer has not said so yet
     * @param size its bytes
     * @return takes them; null drops them
     */
    BodySink.@Nullable Body body(long uid, long size);

    /** Hits of a search. */
    void hits(long first, long last) throws ImapStop;

    /** Takes nothing. */
    Takers NONE = new Takers() {
        @Override
        public BodySink.@Nullable Body body(long uid, long size) {
            return null;
        }

        @Override
        public void hits(long first, long last) {
            // the late answer to a search whose caller has gone
        }
    };
}

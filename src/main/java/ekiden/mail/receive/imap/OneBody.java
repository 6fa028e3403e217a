package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
import org.jspecify.annotations.Nullable;

/** The body of one mail, whole only when its answer has named that mail. */
final class OneBody implements Takers, BodySink.Body {
    private final long uid;
    private final BodySink sink;
    private BodySink.@Nullable Body open;
    private boolean begun;
    private boolean complete;

    OneBody(long uid, BodySink sink) {
        this.uid = uid;
        this.sink = sink;
    }

    @Override
    public BodySink.@Nullable Body body(long named, long size) {
        if (begun || (named != 0 && named != uid)) {
            return null;
        }
        begun = true;
        open = sink.begin(uid, size);
        return this;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        BodySink.Body body = open;
        if (body != null) {
            body.write(bytes, from, length);
        }
    }

    @Override
    public void end() {
        complete = true;
    }

    @Override
    public void cut() {
        complete = false;
    }

    /** An answer is whole. */
    void told(Response response) {
        BodySink.Body body = open;
        if (body != null && complete && response instanceof Response.Fetched(MailData mail) && mail.uid == uid) {
            open = null;
            body.end();
        }
    }

    /** Nothing more comes. */
    void over() {
        BodySink.Body body = open;
        if (body != null) {
            open = null;
            body.cut();
        }
    }

    @Override
    public void hits(long first, long last) {
        // the late answer to a search whose caller has gone
    }
}

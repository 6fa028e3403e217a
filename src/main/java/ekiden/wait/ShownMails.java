package ekiden.wait;

import ekiden.mail.receive.BodySink;
import java.util.function.UnaryOperator;

/** Lets large mails be seen while they come. Safe from any thread. */
public final class ShownMails implements UnaryOperator<BodySink> {
    private final long from;
    private final Show show;

    /** Shows one mail at a time; called by the thread that fetches it. */
    public interface Show {
        /**
         * A mail begins.
         *
         * @param size its bytes
         * @return takes how it goes on
         */
        One begin(long size);

        /** One mail. */
        interface One {
            /** @param bytes how much is here */
            void arrived(long bytes);

            /** @param whole whether all of it is here, or it was cut off */
            void over(boolean whole);
        }
    }

    /**
     * @param from smaller mails are not shown
     * @param show shows them
     */
    public ShownMails(long from, Show show) {
        this.from = from;
        this.show = show;
    }

    @Override
    public BodySink apply(BodySink taker) {
        return (uid, size) -> {
            BodySink.Body body = taker.begin(uid, size);
            return size < from ? body : new Shown(body, show.begin(size));
        };
    }

    private static final class Shown implements BodySink.Body {
        private final BodySink.Body body;
        private final Show.One one;
        private long bytes;

        Shown(BodySink.Body body, Show.One one) {
            this.body = body;
            this.one = one;
        }

        @Override
        public void write(byte[] more, int at, int length) {
            body.write(more, at, length);
            bytes += length;
            one.arrived(bytes);
        }

        @Override
        public void end() {
            one.over(true);
            body.end();
        }

        @Override
        public void cut() {
            one.over(false);
            body.cut();
        }
    }
}

package ekiden.testing.imap;

import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.imap.ImapMailbox;
import ekiden.mail.receive.imap.ImapSettings;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast mails come through the IMAP client alone: every mail of an inbox into a sink that counts. Prints one JSON line. */
public final class FetchSpeedMain {
    private FetchSpeedMain() {}

    private static final class Counting implements BodySink, BodySink.Body {
        private long mails;
        private long bytes;

        @Override
        public Body begin(long uid, long size) {
            return this;
        }

        @Override
        public void write(byte[] from, int start, int length) {
            bytes += length;
        }

        @Override
        public void end() {
            mails++;
        }

        @Override
        public void cut() {
            throw new IllegalStateException("cut after " + bytes + " bytes");
        }
    }

    private record Account(String user, String password) implements Credentials {
        @Override
        public Result<Key> key() {
            return Result.ok(new Password(new Secret(password)));
        }
    }

    /**
     * @param args host, port, user, password, mails per command
     */
    public static void main(String[] args) {
        ImapSettings settings = ImapSettings.inbox(new HostPort(args[0], Integer.parseInt(args[1])), Security.NONE);
        long chunk = Long.parseLong(args[4]);
        SystemClock clock = new SystemClock();
        try (ThreadTasks tasks = new ThreadTasks();
                MailboxSession session =
                        good(new ImapMailbox(settings, new Account(args[2], args[3]), clock, tasks).open())) {
            List<UidSet> chunks = new ArrayList<>();
            UidSet left = good(session.search(Wanted.ALL, UidSet.between(1, UidSet.MAX)));
            while (!left.isEmpty()) {
                UidSet first = left.first(chunk);
                chunks.add(first);
                left = left.minus(first);
            }
            Counting counting = new Counting();
            long began = clock.nanos();
            good(session.fetch(chunks, counting));
            double seconds = (clock.nanos() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "{\"mails\":%d,\"seconds\":%.3f,\"mails_s\":%.0f,\"MB_s\":%.1f}%n",
                    counting.mails,
                    seconds,
                    counting.mails / seconds,
                    counting.bytes / 1e6 / seconds);
        }
    }

    private static <T> T good(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new IllegalStateException(result.toString());
    }
}

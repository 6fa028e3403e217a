package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.Address;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.store.Store;
import ekiden.store.jdbc.JdbcStore;
import ekiden.store.jdbc.StoreLimits;
import ekiden.testing.UnforcedDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills a home with mails that were received long ago and wait unread: an entry of the spool and a row of the catalogue each, as a listener
 * leaves them. No process may run on the home.
 */
final class KeptMails {
    private static final int ROWS_AT_ONCE = 1_000;

    private final HomePaths home;
    private final Clock clock = new SystemClock();
    private final Ids ids = new Ids(clock);

    KeptMails(HomePaths home) {
        this.home = home;
    }

    /** Makes mails to {@code orders@localhost}, mailbox {@code orders}, with subjects {@code old 0.} and so on. */
    void fill(int count, Instant received) {
        Spool spool = ok(Spool.start(new UnforcedDisk(), home.spool(), SpoolLimits.DEFAULT, clock));
        try (Store store = ok(JdbcStore.sqlite(home.database(), StoreLimits.DEFAULT, clock))) {
            for (int from = 0; from < count; from += ROWS_AT_ONCE) {
                List<CatalogueMail> page = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + ROWS_AT_ONCE); i++) {
                    page.add(mail(spool, i, received));
                }
                insert(store, page);
            }
        }
    }

    private static void insert(Store store, List<CatalogueMail> page) {
        Store.Outcome<Boolean> written = store.write(tx -> {
            page.forEach(mail -> tx.mails().insert(numbered(tx.mails().nextId(), mail)));
            return true;
        });
        if (!(written instanceof Store.Outcome.Committed<Boolean>)) {
            throw new AssertionError(written.toString());
        }
    }

    private CatalogueMail mail(Spool spool, int number, Instant received) {
        String subject = "old " + number + ".";
        String messageId = "<" + number + "@customer.example>";
        String text = "From: edi@customer.example\r\nTo: orders@localhost\r\nSubject: " + subject + "\r\nMessage-ID: "
                + messageId + "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0900\r\n\r\nold order " + number + "\r\n";
        SpoolHeader header = new SpoolHeader(
                "smtpd",
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                received,
                Map.of());
        SpoolWriter writer = ok(spool.begin(ids.next().toString(), header));
        writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        RawMail raw = ok(writer.finish());
        spool.markKept(raw.place());
        MailSummary summary = new MailSummary(
                List.of(new Address(null, "edi@customer.example")),
                List.of(new Address(null, "orders@localhost")),
                List.of(),
                subject,
                Instant.parse("2026-11-23T01:00:00Z"),
                messageId,
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        return new CatalogueMail(
                0,
                new MailIdentity("orders", raw.sha256()),
                raw,
                received,
                CatalogueMail.State.UNREAD,
                "edi@customer.example",
                "orders@localhost",
                summary,
                null,
                null,
                null);
    }

    private static CatalogueMail numbered(long id, CatalogueMail mail) {
        return new CatalogueMail(
                id,
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.state(),
                mail.sender(),
                mail.recipient(),
                mail.summary(),
                null,
                null,
                null);
    }

    private static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }
}

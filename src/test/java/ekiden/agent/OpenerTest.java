package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Signature;
import ekiden.mail.mime.Smime;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Mails that are open at the same time share a bounded room. */
class OpenerTest {
    private static final Path HOME = Path.of("/home/agent");
    private static final int ROOM = 8 * 1024;

    private final Spool spool = ok(
            Spool.start(new MemoryDisk(new Random(1)), HOME.resolve("spool"), SpoolLimits.DEFAULT, new SystemClock()));
    private final Opener opener =
            new Opener(spool, MimeLimits.DEFAULT, MailTrust.only(Opening.USUAL), ROOM, Duration.ofMillis(1));

    @Test
    void mailThatFitsBesideAnotherIsOpenedAndOneMoreComesAgainLater() {
        RawMail half = put("half", ROOM / 2 - 1024);
        RawMail other = put("other", ROOM / 2 - 1024);
        RawMail small = put("small", 100);
        assertThat(whileOpen(half, () -> whileOpen(other, () -> true))).isTrue();
        Problem problem = whileOpen(half, () -> whileOpen(other, () -> failure(small)));
        assertThat(problem.id()).isEqualTo(AgentMessage.NO_ROOM_TO_READ.id());
        assertThat(whileOpen(small, () -> true)).isTrue();
    }

    @Test
    void headerWithRawBytesIsJudgedOnlyWithTheWholeMail() {
        byte[] russian = "From: a@b.example\nSubject: \u00fa\u00c1\u00cb\u00c1\u00da 12\n\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] unicode = "From: a@b.example\nSubject: 注文 12\n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(opener.header(russian)).isEmpty();
        assertThat(opener.header(unicode)).isPresent();
    }

    @Test
    void mailThatIsLargerThanTheRoomIsOpenAlone() {
        RawMail large = put("large", 3 * ROOM);
        RawMail small = put("small", 100);
        assertThat(whileOpen(large, () -> failure(small).id())).isEqualTo(AgentMessage.NO_ROOM_TO_READ.id());
        assertThat(whileOpen(small, () -> failure(large).id())).isEqualTo(AgentMessage.NO_ROOM_TO_READ.id());
        assertThat(whileOpen(large, () -> true)).isTrue();
    }

    @Test
    void roomOfAMailWhoseUseEndsByABugIsGivenBack() {
        RawMail large = put("large", 3 * ROOM);
        for (int time = 0; time < 3; time++) {
            assertThat(catchThrowable(() -> whileOpen(large, () -> {
                        throw new IllegalStateException("bug");
                    })))
                    .hasMessage("bug");
        }
        assertThat(whileOpen(large, () -> true)).isTrue();
    }

    /** A mail of S/MIME that fills the memory so often. */
    private Opener filling(int times) {
        int[] left = {times};
        Smime smime = new Smime() {
            @Override
            public Opened open(byte[] wrapped) {
                if (left[0]-- > 0) {
                    throw new OutOfMemoryError("full");
                }
                return new Opened.Inside("\nopened".getBytes(StandardCharsets.US_ASCII), List.of());
            }

            @Override
            public List<Signature> check(Content content, byte[] signature) {
                return List.of();
            }
        };
        return new Opener(spool, MimeLimits.DEFAULT, MailTrust.only(Opening.with(smime)), ROOM, Duration.ofMillis(1));
    }

    @Test
    void mailThatMeetsAFullMemoryIsReadOnceMoreAloneAndThenUnreadable() {
        RawMail mail = put("wrapped", 200, "Content-Type: application/pkcs7-mime\r\n\r\n");
        Reading second = ok(open(filling(1), mail, (reading, source) -> reading));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Reading.Readable.class,
                        read -> assertThat(read.message().text()).isEqualTo("opened"));
        Reading never = ok(open(filling(2), mail, (reading, source) -> reading));
        assertThat(never)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        bad -> assertThat(bad.problem().id()).isEqualTo(AgentMessage.NEEDS_TOO_MUCH.id()));
    }

    @Test
    void fullMemoryWhileAnotherMailIsOpenSaysNothingOfThisOne() {
        RawMail mail = put("wrapped", 200, "Content-Type: application/pkcs7-mime\r\n\r\n");
        RawMail other = put("other", 100);
        Opener filling = filling(1);
        Result<Result<Reading>> both =
                open(filling, other, (reading, source) -> open(filling, mail, (read, bytes) -> read));
        Result<Reading> inner = ok(both);
        assertThat(inner)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(AgentMessage.NO_ROOM_TO_READ.id()));
        Reading later = ok(open(filling, mail, (reading, source) -> reading));
        assertThat(later).isInstanceOf(Reading.Readable.class);
    }

    private static <T> Result<T> open(Opener opener, RawMail mail, BiFunction<Reading, RawSource, T> use) {
        return opener.open(mail, opener.means("orders"), use);
    }

    private <T> T whileOpen(RawMail mail, Supplier<T> what) {
        return ok(opener.open(mail, opener.means("orders"), (reading, source) -> what.get()));
    }

    private Problem failure(RawMail mail) {
        if (opener.open(mail, opener.means("orders"), (reading, source) -> true)
                instanceof Result.Failed<Boolean>(Problem problem)) {
            return problem;
        }
        throw new AssertionError("it was opened");
    }

    private RawMail put(String place, int size) {
        return put(place, size, "Subject: order\r\n\r\n");
    }

    private RawMail put(String place, int size, String head) {
        SpoolHeader header = new SpoolHeader(
                "smtpd",
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                Instant.EPOCH,
                Map.of());
        SpoolWriter writer = ok(spool.begin(place, header));
        writer.write(ByteBuffer.wrap((head + "x".repeat(size - head.length())).getBytes(StandardCharsets.US_ASCII)));
        return ok(writer.finish());
    }

    private static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }
}

package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final MimeLimits SMALL = new MimeLimits(20_000, 3, 2, 1000, 1500, 5, 4, 100, 50);

    private static Object outcome(String mail) {
        return switch (Mails.reading(Mails.bytes(mail), SMALL)) {
            case Reading.Readable readable -> "readable";
            case Reading.Unreadable(var problem) -> problem.id();
        };
    }

    /** The mail of size n is readable at the limit, and not at limit + 1. */
    private static void holds(int limit, MimeMessage message, IntFunction<String> mail) {
        assertThat(outcome(mail.apply(limit))).isEqualTo("readable");
        assertThat(outcome(mail.apply(limit + 1))).isEqualTo(message.id());
    }

    @Test
    void everyLimitIsMetAtItsValueAndToldOneBehind() {
        holds(20_000, MimeMessage.TOO_LARGE, n -> "From: a@b\n\n" + "x".repeat(n - 11));
        holds(
                3,
                MimeMessage.TOO_MANY_PARTS,
                n -> "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(n) + "--b--");
        holds(2, MimeMessage.TOO_DEEP, n -> {
            StringBuilder mail = new StringBuilder();
            for (int i = 0; i < n; i++) {
                mail.append("Content-Type: multipart/mixed; boundary=b")
                        .append(i)
                        .append("\n\n--b")
                        .append(i)
                        .append('\n');
            }
            return mail + "\nx";
        });
        holds(1000, MimeMessage.HEADER_TOO_LONG, n -> "From: " + "x".repeat(n - 6) + "\n\nx");
        holds(5, MimeMessage.TOO_MANY_FIELDS, n -> "X: y\n".repeat(n) + "\nx");
        holds(4, MimeMessage.TOO_MANY_ADDRESSES, n -> "To: " + "a@b,".repeat(n) + "\n\nx");
        holds(
                3,
                MimeMessage.HEADERS_TOO_LONG,
                n -> "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: " + "x".repeat(900) + "\n\n--b\nX: "
                        + "x".repeat(n * 20 + 480) + "\n\n");
    }

    @Test
    void longNameIsCutAndTold() {
        Reading reading = Mails.reading(Mails.bytes("From: a@b\nSubject: " + "s".repeat(51) + "\n\n"), SMALL);
        assertThat(reading).isInstanceOfSatisfying(Reading.Readable.class, r -> {
            assertThat(r.message().summary().subject()).hasSize(50);
            assertThat(r.message().summary().problems()).containsExactly(MimeMessage.VALUE_CUT.id());
        });
    }

    @Test
    void bytesThatCannotBeReadAreRetryable() {
        RawSource shorter = new RawSource() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public int readAt(long offset, ByteBuffer into) {
                return -1;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        assertThat(MessageReader.read(shorter, SMALL))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        r -> assertThat(r.problem().id()).isEqualTo(MimeMessage.BYTES_NOT_READABLE.id()));
    }

    @Test
    void moreFilesInATextThanAreTakenOutStayInItAndAreTold() {
        Opening two = new Opening(true, false, null, new OpeningLimits(2, 10, 1000, 1000, 10, 1000, 1000));
        String file = "begin 644 a\n#0V%T\n`\nend\n";
        Message atTheLimit = opened("From: a@b\n\n" + file.repeat(2), two);
        assertThat(atTheLimit.attachments()).hasSize(2);
        assertThat(atTheLimit.summary().problems()).isEmpty();
        Message beyond = opened("From: a@b\n\n" + file.repeat(3), two);
        assertThat(beyond.attachments()).hasSize(2);
        assertThat(beyond.text()).isEqualTo(file);
        assertThat(beyond.summary().problems()).containsExactly(MimeMessage.TOO_MUCH_WRAPPED.id());
    }

    @Test
    void fileInATextMayBeLargerThanTheTextThatIsKept() {
        String file = "begin 644 a\n" + "#0V%T\n".repeat(50) + "`\nend\n";
        assertThat(Mails.reading(Mails.bytes("From: a@b\n\nx\n" + file + "y\n"), SMALL))
                .isInstanceOfSatisfying(Reading.Readable.class, r -> {
                    assertThat(r.message().text()).isEqualTo("x\ny\n");
                    assertThat(r.message().summary().attachments().getFirst().size())
                            .isEqualTo(150);
                    assertThat(r.message().summary().problems()).isEmpty();
                });
    }

    private static Message opened(String mail, Opening opening) {
        Reading reading = MessageReader.read(new BytesSource(Mails.bytes(mail)), MimeLimits.DEFAULT, opening);
        return ((Reading.Readable) reading).message();
    }
}

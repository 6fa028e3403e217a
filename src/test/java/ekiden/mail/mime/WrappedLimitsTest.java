package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What S/MIME is handed of one mail has an end, and nothing is opened twice. */
class WrappedLimitsTest {
    private static final OpeningLimits LIMITS = OpeningLimits.DEFAULT;

    /** Holds what is wrapped as it stands, and counts. */
    private static final class Counting implements Smime {
        private int opened;
        private int checked;

        @Override
        public Opened open(byte[] wrapped) {
            opened++;
            return new Opened.Inside(wrapped, List.of());
        }

        @Override
        public List<Signature> check(Content content, byte[] signature) throws IOException {
            checked++;
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            return List.of(new Signature(List.of(), "CN=x", true, null, false, null));
        }
    }

    private final Counting smime = new Counting();

    private Message read(String mail, OpeningLimits limits) {
        Opening opening = new Opening(true, false, smime, limits);
        Reading reading = MessageReader.read(new BytesSource(Mails.bytes(mail)), MimeLimits.DEFAULT, opening);
        return ((Reading.Readable) reading).message();
    }

    private static String wrapped(String inside) {
        return "Content-Type: application/pkcs7-mime; name=smime.p7m\n\n" + inside;
    }

    private static String several(String... parts) {
        StringBuilder mail =
                new StringBuilder("From: a@b.example\nContent-Type: multipart/mixed; boundary=several\n\n");
        for (String part : parts) {
            mail.append("--several\n").append(part).append('\n');
        }
        return mail.append("--several--\n").toString();
    }

    private static String signed(String boundary, String part) {
        return "Content-Type: multipart/signed; boundary=" + boundary + "\n\n--" + boundary + "\n" + part + "\n--"
                + boundary + "\nContent-Type: application/pkcs7-signature\n\ns\n--" + boundary + "--\n";
    }

    @Test
    void wrappingWithManyPartsIsOpenedOnce() throws IOException {
        StringBuilder inside = new StringBuilder("Content-Type: multipart/mixed; boundary=i\n\n");
        for (int part = 0; part < 190; part++) {
            inside.append("--i\nContent-Type: application/x; name=n")
                    .append(part)
                    .append("\n\nbytes of ");
            inside.append(part).append("x".repeat(10_000)).append('\n');
        }
        String mail = "From: a@b.example\n" + wrapped(inside + "--i--\n");
        Message message = read(mail, LIMITS);
        assertThat(message.attachments()).hasSize(190);
        int number = 0;
        for (Part part : message.attachments()) {
            assertThat(Mails.content(Mails.bytes(mail), part)).startsWith("bytes of " + number++);
        }
        assertThat(message.summary().problems()).isEmpty();
        assertThat(smime.opened).isEqualTo(1);
    }

    @Test
    void wrappingsInsideEachOtherAreOpenedOnceEachUpToTheirDepth() {
        String mail = "Content-Type: text/plain\n\ninnermost";
        for (int depth = 0; depth < LIMITS.depth(); depth++) {
            mail = wrapped(mail);
        }
        Message atTheLimit = read("From: a@b.example\n" + mail, LIMITS);
        assertThat(atTheLimit.text()).isEqualTo("innermost");
        assertThat(atTheLimit.summary().problems()).isEmpty();
        assertThat(smime.opened).isEqualTo(LIMITS.depth());
        Message beyond = read("From: a@b.example\n" + wrapped(mail), LIMITS);
        assertThat(beyond.text()).isEmpty();
        assertThat(beyond.attachments()).hasSize(1);
        assertThat(beyond.summary().problems()).containsExactly(MimeMessage.TOO_MUCH_WRAPPED.id());
        assertThat(smime.opened).isEqualTo(2 * LIMITS.depth());
    }

    @Test
    void sumOfAllThatIsWrappedHasALimitAndTheRestStaysAnAttachment() {
        String inside = "Content-Type: application/x; name=inner\n\n1234567890";
        String mail = several(wrapped(inside), wrapped(inside));
        OpeningLimits exact = new OpeningLimits(200, 10, 1000, 2 * inside.length(), 20, 1000, 1000);
        assertThat(read(mail, exact).attachments())
                .extracting(part -> part.summary().name())
                .containsExactly("inner", "inner");
        OpeningLimits less = new OpeningLimits(200, 10, 1000, 2 * inside.length() - 1, 20, 1000, 1000);
        Message beyond = read(mail, less);
        assertThat(beyond.summary().attachments())
                .containsExactly(
                        new AttachmentSummary("inner", "application/x", 10),
                        new AttachmentSummary("smime.p7m", "application/pkcs7-mime", inside.length()));
        assertThat(beyond.summary().problems()).containsExactly(MimeMessage.TOO_MUCH_WRAPPED.id());
    }

    @Test
    void numberOfWrappingsAndSignaturesHasALimit() {
        String[] parts = new String[LIMITS.wrappings()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = i % 2 == 0 ? wrapped("Content-Type: text/plain\n\nx") : signed("s" + i, "\n\nx");
        }
        assertThat(read(several(parts), LIMITS).summary().problems()).isEmpty();
        assertThat(smime.opened + smime.checked).isEqualTo(LIMITS.wrappings());
        String[] more = Arrays.copyOf(parts, parts.length + 1);
        more[parts.length] = signed("last", "\n\nx");
        Message beyond = read(several(more), LIMITS);
        assertThat(beyond.attachments()).isNotEmpty();
        assertThat(smime.opened + smime.checked).isEqualTo(2 * LIMITS.wrappings());
        assertThat(beyond.summary().problems()).containsExactly(MimeMessage.TOO_MUCH_WRAPPED.id());
    }

    @Test
    void textUnderManySignaturesIsReadSoOftenOnly() {
        String inner = signed("inner", "\n" + "x".repeat(1000));
        String mail = "From: a@b.example\n" + signed("outer", inner);
        long twice = inner.length() + 1001;
        OpeningLimits exact = new OpeningLimits(200, 10, 1000, 1000, 20, twice - mail.length(), 1000);
        assertThat(read(mail, exact).signatures()).hasSize(2);
        OpeningLimits less = new OpeningLimits(200, 10, 1000, 1000, 20, twice - mail.length() - 1, 1000);
        Message beyond = read(mail, less);
        assertThat(beyond.signatures()).hasSize(1);
        assertThat(beyond.summary().problems()).containsExactly(MimeMessage.TOO_MUCH_WRAPPED.id());
    }
}

package ekiden.mail.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ekiden.base.SystemClock;
import ekiden.json.Json;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.OpeningLimits;
import ekiden.mail.mime.Part;
import ekiden.mail.mime.ReadMailJson;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Signature;
import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncySmimeTest {
    private static final SmimeWorld WORLD = new SmimeWorld();
    private static final String PART = "Content-Type: multipart/mixed; boundary=i\n\n--i\n"
            + "Content-Type: text/plain; charset=utf-8\n\n注文\n--i\nContent-Type: text/csv; name=d.csv\n"
            + "Content-Transfer-Encoding: base64\n\nMSwy\n--i--\n";

    private static byte[] crlf(String text) {
        return SmimeWorld.bytes(text.replace("\n", "\r\n"));
    }

    private static Message read(byte[] mail, SmimeKeys keys) {
        Opening opening = Opening.with(new BouncySmime(keys, new SystemClock()));
        Reading reading = MessageReader.read(new BytesSource(mail), MimeLimits.DEFAULT, opening);
        assertThat(reading).isInstanceOf(Reading.Readable.class);
        return ((Reading.Readable) reading).message();
    }

    private static String content(byte[] mail, Part part) throws IOException {
        StringBuilder text = new StringBuilder();
        part.copyTo(
                new BytesSource(mail),
                (bytes, from, length) -> text.append(new String(bytes, from, length, StandardCharsets.UTF_8)));
        assertThat(new String(part.open(new BytesSource(mail)).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text.toString());
        return text.toString();
    }

    private static byte[] signedMail() {
        return SmimeWorld.bytes(WORLD.mail(PART, WORLD.signed(crlf(PART), WORLD.signer, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void signatureHoldsWhateverLineBreakTheSpoolHas(String lineBreak) {
        byte[] mail = SmimeWorld.bytes(new String(signedMail(), StandardCharsets.UTF_8).replace("\r\n", lineBreak));
        Message message = read(mail, WORLD.trusting());
        assertThat(message.text()).isEqualTo("注文");
        assertThat(message.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.addresses()).containsExactly("sender@example.jp");
            assertThat(signature.subject()).isEqualTo("CN=Sender");
            assertThat(signature.valid()).isTrue();
            assertThat(signature.trusted()).isTrue();
        });
        assertThat(message.summary().problems()).isEmpty();
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactly("d.csv", "smime.p7s");
    }

    @Test
    void signatureOverAnotherTextDoesNotHold() {
        byte[] mail = SmimeWorld.bytes(new String(signedMail(), StandardCharsets.UTF_8).replace("注文", "注意"));
        Message message = read(mail, WORLD.trusting());
        assertThat(message.signatures())
                .extracting(Signature::valid, Signature::reason)
                .containsExactly(tuple(false, Signature.Reason.CHANGED));
        assertThat(message.summary().problems()).containsExactly("EKDM0258-W");
    }

    @Test
    void signerIsTrustedOnlyByTheStoreThatVouchesForHim() {
        Message unknown = read(signedMail(), SmimeKeys.NONE);
        assertThat(unknown.signatures().getFirst().valid()).isTrue();
        assertThat(unknown.signatures().getFirst().trusted()).isNull();
        assertThat(unknown.summary().problems()).isEmpty();
        Message other = read(signedMail(), new SmimeWorld().trusting());
        assertThat(other.signatures().getFirst().valid()).isTrue();
        assertThat(other.signatures().getFirst().trusted()).isFalse();
        assertThat(other.summary().problems()).containsExactly("EKDM0260-W");
    }

    @Test
    void signatureByPssHolds() {
        byte[] mail = SmimeWorld.bytes(WORLD.mail(PART, WORLD.signedByPss(crlf(PART))));
        assertThat(read(mail, WORLD.trusting()).signatures())
                .extracting(Signature::valid, Signature::trusted)
                .containsExactly(tuple(true, true));
        byte[] changed = SmimeWorld.bytes(WORLD.mail(PART, WORLD.signedByPss(crlf(PART + " "))));
        assertThat(read(changed, WORLD.trusting()).signatures())
                .extracting(Signature::reason)
                .containsExactly(Signature.Reason.CHANGED);
    }

    @Test
    void addressInTheNameOfACertificateIsReadAsItIs() {
        X509Certificate named = new SmimeWorld.Issuer("CN=Authority", WORLD.authorityKey)
                .certificate(9, "CN=Sender,E=Tom\\+jobs@example.jp", WORLD.signerKey);
        byte[] mail = SmimeWorld.bytes(WORLD.mail(PART, WORLD.signed(crlf(PART), named, false)));
        assertThat(read(mail, WORLD.trusting()).signatures().getFirst().addresses())
                .containsExactly("tom+jobs@example.jp");
    }

    @Test
    void certificateThatHadEndedBeforeItSignedIsNotForThis() {
        X509Certificate ended = SmimeWorld.certificate(
                "CN=Ended",
                WORLD.signerKey,
                WORLD.authorityKey,
                "e@example.jp",
                SmimeWorld.NOW.minus(Duration.ofDays(5)));
        byte[] mail = SmimeWorld.bytes(WORLD.mail(PART, WORLD.signed(crlf(PART), ended, false)));
        assertThat(read(mail, WORLD.trusting()).signatures())
                .extracting(Signature::reason)
                .containsExactly(Signature.Reason.NOT_FOR_THIS);
    }

    @Test
    void wrappingThatIsSignedIsOpenedAndItsPartsAreTheMails() throws IOException {
        byte[] mail = SmimeWorld.bytes(SmimeWorld.wrapped(WORLD.signed(crlf(PART), WORLD.signer, true)));
        Message message = read(mail, WORLD.trusting());
        assertThat(message.text()).isEqualTo("注文");
        assertThat(message.summary().attachments()).containsExactly(new AttachmentSummary("d.csv", "text/csv", 3));
        assertThat(content(mail, message.attachments().getFirst())).isEqualTo("1,2");
        assertThat(message.signatures()).extracting(Signature::valid).containsExactly(true);
    }

    @Test
    void mailThatIsEncryptedIsOpenedWithItsKeyAndToldWithoutOne() throws IOException {
        byte[] inner = SmimeWorld.bytes(WORLD.mail(PART, WORLD.signed(crlf(PART), WORLD.signer, false)));
        byte[] mail = SmimeWorld.bytes(SmimeWorld.wrapped(WORLD.encrypted(inner)));
        Message open = read(mail, WORLD.opening());
        assertThat(open.text()).isEqualTo("注文");
        assertThat(content(mail, open.attachments().getFirst())).isEqualTo("1,2");
        assertThat(open.signatures()).extracting(Signature::valid).containsExactly(true);
        assertThat(open.summary().problems()).isEmpty();
        Message closed = read(mail, SmimeKeys.NONE);
        assertThat(closed.text()).isEmpty();
        assertThat(closed.summary().problems()).containsExactly("EKDM0257-W");
        assertThat(closed.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactly("smime.p7m");
    }

    private static boolean whole(String mail) {
        Message message = read(
                SmimeWorld.bytes(mail.replace("\r\n", "\n").replace("\n", "\r\n")),
                new SmimeKeys(WORLD.opening().keys(), WORLD.trusting().anchors()));
        assertThat(message.signatures()).hasSize(1);
        assertThat(message.signatures().getFirst().valid()).isTrue();
        return message.signatures().getFirst().whole();
    }

    private static String body(String mail) {
        return mail.substring(mail.indexOf("Content-Type:"));
    }

    private static String beside(String part, String other) {
        return "From: sender@example.jp\nContent-Type: multipart/mixed; boundary=beside\n\n--beside\n" + other
                + "\n--beside\n" + part + "\n--beside--\n";
    }

    @Test
    void signatureStandsForTheWholeMailOnlyWhereNothingElseIsInIt() {
        String signed = WORLD.mail(PART, WORLD.signed(crlf(PART), WORLD.signer, false));
        String wrapped = SmimeWorld.wrapped(WORLD.signed(crlf(PART), WORLD.signer, true));
        String secret = SmimeWorld.wrapped(WORLD.encrypted(SmimeWorld.bytes(body(signed))));
        assertThat(whole(signed)).isTrue();
        assertThat(whole(wrapped)).isTrue();
        assertThat(whole(secret)).isTrue();
        String unsigned = "Content-Type: text/plain\n\npay to another account\n";
        for (String part : new String[] {signed, wrapped, secret}) {
            assertThat(whole(beside(body(part), unsigned))).isFalse();
        }
        // a third part behind the signature, and text behind the end that is read as a part
        assertThat(whole(signed.replace("--s--", "--s\r\n" + unsigned + "--s--")))
                .isFalse();
        assertThat(whole(signed + "--s\r\n" + unsigned + "--s--\r\n")).isFalse();
    }

    @Test
    void signatureOfAMailThatIsEnclosedIsNotThatOfTheMail() {
        String signed = WORLD.mail(PART, WORLD.signed(crlf(PART), WORLD.signer, false));
        byte[] mail = SmimeWorld.bytes("From: fraud@example.jp\r\nContent-Type: message/rfc822\r\n\r\n" + signed);
        Opening opening =
                new Opening(true, true, new BouncySmime(WORLD.trusting(), new SystemClock()), OpeningLimits.DEFAULT);
        Reading reading = MessageReader.read(new BytesSource(mail), MimeLimits.DEFAULT, opening);
        assertThat(((Reading.Readable) reading).message().signatures())
                .extracting(Signature::valid, Signature::whole)
                .containsExactly(tuple(true, false));
    }

    @Test
    void lineOfReadTellsTheSigner() throws IOException {
        byte[] mail = signedMail();
        assertThat(Json.write(ReadMailJson.readable("f", read(mail, WORLD.trusting()), new BytesSource(mail))))
                .endsWith("\"signatures\":[{\"addresses\":[\"sender@example.jp\"],\"subject\":\"CN=Sender\","
                        + "\"valid\":true,\"reason\":null,\"trusted\":true}]}");
    }

    @Test
    @Timeout(60)
    void whateverTheWrappingHoldsNothingIsThrown() {
        SplittableRandom random = new SplittableRandom(7);
        for (byte[] whole : new byte[][] {
            WORLD.signed(crlf(PART), WORLD.signer, true),
            WORLD.encrypted(crlf(PART)),
            "none".getBytes(StandardCharsets.US_ASCII)
        }) {
            for (int i = 0; i < 150; i++) {
                byte[] damaged = i < 50 ? Arrays.copyOf(whole, whole.length * i / 50) : whole.clone();
                for (int n = i < 50 ? 0 : random.nextInt(1, 6); n > 0; n--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                for (SmimeKeys keys : new SmimeKeys[] {WORLD.opening(), WORLD.trusting()}) {
                    read(SmimeWorld.bytes(SmimeWorld.wrapped(damaged)), keys);
                    read(SmimeWorld.bytes(WORLD.mail(PART, damaged)), keys);
                }
            }
        }
    }

    @Test
    void wrappingThatIsNoneIsKeptAndTold() {
        Message message = read(SmimeWorld.bytes(SmimeWorld.wrapped(new byte[] {1, 2, 3})), SmimeKeys.NONE);
        assertThat(message.summary().problems()).containsExactly("EKDM0259-W");
        assertThat(message.attachments()).hasSize(1);
    }
}

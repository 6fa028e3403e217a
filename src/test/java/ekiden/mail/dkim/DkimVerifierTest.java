package ekiden.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.dkim.DkimResult.Outcome;
import ekiden.mail.dkim.TxtRecords.Answer;
import ekiden.mail.mime.BytesSource;
import ekiden.model.mail.Address;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.james.jdkim.DKIMSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed by an independent signer (Apache jDKIM), verified here. */
class DkimVerifierTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-23T00:00:00Z");
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final String KEY =
            "v=DKIM1; k=rsa; p=" + base64(RSA.getPublic().getEncoded());
    private static final String NAME = "s1._domainkey.example.jp";
    private static final String MAIL = """
            Received: from a.example.jp by mx.example.net; Mon, 23 Nov 2026 08:59:58 +0900
            From: =?UTF-8?B?5rOo5paH?= <orders@example.jp>
            To: edi@example.net
            Subject: order  4711
             and   more
            Date: Mon, 23 Nov 2026 09:00:00 +0900
            Message-ID: <1@example.jp>

            first line \s
            \ttabs\tand  blanks

            last line


            """.replace("\n", "\r\n");

    @ParameterizedTest
    @CsvSource({"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed", "relaxed", "simple"})
    void signedMailPassesInEveryCanonicalForm(String form) throws Exception {
        assertThat(verify(signed(MAIL, form, ""))).containsExactly(passed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\r\n", "\r\n\r\n", "x\r\n", "x\r\n \r\n", " \t\r\n", "\r\n\r\nx"})
    void bodyOfAnyShapePasses(String body) throws Exception {
        String mail = "From: orders@example.jp\r\nSubject: x\r\n\r\n" + body;
        assertThat(verify(signed(mail, "relaxed/relaxed", ""))).containsExactly(passed());
        assertThat(verify(signed(mail, "simple/simple", ""))).containsExactly(passed());
    }

    @Test
    void mailKeptWithBareLineFeedsPassesToo() throws Exception {
        assertThat(verify(signed(MAIL, "simple/simple", "").replace("\r\n", "\n")))
                .containsExactly(passed());
    }

    @Test
    void relaxedFormForgivesBlanksAndFolding() throws Exception {
        String folded = signed(MAIL, "relaxed/relaxed", "")
                .replace("order  4711", "order\r\n 4711   ")
                .replace("last line", "last  line ");
        assertThat(verify(folded)).containsExactly(passed());
    }

    @Test
    void simpleFormForgivesNothing() throws Exception {
        assertThat(why(signed(MAIL, "simple/simple", "").replace("order  4711", "order 4711")))
                .contains("header was changed");
        assertThat(why(signed(MAIL, "simple/simple", "").replace("last line", "last  line")))
                .contains("body was changed");
    }

    @Test
    void changedSenderFails() throws Exception {
        assertThat(why(signed(MAIL, "relaxed/relaxed", "").replace("orders@example.jp>", "fraud@example.jp>")))
                .contains("header was changed");
    }

    @Test
    void appendedBodyFailsAlsoWhereTheSignerAllowedIt() throws Exception {
        String whole = signed(MAIL, "relaxed/simple", "");
        assertThat(why(whole + "and pay to another account\r\n")).contains("body was changed");
        int covered = MAIL.strip().length() + 2 - MAIL.indexOf("first line");
        String partly = signed(MAIL, "relaxed/simple", "l=" + covered + "; ");
        assertThat(verify(partly)).containsExactly(passed());
        assertThat(why(partly + "and pay to another account\r\n")).contains("part of the body");
    }

    @Test
    void secondSenderAboveTheSignedOneFails() throws Exception {
        assertThat(why("From: fraud@example.com\r\n" + signed(MAIL, "relaxed/relaxed", "")))
                .contains("from stands more than once");
    }

    @Test
    void secondSubjectFails() throws Exception {
        assertThat(why("Subject: other\r\n" + signed(MAIL, "relaxed/relaxed", "")))
                .contains("subject stands more than once");
    }

    @Test
    void expiryIsComparedWithTheArrival() throws Exception {
        Instant far = Instant.parse("2100-01-01T00:00:00Z");
        DkimVerifier verifier = verifier(new Answer.Found(List.of(KEY)));
        String mail = signed(MAIL, "relaxed/relaxed", "t=1; x=" + far.getEpochSecond() + "; ");
        assertThat(verifier.verify(source(mail), far)).containsExactly(passed());
        assertThat(verifier.verify(source(mail), far.plusSeconds(1)))
                .extracting(DkimVerifierTest::why)
                .containsExactly("it had expired when the mail arrived");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; k=rsa; p=|revoked",
                "v=DKIM1; t=y; p=KEY|test mode",
                "v=DKIM1; k=ed25519; p=KEY|another kind",
                "v=DKIM2; p=KEY|another version",
                "k=rsa; v=DKIM1; p=KEY|another version",
                "h=sha1; p=KEY|not for SHA-256",
                "s=tlsrpt; p=KEY|not for mail",
                "p=AAAA|cannot be read",
                "p=%%|cannot be read",
                "p=KEY; p=KEY|cannot be read",
                "nothing|cannot be read"
            })
    void keyThatIsNoneForThisSignatureIsTold(String record, String reason) throws Exception {
        String key = record.replace("KEY", base64(RSA.getPublic().getEncoded()));
        assertThat(verifier(new Answer.Found(List.of(key)))
                        .verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED))
                .singleElement()
                .satisfies(result -> assertThat(why(result)).contains(reason));
    }

    @Test
    void shortKeyDoesNotCount() throws Exception {
        KeyPair weak = pair("RSA", 512);
        String mail = signed(MAIL, "relaxed/relaxed", "", weak.getPrivate());
        String record = "p=" + base64(weak.getPublic().getEncoded());
        assertThat(verifier(new Answer.Found(List.of(record))).verify(source(mail), ARRIVED))
                .extracting(DkimVerifierTest::why)
                .containsExactly("its key has 512 bits");
    }

    @Test
    void keyLongerThanTheLimitDoesNotCount() throws Exception {
        DkimVerifier verifier = new DkimVerifier(name -> new Answer.Found(List.of(KEY)), limits(1 << 20, 2047));
        assertThat(verifier.verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED))
                .extracting(DkimVerifierTest::why)
                .containsExactly("its key has 2048 bits");
    }

    @Test
    void keyThatCannotBeAskedForIsUnknownForNow() throws Exception {
        assertThat(verifier(new Answer.Unavailable("no answer"))
                        .verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED))
                .containsExactly(new DkimResult("example.jp", "s1", new Outcome.Later("no answer")));
    }

    @Test
    void domainWithoutTheKeyFails() throws Exception {
        assertThat(verifier(new Answer.Absent()).verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED))
                .extracting(DkimVerifierTest::why)
                .containsExactly("its domain has no such key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=rsa-sha256;|a=rsa-sha1;|algorithm",
                "v=1;|v=2;|another version",
                "d=example.jp;|d=example..jp;|no name of the DNS",
                "d=example.jp;|d=example.jp; i=@example.com;|another domain",
                "q=dns/txt;|q=http;|not kept in the DNS",
                "h=from|h=x-from|does not cover the sender",
                "c=relaxed/relaxed;|c=relaxed/odd;|canonicalization",
                "s=s1;|;|no tag s",
                "v=1;|v=1; v=1;|cannot be read"
            })
    void signatureThatCannotCountIsToldBeforeAnybodyIsAsked(String from, String to, String reason) throws Exception {
        String mail = signed(MAIL, "relaxed/relaxed", "").replace(from, to);
        TxtRecords nobody = name -> {
            throw new AssertionError(name);
        };
        assertThat(new DkimVerifier(nobody, DkimLimits.DEFAULT).verify(source(mail), ARRIVED))
                .singleElement()
                .satisfies(result -> assertThat(why(result)).contains(reason));
    }

    @Test
    void signaturesBeyondTheLimitAreNotLookedAt() throws Exception {
        String field = "DKIM-Signature: v=1; a=x\r\n";
        assertThat(verify(field.repeat(5) + signed(MAIL, "relaxed/relaxed", "")))
                .hasSize(5)
                .doesNotContain(passed());
        assertThat(verify(field.repeat(4) + signed(MAIL, "relaxed/relaxed", "")))
                .hasSize(5)
                .contains(passed());
    }

    @Test
    void headerBeyondTheLimitIsNotVerified() throws Exception {
        String mail = signed(MAIL, "relaxed/relaxed", "");
        int header = mail.indexOf("\r\n\r\n") + 2;
        assertThat(limited(header).verify(source(mail), ARRIVED)).containsExactly(passed());
        assertThat(limited(header - 3).verify(source(mail), ARRIVED))
                .extracting(DkimVerifierTest::why)
                .containsExactly("the header is longer than " + (header - 3) + " bytes");
    }

    private static DkimLimits limits(int headerBytes, int keyBits) {
        DkimLimits usual = DkimLimits.DEFAULT;
        return new DkimLimits(headerBytes, 5, keyBits, usual.answer(), usual.answers(), usual.silence());
    }

    private static DkimVerifier limited(int header) {
        return new DkimVerifier(name -> new Answer.Found(List.of(KEY)), limits(header, 8192));
    }

    @Test
    void ed25519SignaturePasses() throws Exception {
        KeyPair pair = pair("Ed25519", 255);
        byte[] encoded = pair.getPublic().getEncoded();
        String record = "k=ed25519; p=" + base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        String hash = base64(sha256("hello\r\n"));
        String unsigned = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=s1; h=from; bh="
                + hash + "; b=";
        byte[] over =
                sha256("from:orders@example.jp\r\ndkim-signature:" + unsigned.substring("DKIM-Signature: ".length()));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(over);
        String mail = unsigned + base64(signer.sign()) + "\r\nFrom: orders@example.jp\r\n\r\nhello\r\n";
        DkimVerifier verifier = verifier(new Answer.Found(List.of(record)));
        assertThat(verifier.verify(source(mail), ARRIVED)).containsExactly(passed());
        assertThat(verifier.verify(source(mail.replace("orders@", "fraud@")), ARRIVED))
                .doesNotContain(passed());
    }

    @ParameterizedTest
    @CsvSource({
        "example.jp, a@example.jp, true",
        "example.jp, a@Mail.Example.JP, true",
        "example.jp, a@badexample.jp, false",
        "mail.example.jp, a@example.jp, false",
        "jp, a@example.jp, false",
        "example.com, a@example.jp, false"
    })
    void domainSpeaksForItselfAndWhatLiesBelow(String domain, String address, boolean speaks) {
        assertThat(new DkimResult(domain, "s1", new Outcome.Passed()).speaksFor(author(address)))
                .isEqualTo(speaks);
        assertThat(new DkimResult(domain, "s1", new Outcome.Failed("x")).speaksFor(author(address)))
                .isFalse();
    }

    @Test
    void aboutDomainsOfNoInterestNobodyIsAsked() throws Exception {
        TxtRecords nobody = name -> {
            throw new AssertionError(name);
        };
        assertThat(new DkimVerifier(nobody, DkimLimits.DEFAULT)
                        .verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED, domain -> false))
                .isEmpty();
        assertThat(new DkimVerifier(name -> new Answer.Found(List.of(KEY)), DkimLimits.DEFAULT)
                        .verify(source(signed(MAIL, "relaxed/relaxed", "")), ARRIVED, "example.jp"::equals))
                .containsExactly(passed());
    }

    @Test
    void mailWithoutSignatureHasNoResult() throws Exception {
        assertThat(verify(MAIL)).isEmpty();
        assertThat(verify("")).isEmpty();
    }

    @Property(tries = 300)
    void anyBytesAreRead(@ForAll byte[] bytes, @ForAll boolean signed) throws Exception {
        byte[] start = (signed ? "DKIM-Signature: v=1; a=rsa-sha256; b=; d=" : "").getBytes(StandardCharsets.US_ASCII);
        byte[] mail = Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, mail, start.length, bytes.length);
        assertThat(verifier(new Answer.Found(List.of(KEY))).verify(new BytesSource(mail), ARRIVED))
                .doesNotContain(passed());
    }

    private static Address author(String address) {
        return new Address("", address);
    }

    private static DkimResult passed() {
        return new DkimResult("example.jp", "s1", new Outcome.Passed());
    }

    private static List<DkimResult> verify(String mail) throws IOException {
        Map<String, Answer> answers = Map.of(NAME, new Answer.Found(List.of(KEY)));
        return new DkimVerifier(name -> answers.getOrDefault(name, new Answer.Absent()), DkimLimits.DEFAULT)
                .verify(source(mail), ARRIVED);
    }

    private static DkimVerifier verifier(Answer answer) {
        return new DkimVerifier(name -> answer, DkimLimits.DEFAULT);
    }

    private static String why(String mail) throws IOException {
        return why(verify(mail).getFirst());
    }

    private static String why(DkimResult result) {
        return switch (result.outcome()) {
            case Outcome.Passed passed -> "passed";
            case Outcome.Failed failed -> failed.why();
            case Outcome.Later later -> later.why();
        };
    }

    private static BytesSource source(String mail) {
        return new BytesSource(mail.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String signed(String mail, String form, String tags) throws Exception {
        return signed(mail, form, tags, RSA.getPrivate());
    }

    private static String signed(String mail, String form, String tags, PrivateKey key) throws Exception {
        String template = "v=1; a=rsa-sha256; q=dns/txt; c=" + form + "; d=example.jp; s=s1; " + tags
                + "h=from:to:subject:date; bh=; b=;";
        String field = new DKIMSigner(template, key)
                .sign(new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
        return field + "\r\n" + mail;
    }

    private static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

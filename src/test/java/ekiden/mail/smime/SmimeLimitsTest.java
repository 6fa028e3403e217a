package ekiden.mail.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.SystemClock;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Signature;
import ekiden.mail.smime.SmimeWorld.Issuer;
import java.security.KeyPair;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.Test;

/** Signatures that are made to be slow. */
class SmimeLimitsTest {
    private static final SmimeWorld WORLD = new SmimeWorld();
    private static final String PART = "Content-Type: text/plain\n\norder\n";
    private static final byte[] CONTENT = SmimeWorld.bytes(PART.replace("\n", "\r\n"));
    private static final Issuer AUTHORITY = new Issuer("CN=Authority", WORLD.authorityKey);

    private static X509Certificate signer(Issuer by) {
        return by.certificate(
                1, "CN=Sender", WORLD.signerKey, "sender@example.jp", SmimeWorld.NOW.plus(Duration.ofDays(1)));
    }

    private static byte[] signed(X509Certificate signer, List<X509Certificate> others) {
        List<X509Certificate> brought = new ArrayList<>(others);
        brought.add(signer);
        return WORLD.signed(CONTENT, signer, false, 1, brought);
    }

    /** Two certificates for each of five names, and each name vouches for the one before: 63 are looked at for each signer. */
    private static byte[] manyWays() {
        KeyPair key = SmimeWorld.keys();
        List<X509Certificate> brought = new ArrayList<>();
        for (int i = 0; i < SmimeLimits.CERTIFICATES; i++) {
            Issuer next = new Issuer("CN=Layer " + (i / 2 + 1), key);
            brought.add(next.certificate(100 + i, "CN=Layer " + i / 2, key));
        }
        X509Certificate signer = signer(new Issuer("CN=Layer 0", key));
        brought.add(signer);
        return WORLD.signed(CONTENT, signer, false, SmimeLimits.SIGNERS, brought);
    }

    private static List<Signature> found(byte[] signature, PathRoom room) {
        try {
            CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(CONTENT), signature);
            return new Signers(WORLD.trusting().anchors(), new SystemClock(), room).of(data);
        } catch (CMSException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean trusted(byte[] signature, int most) {
        return Boolean.TRUE.equals(
                found(signature, new PathRoom(most)).getFirst().trusted());
    }

    private static List<Signature> read(String mail) {
        Opening opening = Opening.with(new BouncySmime(WORLD.trusting(), new SystemClock()));
        byte[] bytes = SmimeWorld.bytes(mail);
        Reading reading = MessageReader.read(new BytesSource(bytes), MimeLimits.DEFAULT, opening);
        return ((Reading.Readable) reading).message().signatures();
    }

    @Test
    void certificatesThatVouchForEachOtherInManyWaysEndTheSearch() {
        PathRoom room = new PathRoom(SmimeLimits.LOOKED_AT);
        assertThat(found(manyWays(), room))
                .hasSize(SmimeLimits.SIGNERS)
                .allMatch(Signature::valid)
                .allMatch(one -> Boolean.FALSE.equals(one.trusted()));
        assertThatThrownBy(() -> room.check(WORLD.signer, List.of()))
                .as("it was the limit that ended it")
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void oneCertificateMoreThanMayBeLookedAtIsNotTrusted() {
        KeyPair first = SmimeWorld.keys();
        KeyPair second = SmimeWorld.keys();
        byte[] signature = signed(
                signer(new Issuer("CN=Second", second)),
                List.of(
                        AUTHORITY.certificate(2, "CN=First", first),
                        new Issuer("CN=First", first).certificate(3, "CN=Second", second)));
        int needed = IntStream.rangeClosed(1, SmimeLimits.LOOKED_AT)
                .filter(most -> trusted(signature, most))
                .findFirst()
                .orElseThrow();
        assertThat(needed).as("a chain as they are").isBetween(3, 20);
        assertThat(trusted(signature, needed - 1)).isFalse();
        assertThat(trusted(signature, SmimeLimits.LOOKED_AT)).isTrue();
    }

    @Test
    void limitIsOneForAllSignaturesOfAMail() {
        String slow = WORLD.mail(PART, manyWays());
        String good = WORLD.mail(PART, signed(WORLD.signer, List.of()));
        assertThat(read(good)).extracting(Signature::trusted).containsExactly(true);
        assertThat(read(together(good, good))).extracting(Signature::trusted).containsExactly(true, true);
        assertThat(read(together(slow, good)))
                .hasSize(SmimeLimits.SIGNERS + 1)
                .extracting(Signature::trusted)
                .containsOnly(false);
    }

    private static String together(String one, String other) {
        return "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n" + one + "\r\n--o\r\n" + other
                + "\r\n--o--\r\n";
    }

    @Test
    void signersBeyondTheLimitAreNotTold() {
        for (int more = 0; more <= 1; more++) {
            byte[] signature =
                    WORLD.signed(CONTENT, WORLD.signer, false, SmimeLimits.SIGNERS + more, List.of(WORLD.signer));
            assertThat(found(signature, new PathRoom(SmimeLimits.LOOKED_AT))).hasSize(SmimeLimits.SIGNERS);
        }
    }

    @Test
    void certificatesBeyondTheLimitVouchForNobody() {
        KeyPair key = SmimeWorld.keys();
        Issuer between = new Issuer("CN=Between", key);
        X509Certificate signer = signer(between);
        for (int more = 0; more <= 1; more++) {
            List<X509Certificate> brought = new ArrayList<>();
            for (int i = 0; i < SmimeLimits.CERTIFICATES - 1 + more; i++) {
                brought.add(AUTHORITY.certificate(100 + i, "CN=Somebody " + i, key));
            }
            brought.add(AUTHORITY.certificate(2, "CN=Between", key));
            brought.add(signer);
            assertThat(trusted(WORLD.signed(CONTENT, signer, false, 1, brought), SmimeLimits.LOOKED_AT))
                    .isEqualTo(more == 0);
        }
    }
}

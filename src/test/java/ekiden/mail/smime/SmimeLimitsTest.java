package ekiden.mail.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ekiden.base.SystemClock;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Signature;
import ekiden.mail.mime.Smime;
import ekiden.mail.smime.SmimeWorld.Issuer;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
        return trusted(signature, new PathRoom(most));
    }

    private static boolean trusted(byte[] signature, PathRoom room) {
        return Boolean.TRUE.equals(found(signature, room).getFirst().trusted());
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

    @Test
    void keysThatTakeLongToComputeWithEndTheChecking() throws GeneralSecurityException {
        RSAPublicKey usual = (RSAPublicKey) WORLD.signerKey.getPublic();
        PublicKey slow = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        usual.getModulus(), BigInteger.ONE.shiftLeft(2040).subtract(BigInteger.ONE)));
        X509Certificate signer = AUTHORITY.certificate(
                7, "CN=Slow", new KeyPair(slow, null), "sender@example.jp", SmimeWorld.NOW.plus(Duration.ofDays(1)));
        String one = WORLD.mail(PART, WORLD.signed(CONTENT, signer, false, SmimeLimits.SIGNERS, List.of(signer)));
        assertThat(read(together(one, one)))
                .hasSize(2 * SmimeLimits.SIGNERS)
                .noneMatch(Signature::valid)
                .filteredOn(found -> found.reason() == Signature.Reason.CHANGED)
                .as("4 * 2040 for each")
                .hasSizeLessThanOrEqualTo(SmimeLimits.KEY_WORK / 8160);
    }

    @Test
    void oneKeyMoreThanMayBeComputedWithDoesNotCount() throws CMSException {
        CMSSignedData three = new CMSSignedData(
                new CMSProcessableByteArray(CONTENT),
                WORLD.signed(CONTENT, WORLD.signer, false, 3, List.of(WORLD.signer)));
        for (int less = 0; less <= 1; less++) {
            PathRoom room = new PathRoom(SmimeLimits.LOOKED_AT, 3 * 68 - less);
            assertThat(new Signers(null, new SystemClock(), room).of(three))
                    .extracting(Signature::valid)
                    .containsExactly(true, true, less == 0);
            assertThat(trusted(signed(WORLD.signer, List.of()), new PathRoom(SmimeLimits.LOOKED_AT, 2 * 68 - less)))
                    .as("its own signature, and its certificate")
                    .isEqualTo(less == 0);
        }
    }

    @Test
    void otherKindsOfKeysCostWhatTheyTake() throws GeneralSecurityException {
        KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
        dsa.initialize(2048);
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        Map<PublicKey, Integer> costs = Map.of(
                dsa.generateKeyPair().getPublic(), 4 * 2 * 224,
                curve.generateKeyPair().getPublic(), 200,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic(), 500,
                KeyPairGenerator.getInstance("ML-DSA").generateKeyPair().getPublic(), 5000);
        costs.forEach((key, cost) -> {
            assertThat(new PathRoom(1, cost).take(key)).isTrue();
            assertThat(new PathRoom(1, cost - 1).take(key)).isFalse();
        });
    }

    @Test
    void elementsBeyondTheLimitAreNotMadeObjects() {
        byte[] few = new byte[] {0x30, (byte) 0x80, 0x04, 1, 7, 0x31, 3, 0x02, 1, 1, 0, 0, 0x55};
        assertThat(Elements.within(few, 5)).as("the mark at the end is one").isTrue();
        assertThat(Elements.within(few, 4)).isFalse();
        assertThat(Elements.within(WORLD.signed(CONTENT, WORLD.signer, true), 1000))
                .isTrue();
        assertThat(Elements.within(WORLD.encrypted(CONTENT), 1000)).isTrue();

        int length = 2 * SmimeLimits.ELEMENTS;
        byte[] many = new byte[length + 6];
        many[0] = 0x30;
        many[1] = (byte) 0x83;
        many[2] = (byte) (length >> 16);
        many[3] = (byte) (length >> 8);
        many[4] = (byte) length;
        for (int i = 5; i < many.length - 1; i += 2) {
            many[i] = 0x30;
        }
        assertThat(Elements.within(many, SmimeLimits.ELEMENTS + 1)).isTrue();
        assertThat(Elements.within(many, SmimeLimits.ELEMENTS)).isFalse();
    }

    @Test
    void elementsDeeperThanTheLimitAndLongerThanTheOnesAroundThemAreNone() {
        for (int more = 0; more <= 1; more++) {
            byte[] deep = new byte[4 * (SmimeLimits.DEPTH + more)];
            for (int i = 0; i < deep.length / 2; i += 2) {
                deep[i] = 0x30;
                deep[i + 1] = (byte) 0x80;
            }
            assertThat(Elements.within(deep, 1000)).isEqualTo(more == 0);
        }
        for (byte[] none : List.of(
                new byte[0],
                new byte[] {0x30},
                new byte[] {0x30, 3, 4, 2, 0, 0},
                new byte[] {0x30, (byte) 0x84, 127, -1, -1, -1},
                new byte[] {0x30, (byte) 0x85, 0, 0, 0, 0, 0},
                new byte[] {0x30, (byte) 0x80, 5, 0},
                new byte[] {0x1f, -1, -1},
                new byte[] {4, (byte) 0x80, 0, 0})) {
            assertThat(Elements.within(none, 1000)).isFalse();
        }
    }

    @Test
    void wrappingOfManyElementsStaysClosed() {
        ByteArrayOutputStream wrapping = new ByteArrayOutputStream();
        wrapping.writeBytes(HexFormat.of().parseHex("308006092a864886f70d010702a0803080020101"));
        wrapping.writeBytes(HexFormat.of().parseHex("3100308006092a864886f70d010701a0802480"));
        for (int i = 0; i < SmimeLimits.ELEMENTS; i++) {
            wrapping.writeBytes(new byte[] {4, 1, 'x'});
        }
        wrapping.writeBytes(HexFormat.of().parseHex("0000000000003100000000000000"));
        BouncySmime smime = new BouncySmime(SmimeKeys.NONE, new SystemClock());
        assertThat(smime.open(wrapping.toByteArray())).isInstanceOf(Smime.Opened.Unknown.class);
    }

    @Test
    void certificateThatIsLongerThanAnyIsNotLookedAt() {
        for (int more : new int[] {0, SmimeLimits.CERTIFICATE_BYTES}) {
            X509Certificate signer = AUTHORITY.certificate(
                    7,
                    "CN=Sender",
                    WORLD.signerKey,
                    "sender@example.jp".repeat(1 + more / 17),
                    SmimeWorld.NOW.plus(Duration.ofDays(1)));
            assertThat(found(signed(signer, List.of()), new PathRoom(SmimeLimits.LOOKED_AT)))
                    .extracting(Signature::valid)
                    .containsExactly(more == 0);
        }
    }

    @Test
    void certificateOfASignerBehindTheLimitIsNotFound() {
        for (int more = 0; more <= 1; more++) {
            List<X509Certificate> brought =
                    new ArrayList<>(Collections.nCopies(SmimeLimits.SEARCHED - 1 + more, WORLD.authority));
            brought.add(WORLD.signer);
            assertThat(found(
                            WORLD.signed(CONTENT, WORLD.signer, false, 1, brought),
                            new PathRoom(SmimeLimits.LOOKED_AT)))
                    .extracting(Signature::reason)
                    .containsExactly(more == 0 ? null : Signature.Reason.NO_CERTIFICATE);
        }
    }

    @Test
    void nameOfAnAuthorityIsComparedByItsMeaningUpToALimit() {
        for (int more = 0; more <= 1; more++) {
            String name = "CN=Authority" + ",OU=a".repeat(SmimeLimits.NAME_PARTS - 1 + more);
            X509Certificate named = signer(new Issuer(name, WORLD.authorityKey));
            X509Certificate brought = signer(new Issuer(name.replace("OU=a", "OU=A"), WORLD.authorityKey));
            byte[] signature = WORLD.signed(CONTENT, named, false, 1, List.of(brought));
            assertThat(found(signature, new PathRoom(SmimeLimits.LOOKED_AT)))
                    .extracting(Signature::valid)
                    .containsExactly(more == 0);
        }
    }

    /** Each would be compared with each, and all parts of its name with all parts of the other. */
    @Test
    void signersWithLongNamesDoNotKeepTheReader() {
        List<X509Certificate> named = new ArrayList<>();
        for (int i = 0; i < SmimeLimits.SIGNERS; i++) {
            List<String> parts = new ArrayList<>();
            IntStream.range(0, 1500).forEach(part -> parts.add("CN=x" + part));
            Collections.rotate(parts, 150 * i);
            named.add(signer(new Issuer(String.join(",", parts), WORLD.authorityKey)));
        }
        byte[] signature = WORLD.signed(CONTENT, named, List.of(WORLD.authority));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(found(signature, new PathRoom(SmimeLimits.LOOKED_AT)))
                        .hasSize(SmimeLimits.SIGNERS)
                        .extracting(Signature::reason)
                        .containsOnly(Signature.Reason.NO_CERTIFICATE));
    }
}

package ekiden.mail.smime;

import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the certificates that are looked at in searches for somebody who vouches for a signer, and what it costs to compute with the keys of signers and of
 * those certificates, which the sender has chosen; beyond a limit no further one is good, and the search ends. The search asks before it computes with the key of
 * a certificate. Safe from any thread.
 */
final class PathRoom extends PKIXCertPathChecker {
    /** Shared with the copies that the search makes of this for each branch. */
    private final AtomicInteger left;

    private final AtomicLong work;

    PathRoom(int most) {
        this(most, SmimeLimits.KEY_WORK);
    }

    /**
     * @param most certificates that may be looked at
     * @param work what the keys may cost, as {@link SmimeLimits#KEY_WORK}
     */
    PathRoom(int most, long work) {
        this.left = new AtomicInteger(most);
        this.work = new AtomicLong(work);
    }

    /** Takes room to verify one signature with a key; {@return whether there was enough} */
    boolean take(PublicKey key) {
        long cost = cost(key);
        return work.getAndUpdate(room -> room < cost ? room : room - cost) >= cost;
    }

    /** What it costs grows with the square of the length of numbers, and with the length of exponents. */
    private static long cost(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                square(rsa.getModulus().bitLength(), 1024)
                        * rsa.getPublicExponent().bitLength();
            case DSAPublicKey dsa ->
                dsa.getParams() == null
                        ? Long.MAX_VALUE
                        : square(dsa.getParams().getP().bitLength(), 1024)
                                * 2
                                * dsa.getParams().getQ().bitLength();
            case ECPublicKey ec ->
                50 * square(ec.getParams().getCurve().getField().getFieldSize(), 128);
            case EdECPublicKey ed -> 500;
            default -> 5000;
        };
    }

    private static long square(int bits, int unit) {
        long units = (bits - 1L) / unit + 1;
        return units * units;
    }

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) throws CertPathValidatorException {
        if (left.getAndUpdate(one -> Math.max(0, one - 1)) == 0) {
            throw new CertPathValidatorException("too many certificates were looked at");
        }
        if (!take(certificate.getPublicKey())) {
            throw new CertPathValidatorException("the keys of the certificates cost too much");
        }
    }
}

package ekiden.mail.smime;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the certificates that are looked at in searches for somebody who vouches for a signer; beyond the limit no further one is good, and the
 * search ends. The search asks before it verifies the signature of a certificate. Safe from any thread.
 */
final class PathRoom extends PKIXCertPathChecker {
    /** Shared with the copies that the search makes of this for each branch. */
    private final AtomicInteger left;

    PathRoom(int most) {
        this.left = new AtomicInteger(most);
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
    }
}

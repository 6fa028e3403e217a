package ekiden.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/** Signs mails with a key of its own, by an independent signer (Apache jDKIM). */
public final class DkimSigning {
    private final KeyPair pair;

    /** Makes a key. */
    public DkimSigning() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@return the TXT record of the key} */
    public String record() {
        return "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /**
     * @param mail with CRLF
     * @param domain who signs
     * @param selector which of its keys
     * @return the mail with its signature on top
     */
    public String signed(String mail, String domain, String selector) {
        String template = "v=1; a=rsa-sha256; q=dns/txt; c=relaxed/relaxed; d=" + domain + "; s=" + selector
                + "; h=from:to:subject:date; bh=; b=;";
        try {
            return new DKIMSigner(template, pair.getPrivate())
                            .sign(new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)))
                    + "\r\n" + mail;
        } catch (IOException | FailException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

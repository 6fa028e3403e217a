package ekiden.mail.smime;

import ekiden.base.Clock;
import ekiden.mail.mime.Signature;
import ekiden.mail.mime.Smime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** S/MIME by Bouncy Castle. Made anew for each call. */
final class Cms implements Smime {
    /** Knows ciphers of old and new mails that the JDK has under no such name; it is not registered, so nothing else meets it. */
    static final Provider CIPHERS = new BouncyCastleProvider();

    private final SmimeKeys keys;
    private final Clock clock;
    private final PathRoom room;

    Cms(SmimeKeys keys, Clock clock, PathRoom room) {
        this.keys = keys;
        this.clock = clock;
        this.room = room;
    }

    @Override
    public Opened open(byte[] wrapped) {
        if (!Elements.within(wrapped, SmimeLimits.ELEMENTS)) {
            return new Opened.Unknown();
        }
        try {
            ContentInfo info = ContentInfo.getInstance(wrapped);
            ASN1ObjectIdentifier type = info.getContentType();
            if (type.equals(CMSObjectIdentifiers.signedData)) {
                return signed(new CMSSignedData(info));
            }
            if (type.equals(CMSObjectIdentifiers.envelopedData)) {
                return decrypted(new CMSEnvelopedData(info).getRecipientInfos(), false);
            }
            return type.equals(CMSObjectIdentifiers.authEnvelopedData)
                    ? decrypted(new CMSAuthEnvelopedData(info).getRecipientInfos(), true)
                    : new Opened.Unknown();
        } catch (CMSException | GeneralSecurityException | RuntimeException unreadable) {
            // The library throws what it likes for damaged input; nothing of that is ours to tell apart.
            return new Opened.Unknown();
        }
    }

    private Opened signed(CMSSignedData data) throws CMSException {
        CMSTypedData content = data.getSignedContent();
        if (content == null || !(content.getContent() instanceof byte[] bytes)) {
            return new Opened.Unknown();
        }
        return new Opened.Inside(bytes, new Signers(keys.anchors(), clock, room).of(data));
    }

    @SuppressWarnings("unchecked") // The library's selector has no type.
    private Opened decrypted(RecipientInformationStore recipients, boolean authenticated)
            throws CMSException, GeneralSecurityException {
        for (SmimeKeys.Key key : keys.keys()) {
            for (RecipientInformation one : recipients.getRecipients()) {
                if (one instanceof KeyTransRecipientInformation
                        && one.getRID().match(new JcaX509CertificateHolder(key.certificate()))) {
                    JceKeyTransRecipient recipient = authenticated
                            ? new JceKeyTransAuthEnvelopedRecipient(key.key())
                            : new JceKeyTransEnvelopedRecipient(key.key());
                    return new Opened.Inside(one.getContent(recipient.setContentProvider(CIPHERS)), List.of());
                }
            }
        }
        return new Opened.Locked();
    }

    @Override
    public List<Signature> check(Content content, byte[] signature) throws IOException {
        if (!Elements.within(signature, SmimeLimits.ELEMENTS)) {
            return List.of(Signature.NOT_READABLE);
        }
        List<Signature> exact = check(new Bytes(content, false), signature);
        boolean changed = exact.stream().anyMatch(one -> one.reason() == Signature.Reason.CHANGED);
        return changed ? check(new Bytes(content, true), signature) : exact;
    }

    private List<Signature> check(Bytes bytes, byte[] signature) throws IOException {
        try {
            List<Signature> signatures =
                    new Signers(keys.anchors(), clock, room).of(new CMSSignedData(bytes, signature));
            return signatures.isEmpty() ? List.of(Signature.NOT_READABLE) : signatures;
        } catch (CMSException | RuntimeException unreadable) {
            bytes.rethrow();
            return List.of(Signature.NOT_READABLE);
        }
    }

    /** What was signed, as the library reads it. */
    private static final class Bytes implements CMSProcessable {
        private final Content content;
        private final boolean canonical;
        private @Nullable IOException failed;

        Bytes(Content content, boolean canonical) {
            this.content = content;
            this.canonical = canonical;
        }

        @Override
        public void write(OutputStream out) throws IOException, CMSException {
            try (InputStream in = content.open()) {
                if (canonical) {
                    LineBreaks.copy(in, out);
                } else {
                    in.transferTo(out);
                }
            } catch (IOException unread) {
                failed = unread;
                throw unread;
            }
        }

        @Override
        public Object getContent() {
            return new ByteArrayInputStream(new byte[0]);
        }

        /** The mail could not be read: that says nothing about its signature. */
        void rethrow() throws IOException {
            if (failed != null) {
                throw failed;
            }
        }
    }
}

package ekiden.mail.smime;

import ekiden.base.Clock;
import ekiden.mail.mime.Signature;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.CMSVerifierCertificateNotValidException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Selector;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;

/** The signers of a piece of S/MIME: who they are, whether it is theirs, whether they are trusted. */
final class Signers {
    /** MD2, MD4, MD5. */
    private static final Set<String> WEAK = Set.of("1.2.840.113549.2.2", "1.2.840.113549.2.4", "1.2.840.113549.2.5");

    private static final Set<String> FOR_MAIL = Set.of("1.3.6.1.5.5.7.3.4", "2.5.29.37.0");

    private final @Nullable Set<TrustAnchor> anchors;
    private final Clock clock;
    private final PathRoom room;

    Signers(@Nullable Set<TrustAnchor> anchors, Clock clock, PathRoom room) {
        this.anchors = anchors;
        this.clock = clock;
        this.room = room;
    }

    List<Signature> of(CMSSignedData data) {
        List<Signature> signatures = new ArrayList<>();
        Store<X509CertificateHolder> certificates = data.getCertificates();
        for (SignerInformation signer : data.getSignerInfos().getSigners()) {
            if (signatures.size() < SmimeLimits.SIGNERS) {
                signatures.add(one(signer, certificates));
            }
        }
        return signatures;
    }

    @SuppressWarnings("unchecked") // The library's selector has no type.
    private Signature one(SignerInformation signer, Store<X509CertificateHolder> certificates) {
        Selector<X509CertificateHolder> id = signer.getSID();
        for (X509CertificateHolder found : certificates.getMatches(id)) {
            try {
                X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(found);
                Signature.Reason reason = reason(signer, certificate);
                Boolean trusted = anchors == null ? null : Boolean.valueOf(trusted(certificate, certificates, anchors));
                String subject = found.getSubject().toString();
                return new Signature(addresses(found), subject, reason == null, reason, false, trusted);
            } catch (GeneralSecurityException | RuntimeException unreadable) {
                return Signature.NOT_READABLE;
            }
        }
        return new Signature(List.of(), null, false, Signature.Reason.NO_CERTIFICATE, false, null);
    }

    private static Signature.@Nullable Reason reason(SignerInformation signer, X509Certificate certificate)
            throws GeneralSecurityException {
        if (WEAK.contains(signer.getDigestAlgOID())) {
            return Signature.Reason.WEAK;
        }
        if (!forMail(certificate)) {
            return Signature.Reason.NOT_FOR_THIS;
        }
        try {
            boolean good = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
            return good ? null : Signature.Reason.CHANGED;
        } catch (CMSSignerDigestMismatchException other) {
            return Signature.Reason.CHANGED;
        } catch (CMSVerifierCertificateNotValidException outOfDate) {
            return Signature.Reason.NOT_FOR_THIS;
        } catch (CMSException | OperatorCreationException unknown) {
            return Signature.Reason.NOT_READABLE;
        }
    }

    /** RFC 8550 §4.4: a certificate that says what it is for says mail and signing. */
    private static boolean forMail(X509Certificate certificate) throws GeneralSecurityException {
        List<String> purposes = certificate.getExtendedKeyUsage();
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = usage == null || usage[0] || usage[1];
        return signs && (purposes == null || purposes.stream().anyMatch(FOR_MAIL::contains));
    }

    private boolean trusted(
            X509Certificate certificate, Store<X509CertificateHolder> certificates, Set<TrustAnchor> anchors) {
        try {
            List<X509Certificate> others = new ArrayList<>();
            for (X509CertificateHolder holder : certificates.getMatches(null)) {
                if (others.size() < SmimeLimits.CERTIFICATES) {
                    others.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
            X509CertSelector signer = new X509CertSelector();
            signer.setCertificate(certificate);
            PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, signer);
            path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            path.addCertPathChecker(room);
            path.setRevocationEnabled(false);
            path.setDate(Date.from(clock.now()));
            CertPathBuilder.getInstance("PKIX").build(path);
            return true;
        } catch (GeneralSecurityException nobodyVouches) {
            return false;
        }
    }

    private static List<String> addresses(X509CertificateHolder certificate) {
        Set<String> addresses = new TreeSet<>();
        for (RDN rdn : certificate.getSubject().getRDNs(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)) {
            for (AttributeTypeAndValue one : rdn.getTypesAndValues()) {
                if (one.getType().equals(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)) {
                    addresses.add(lower(IETFUtils.valueToString(one.getValue())));
                }
            }
        }
        Extension names = certificate.getExtension(Extension.subjectAlternativeName);
        if (names != null) {
            for (GeneralName name :
                    GeneralNames.getInstance(names.getParsedValue()).getNames()) {
                ASN1Encodable value = name.getName();
                if (name.getTagNo() == GeneralName.rfc822Name) {
                    addresses.add(lower(value.toString()));
                }
            }
        }
        return List.copyOf(addresses);
    }

    /** Letters of ASCII only: other characters that Unicode takes for one of them would let one address pass for another. */
    private static String lower(String address) {
        StringBuilder lower = new StringBuilder(address.strip());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }
}

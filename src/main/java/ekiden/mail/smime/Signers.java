package ekiden.mail.smime;

import ekiden.base.Clock;
import ekiden.mail.mime.Signature;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.CMSVerifierCertificateNotValidException;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
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

    /** Each signer by itself: the library compares the names of all that it is handed with each other, and names can be long. */
    List<Signature> of(CMSSignedData data) throws CMSException {
        SignedData all = SignedData.getInstance(data.toASN1Structure().getContent());
        List<X509CertificateHolder> brought = data.getCertificates().getMatches(null).stream()
                .limit(SmimeLimits.SEARCHED)
                .toList();
        List<Signature> signatures = new ArrayList<>();
        for (ASN1Encodable info : all.getSignerInfos()) {
            if (signatures.size() < SmimeLimits.SIGNERS) {
                signatures.add(one(alone(data, all, info), brought));
            }
        }
        return signatures;
    }

    private static SignerInformation alone(CMSSignedData data, SignedData all, ASN1Encodable signer)
            throws CMSException {
        SignedData one =
                new SignedData(all.getDigestAlgorithms(), all.getEncapContentInfo(), null, null, new DERSet(signer));
        ContentInfo wrapped = new ContentInfo(CMSObjectIdentifiers.signedData, one);
        return new CMSSignedData(data.getSignedContent(), wrapped)
                .getSignerInfos()
                .getSigners()
                .iterator()
                .next();
    }

    private Signature one(SignerInformation signer, List<X509CertificateHolder> brought) {
        X509CertificateHolder found = ofSigner(signer.getSID(), brought);
        if (found == null) {
            return new Signature(List.of(), null, false, Signature.Reason.NO_CERTIFICATE, false, null);
        }
        try {
            X509Certificate certificate = certificate(found);
            Signature.Reason reason = reason(signer, certificate);
            Boolean trusted = anchors == null ? null : Boolean.valueOf(trusted(certificate, brought, anchors));
            String subject = found.getSubject().toString();
            return new Signature(addresses(found), subject, reason == null, reason, false, trusted);
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            return Signature.NOT_READABLE;
        }
    }

    /** Names are compared as they stand, which costs little, and of one certificate as they are meant. */
    private static @Nullable X509CertificateHolder ofSigner(SignerId id, List<X509CertificateHolder> brought) {
        X509CertificateHolder first = null;
        for (X509CertificateHolder one : brought) {
            if (id.getIssuer() == null) {
                if (id.match(one)) {
                    return one;
                }
            } else if (one.getSerialNumber().equals(id.getSerialNumber())) {
                if (sameBytes(one.getIssuer(), id.getIssuer())) {
                    return one;
                }
                first = first == null ? one : first;
            }
        }
        boolean meant = first != null
                && Math.max(first.getIssuer().size(), id.getIssuer().size()) <= SmimeLimits.NAME_PARTS
                && id.match(first);
        return meant ? first : null;
    }

    private static boolean sameBytes(X500Name one, X500Name other) {
        try {
            return one.size() == other.size() && Arrays.equals(one.getEncoded(), other.getEncoded());
        } catch (IOException unwritable) {
            return false;
        }
    }

    private static X509Certificate certificate(X509CertificateHolder found) throws CertificateException {
        try {
            if (found.getEncoded().length > SmimeLimits.CERTIFICATE_BYTES) {
                throw new CertificateException("it is too long");
            }
        } catch (IOException unwritable) {
            throw new CertificateException(unwritable);
        }
        return new JcaX509CertificateConverter().getCertificate(found);
    }

    private Signature.@Nullable Reason reason(SignerInformation signer, X509Certificate certificate)
            throws GeneralSecurityException {
        if (WEAK.contains(signer.getDigestAlgOID())) {
            return Signature.Reason.WEAK;
        }
        if (!forMail(certificate)) {
            return Signature.Reason.NOT_FOR_THIS;
        }
        if (!room.take(certificate.getPublicKey())) {
            return Signature.Reason.NOT_READABLE;
        }
        try {
            JcaSimpleSignerInfoVerifierBuilder verifier = new JcaSimpleSignerInfoVerifierBuilder();
            if (PKCSObjectIdentifiers.id_RSASSA_PSS.getId().equals(signer.getEncryptionAlgOID())) {
                // the JDK has it under a name that the library does not ask for
                verifier.setProvider(Cms.CIPHERS);
            }
            boolean good = signer.verify(verifier.build(certificate));
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
            X509Certificate certificate, List<X509CertificateHolder> brought, Set<TrustAnchor> anchors) {
        try {
            List<X509Certificate> others = new ArrayList<>();
            for (X509CertificateHolder holder : brought) {
                if (others.size() < SmimeLimits.CERTIFICATES) {
                    others.add(certificate(holder));
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
                if (one.getType().equals(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)
                        && one.getValue() instanceof ASN1String address) {
                    addresses.add(lower(address.getString()));
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

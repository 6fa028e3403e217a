package ekiden.mail.smime;

import ekiden.base.SystemClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** An authority, a signer and a recipient, made for one test, and what they send. */
final class SmimeWorld {
    static final Instant NOW = new SystemClock().now();

    final KeyPair authorityKey = keys();
    final X509Certificate authority =
            certificate("CN=Authority", authorityKey, authorityKey, null, NOW.plus(Duration.ofDays(1)));
    final KeyPair signerKey = keys();
    final X509Certificate signer =
            certificate("CN=Sender", signerKey, authorityKey, "Sender@Example.JP", NOW.plus(Duration.ofDays(1)));

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static X509Certificate certificate(
            String subject, KeyPair of, KeyPair by, @Nullable String address, Instant until) {
        return new Issuer("CN=Authority", by).certificate(subject.hashCode() & 0xffff, subject, of, address, until);
    }

    /** Who vouches. */
    record Issuer(String name, KeyPair key) {
        X509Certificate certificate(int serial, String subject, KeyPair of) {
            return certificate(serial, subject, of, null, NOW.plus(Duration.ofDays(1)));
        }

        X509Certificate certificate(int serial, String subject, KeyPair of, @Nullable String address, Instant until) {
            try {
                JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        new X500Name(name),
                        BigInteger.valueOf(serial),
                        Date.from(NOW.minus(Duration.ofDays(10))),
                        Date.from(until),
                        new X500Name(subject),
                        of.getPublic());
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address == null));
                if (address != null) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate())));
            } catch (IOException | GeneralSecurityException | OperatorException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    SmimeKeys trusting() {
        return new SmimeKeys(List.of(), Set.of(new TrustAnchor(authority, null)));
    }

    SmimeKeys opening() {
        return new SmimeKeys(List.of(new SmimeKeys.Key(signer, signerKey.getPrivate())), null);
    }

    /** {@return a signature, with the content in it or without} */
    byte[] signed(byte[] content, X509Certificate certificate, boolean inside) {
        return signed(content, certificate, inside, 1, List.of(certificate));
    }

    /** {@return a signature of so many equal signers, with the certificates that it brings along} */
    byte[] signed(
            byte[] content, X509Certificate certificate, boolean inside, int signers, List<X509Certificate> brought) {
        return signed(content, Collections.nCopies(signers, certificate), inside, brought, "SHA256withRSA");
    }

    /** {@return a signature apart from its content, of a signer for each certificate} */
    byte[] signed(byte[] content, List<X509Certificate> signers, List<X509Certificate> brought) {
        return signed(content, signers, false, brought, "SHA256withRSA");
    }

    /** {@return a signature apart from its content, of the signer, by RSASSA-PSS (RFC 4056)} */
    byte[] signedByPss(byte[] content) {
        return signed(content, List.of(signer), false, List.of(signer), "SHA256withRSAandMGF1");
    }

    private byte[] signed(
            byte[] content,
            List<X509Certificate> signers,
            boolean inside,
            List<X509Certificate> brought,
            String algorithm) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            for (X509Certificate certificate : signers) {
                generator.addSignerInfoGenerator(
                        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                                .build(
                                        new JcaContentSignerBuilder(algorithm)
                                                .setProvider(new BouncyCastleProvider())
                                                .build(signerKey.getPrivate()),
                                        certificate));
            }
            generator.addCertificates(new JcaCertStore(brought));
            return generator
                    .generate(new CMSProcessableByteArray(content), inside)
                    .getEncoded();
        } catch (IOException | GeneralSecurityException | CMSException | OperatorException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] encrypted(byte[] content) {
        try {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(signer));
            return generator
                    .generate(
                            new CMSProcessableByteArray(content),
                            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build())
                    .getEncoded();
        } catch (IOException | GeneralSecurityException | CMSException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return a mail of CRLF with a part and its signature} */
    String mail(String part, byte[] signature) {
        return ("From: sender@example.jp\n"
                        + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n--s\n"
                        + part
                        + "\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n"
                        + "Content-Transfer-Encoding: base64\n\n"
                        + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(signature)
                        + "\n--s--\n")
                .replace("\n", "\r\n");
    }

    /** {@return a mail that is one wrapping} */
    static String wrapped(byte[] wrapping) {
        return "From: sender@example.jp\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(wrapping)
                + "\r\n";
    }
}

package ekiden.mail.dkim;

import ekiden.mail.dkim.DkimResult.Outcome;
import ekiden.mail.dkim.KeyRecord.Judged;
import ekiden.mail.dkim.TxtRecords.Answer;
import ekiden.mail.mime.HeaderShape;
import ekiden.mail.mime.RawSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells which domains have signed a mail. May be used by many threads at once. */
public final class DkimVerifier {
    private static final int PIECE = 1 << 16;

    /** Fields that may stand once: a second one would be shown by readers, and the first was signed (RFC 6376 §8.15). */
    private static final List<String> ONCE = List.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "content-type",
            "content-transfer-encoding",
            "mime-version");

    private final TxtRecords records;
    private final DkimLimits limits;

    public DkimVerifier(TxtRecords records, DkimLimits limits) {
        this.records = records;
        this.limits = limits;
    }

    /**
     * Looks at the signatures of a mail.
     *
     * @param raw its bytes
     * @param arrived when the server took it: a signature may have expired since
     * @return one result for each signature that was looked at, from the top; empty for a mail without any
     * @throws IOException when the bytes cannot be read
     */
    public List<DkimResult> verify(RawSource raw, Instant arrived) throws IOException {
        return verify(raw, arrived, domain -> true);
    }

    /**
     * Looks at the signatures of some domains.
     *
     * @param raw the bytes of a mail
     * @param arrived when the server took it: a signature may have expired since
     * @param wanted whether a domain, in lower case, is of interest: for others nobody is asked
     * @return one result for each signature of such a domain, from the top, of the first {@link DkimLimits#signatures} signatures of all
     * @throws IOException when the bytes cannot be read
     */
    public List<DkimResult> verify(RawSource raw, Instant arrived, Predicate<String> wanted) throws IOException {
        byte[] start = new byte[(int) Math.min(raw.size(), limits.headerBytes() + 4L)];
        int read = fill(raw, start);
        int end = headerEnd(start, read);
        if (end < 0 && raw.size() > read) {
            return List.of(new DkimResult(
                    "", "", new Outcome.Failed("the header is longer than " + limits.headerBytes() + " bytes")));
        }
        HeaderFields header = HeaderFields.of(start, end < 0 ? read : end);
        boolean oneReading = HeaderShape.hasOneReading(start, end < 0 ? read : end);
        List<Checking> checks = new ArrayList<>();
        for (String field : header.named("dkim-signature").stream()
                .limit(limits.signatures())
                .toList()) {
            SignatureField signature = SignatureField.of(field);
            if (signature == null || wanted.test(signature.domain())) {
                checks.add(oneReading ? begin(signature, header, arrived) : ambiguous(signature));
            }
        }
        if (checks.stream().anyMatch(check -> check.body != null)) {
            hash(raw, end < 0 ? read : bodyStart(start, end), checks);
        }
        return checks.stream().map(Checking::result).toList();
    }

    /** One signature in work: its outcome is known already, or the body decides. */
    private static final class Checking {
        private final String domain;
        private final String selector;
        private final Outcome outcome;
        private final @Nullable BodyDigest body;
        private final byte[] wanted;
        private final long length;

        /** Its outcome is known. */
        Checking(String domain, String selector, Outcome outcome) {
            this.domain = domain;
            this.selector = selector;
            this.outcome = outcome;
            this.body = null;
            this.wanted = new byte[0];
            this.length = -1;
        }

        /** Its header is as it was signed; the body decides. */
        Checking(SignatureField signature, byte[] wanted) {
            this.domain = signature.domain();
            this.selector = signature.selector();
            this.outcome = new Outcome.Passed();
            this.body = new BodyDigest(signature.bodyWay(), sha256());
            this.wanted = wanted;
            this.length = length(signature.bodyLength());
        }

        DkimResult result() {
            return new DkimResult(domain, selector, body == null ? outcome : ofBody(body));
        }

        private Outcome ofBody(BodyDigest hashed) {
            boolean same = MessageDigest.isEqual(hashed.finish(), wanted) || emptyAsALine(hashed);
            if (length >= 0 && length != hashed.length()) {
                return new Outcome.Failed("it covers a part of the body only");
            }
            return same ? outcome : new Outcome.Failed("the body was changed");
        }

        /** An empty body has no bytes in relaxed form (RFC 6376 §3.4.4), but some signers (jDKIM) take the one line of the simple form. */
        private boolean emptyAsALine(BodyDigest hashed) {
            return hashed.length() == 0 && MessageDigest.isEqual(sha256().digest(new byte[] {'\r', '\n'}), wanted);
        }
    }

    private static Checking ambiguous(@Nullable SignatureField signature) {
        Outcome why = new Outcome.Failed("the header can be read in more than one way");
        return signature == null
                ? new Checking("", "", why)
                : new Checking(signature.domain(), signature.selector(), why);
    }

    private Checking begin(@Nullable SignatureField signature, HeaderFields header, Instant arrived) {
        if (signature == null) {
            return new Checking("", "", new Outcome.Failed("the signature cannot be read"));
        }
        Outcome objection = signature.objection(arrived);
        if (objection == null) {
            objection = twice(header);
        }
        if (objection == null
                && !header.named("subject").isEmpty()
                && !signature.signedNames().contains("subject")) {
            objection = new Outcome.Failed("it does not cover the subject");
        }
        byte[] wanted = signature.bytes("bh");
        if (objection == null) {
            objection = ofHeader(signature, header);
        }
        return wanted == null || !(objection instanceof Outcome.Passed)
                ? new Checking(signature.domain(), signature.selector(), objection)
                : new Checking(signature, wanted);
    }

    /** {@return the number, -1 where there is none, and a length no body has where it is not a number} */
    private static long length(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        boolean number = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static @Nullable Outcome twice(HeaderFields header) {
        for (String name : ONCE) {
            if (header.named(name).size() > 1) {
                return new Outcome.Failed("the field " + name + " stands more than once");
            }
        }
        return null;
    }

    private Outcome ofHeader(SignatureField signature, HeaderFields header) {
        return switch (records.of(signature.keyName())) {
            case Answer.Unavailable no -> new Outcome.Later(no.why());
            case Answer.Absent absent -> new Outcome.Failed("its domain has no such key");
            case Answer.Found found -> withKeys(found.texts(), signature, header);
        };
    }

    /** There should be one record; of several the first that serves decides (RFC 6376 §3.6.2.2). */
    private Outcome withKeys(List<String> texts, SignatureField signature, HeaderFields header) {
        String why = "its domain has no such key";
        for (String text : texts) {
            switch (KeyRecord.judge(text, signature, limits.keyBits())) {
                case Judged.Usable usable -> {
                    return signed(signature, header, usable.key());
                }
                case Judged.Unusable not -> why = not.why();
            }
        }
        return new Outcome.Failed(why);
    }

    private static Outcome signed(SignatureField signature, HeaderFields header, PublicKey key) {
        byte[] text = header.signed(signature.signedNames(), signature.field(), signature.headerWay());
        byte[] value = signature.bytes("b");
        try {
            boolean rsa = signature.keyKind().equals("rsa");
            Signature check = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
            check.initVerify(key);
            check.update(rsa ? text : sha256().digest(text));
            return value != null && check.verify(value)
                    ? new Outcome.Passed()
                    : new Outcome.Failed("the header was changed, or signed with another key");
        } catch (GeneralSecurityException broken) {
            return new Outcome.Failed("its signature has another form than its key");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void hash(RawSource raw, long from, List<Checking> checks) throws IOException {
        byte[] piece = new byte[PIECE];
        long at = from;
        int got = raw.readAt(at, ByteBuffer.wrap(piece));
        while (got > 0) {
            for (Checking check : checks) {
                if (check.body != null) {
                    check.body.update(piece, 0, got);
                }
            }
            at += got;
            got = raw.readAt(at, ByteBuffer.wrap(piece));
        }
    }

    private static int fill(RawSource raw, byte[] into) throws IOException {
        int filled = 0;
        int got = 0;
        while (got >= 0 && filled < into.length) {
            got = raw.readAt(filled, ByteBuffer.wrap(into, filled, into.length - filled));
            filled += Math.max(got, 0);
        }
        return filled;
    }

    /** {@return where the empty line begins, or -1} */
    private static int headerEnd(byte[] bytes, int size) {
        for (int at = 0; at < size; at++) {
            boolean lineStart = at == 0 || bytes[at - 1] == '\n';
            if (lineStart && (bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < size && bytes[at + 1] == '\n'))) {
                return at;
            }
        }
        return -1;
    }

    private static int bodyStart(byte[] bytes, int end) {
        return bytes[end] == '\n' ? end + 1 : end + 2;
    }
}

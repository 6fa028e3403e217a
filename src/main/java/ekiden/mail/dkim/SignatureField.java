package ekiden.mail.dkim;

import ekiden.base.Ascii;
import ekiden.mail.dkim.DkimResult.Outcome;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code DKIM-Signature} field, taken apart (RFC 6376 §3.5).
 *
 * @param field as it stands in the mail
 * @param tags what it says
 */
record SignatureField(String field, TagList tags) {
    private static final Set<String> ALGORITHMS = Set.of("rsa-sha256", "ed25519-sha256");
    private static final List<String> NEEDED = List.of("a", "b", "bh", "d", "h", "s");
    /** More names in {@code h=} serve nobody. */
    private static final int MOST_NAMES = 500;

    private static final int LONGEST_NAME = 253;

    /** {@return the field, or null where it is not a list of tags} */
    static @Nullable SignatureField of(String field) {
        TagList tags = TagList.of(field.substring(field.indexOf(':') + 1));
        return tags == null ? null : new SignatureField(field, tags);
    }

    String domain() {
        return Ascii.lower(tags.get("d", ""));
    }

    String selector() {
        return Ascii.lower(tags.get("s", ""));
    }

    /** {@return the name at which its key stands} */
    String keyName() {
        return selector() + "._domainkey." + domain();
    }

    /** {@return the kind of key, as a key record names it} */
    String keyKind() {
        String algorithm = algorithm();
        return algorithm.substring(0, algorithm.indexOf('-'));
    }

    private String algorithm() {
        return Ascii.lower(tags.get("a", ""));
    }

    Canonical headerWay() {
        return Canonical.of(ways()[0]);
    }

    Canonical bodyWay() {
        String[] ways = ways();
        return ways.length == 1 ? Canonical.SIMPLE : Canonical.of(ways[1]);
    }

    private String[] ways() {
        return Ascii.lower(tags.get("c", "simple")).split("/", -1);
    }

    List<String> signedNames() {
        return tags.list("h");
    }

    /** {@return how much of the body was signed; null for all of it} */
    @Nullable
    String bodyLength() {
        return tags.get("l");
    }

    /** {@return the bytes of {@code b} or {@code bh}, or null where they are not base64} */
    byte @Nullable [] bytes(String tag) {
        try {
            return Base64.getDecoder().decode(tags.dense(tag));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** {@return the part of {@code i=} behind the at sign, in lower case} */
    String identityDomain() {
        String identity = Ascii.lower(tags.get("i", "@" + domain()));
        return identity.substring(identity.lastIndexOf('@') + 1);
    }

    /** {@return why it cannot count, before its key is asked for; null where it may} */
    @Nullable
    Outcome objection(Instant arrived) {
        String why = wrongTags();
        if (why == null) {
            why = wrongScope(arrived);
        }
        return why == null ? null : new Outcome.Failed(why);
    }

    private @Nullable String wrongTags() {
        for (String name : NEEDED) {
            if (tags.get(name, "").isEmpty()) {
                return "the signature has no tag " + name;
            }
        }
        if (!tags.get("v", "").equals("1")) {
            return "the signature is of another version than 1";
        }
        if (!ALGORITHMS.contains(algorithm())) {
            return "its algorithm is none of rsa-sha256 and ed25519-sha256";
        }
        String[] ways = ways();
        if (ways.length > 2 || !Canonical.known(ways[0]) || (ways.length == 2 && !Canonical.known(ways[1]))) {
            return "its canonicalization is unknown";
        }
        if (bytes("b") == null || bytes("bh") == null) {
            return "its signature or hash is not base64";
        }
        if (keyName().length() > LONGEST_NAME || !hostLike(keyName())) {
            return "domain and selector are no name of the DNS";
        }
        return null;
    }

    private @Nullable String wrongScope(Instant arrived) {
        if (!tags.list("q").isEmpty() && !tags.list("q").contains("dns/txt")) {
            return "its key is not kept in the DNS";
        }
        if (signedNames().size() > MOST_NAMES) {
            return "it names more than " + MOST_NAMES + " fields";
        }
        if (!signedNames().contains("from")) {
            return "it does not cover the sender";
        }
        String identity = identityDomain();
        if (!identity.equals(domain()) && !identity.endsWith("." + domain())) {
            return "its identity is of another domain";
        }
        return expired(arrived) ? "it had expired when the mail arrived" : null;
    }

    /** An expiry that is no number counts as passed. */
    private boolean expired(Instant arrived) {
        String until = tags.get("x");
        if (until == null) {
            return false;
        }
        boolean number =
                !until.isEmpty() && until.length() <= 12 && until.chars().allMatch(c -> c >= '0' && c <= '9');
        return !number || arrived.getEpochSecond() > Long.parseLong(until);
    }

    private static boolean hostLike(String name) {
        return name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_')
                && !name.contains("..")
                && !name.startsWith(".")
                && !name.endsWith(".");
    }
}

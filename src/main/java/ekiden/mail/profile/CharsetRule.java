package ekiden.mail.profile;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which character set the mails of a profile are written in. A mail is written once, for all of its recipients: those whose domains are named decide; where
 * they disagree it is UTF-8; where none is named it is the usual one. Immutable; safe from any thread.
 *
 * @param usual of mails to others
 * @param forDomain by domain, in lower case and ASCII; a domain stands for what is below it too, and the longest counts
 */
public record CharsetRule(MailCharset usual, Map<String, MailCharset> forDomain) {
    /** Every mail in UTF-8. */
    public static final CharsetRule UTF_8 = always(MailCharset.UTF_8);

    /** Copies the map. */
    public CharsetRule {
        forDomain = Map.copyOf(forDomain);
    }

    /**
     * @param charset of every mail
     * @return that rule
     */
    public static CharsetRule always(MailCharset charset) {
        return new CharsetRule(charset, Map.of());
    }

    /**
     * @param recipients all of a mail, {@code local@domain}, the domain in ASCII
     * @return what it is written in
     */
    public MailCharset of(Collection<String> recipients) {
        Set<MailCharset> wanted = new HashSet<>();
        for (String recipient : recipients) {
            MailCharset one =
                    named(recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
            if (one != null) {
                wanted.add(one);
            }
        }
        if (wanted.isEmpty()) {
            return usual;
        }
        return wanted.size() == 1 ? wanted.iterator().next() : MailCharset.UTF_8;
    }

    private @Nullable MailCharset named(String domain) {
        String rest = domain;
        while (!rest.isEmpty() && !forDomain.containsKey(rest)) {
            rest = rest.substring(rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.') + 1);
        }
        return forDomain.get(rest);
    }
}

package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.mail.match.MatchResult.Field;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Look;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a mail, made alike in one way: what entries of the same kind are compared with, and worked out once for all of them.
 *
 * @param field which list
 * @param header the name of the header field in small letters, else empty
 * @param look what of it
 * @param folding how it is made alike
 */
record Facet(Field field, String header, Look look, Folding folding) {
    static Facet of(Field field, String header, Entry entry) {
        Folding folding = switch (entry.form()) {
            case TEXT -> Folding.of(entry);
            case GLOB -> new Folding(entry.anyCase(), entry.anyWidth(), false);
            // an expression tells case apart itself
            case REGEX -> new Folding(false, entry.anyWidth(), false);
        };
        return new Facet(field, header, entry.look(), folding);
    }

    /** Whether words must be all of a value. */
    boolean exact() {
        return addresses();
    }

    /** Whether it is a list of addresses. */
    boolean addresses() {
        return field == Field.FROM || field == Field.TO || field == Field.CC;
    }

    /** Addresses that are compared by themselves: their ASCII letters have no case, whatever an entry says. */
    boolean bare() {
        return PatternSpelling.bare(addresses(), look);
    }

    /** The same side for characters that an entry needs: they have no case where the entry has none. */
    Facet forNeeded(Entry entry) {
        return new Facet(field, header, look, new Folding(entry.anyCase(), entry.anyWidth(), false));
    }

    /** Words of an entry as they are compared. */
    String phrase(String text) {
        if (!bare()) {
            return folding.of(text);
        }
        // other characters that Unicode takes for letters of ASCII stay others, unless somebody asks for that
        return Matcher.key((folding.anyCase() || folding.anyWidth()) ? folding.of(text) : text);
    }

    /** Characters inside a value or a pattern as they are compared: blanks at their ends stay. */
    String part(String characters) {
        boolean asked = !bare() || folding.anyCase() || folding.anyWidth();
        String folded = asked ? folding.of(characters) : characters;
        return bare() ? Ascii.lower(folded) : folded;
    }

    /** Whether one character of a mail may be several when it is compared. */
    boolean lengthens() {
        return folding.anyCase() || folding.anyWidth();
    }

    /** Whether its values are made alike by NFC and nothing else. */
    boolean normalOnly() {
        return !bare() && folding.normalOnly();
    }

    /** The values of a mail, in its order; null where they are not known. */
    @Nullable
    List<String> values(TestedMail mail) {
        List<String> plain = plain(mail);
        if (plain == null) {
            return null;
        }
        List<String> values = new ArrayList<>(plain.size());
        for (String value : plain) {
            values.add(phrase(value));
        }
        return values;
    }

    /** As they stand in the mail. */
    @Nullable
    List<String> plain(TestedMail mail) {
        MailSummary summary = mail.summary();
        return switch (field) {
            case FROM -> looked(summary.from());
            case TO -> looked(summary.to());
            case CC -> looked(summary.cc());
            case SUBJECT -> List.of(summary.subject());
            case TEXT -> texts(mail);
            case ATTACHMENT ->
                mail.whole()
                        ? summary.attachments().stream()
                                .map(AttachmentSummary::name)
                                .toList()
                        : null;
            case HEADER -> mail.header() == null ? null : mail.header().of(header);
            case SIZE, HAS_ATTACHMENT, AUTHENTICATED, OWN, AUTOMATIC, NONE -> List.of();
        };
    }

    private List<String> looked(List<Address> addresses) {
        List<String> values = new ArrayList<>(addresses.size());
        for (Address address : addresses) {
            String value = switch (look) {
                case NAME -> address.name() == null ? "" : address.name();
                case SHOWN -> shown(address);
                case X500 -> X500.of(address.address());
                case USUAL, ATTACHMENTS, ALL -> address.address();
            };
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    static String shown(Address address) {
        return address.name() == null ? address.address() : address.name() + " <" + address.address() + ">";
    }

    private @Nullable List<String> texts(TestedMail mail) {
        List<String> texts = new ArrayList<>(2);
        if (look != Look.ATTACHMENTS) {
            if (mail.text() == null) {
                return null;
            }
            texts.add(mail.text());
        }
        if (look == Look.ATTACHMENTS || look == Look.ALL) {
            String attached = mail.attached() == null ? null : mail.attached().get();
            if (attached == null) {
                return null;
            }
            texts.add(attached);
        }
        return texts;
    }
}

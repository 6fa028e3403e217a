package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one watch, compiled, the cheap ones first.
 *
 * @param id of the watch
 * @param wanted what it was compiled of
 * @param conditions those that can be missed
 * @param none whether there is no condition at all, so that nothing matches
 */
record Compiled(String id, Conditions wanted, List<Condition> conditions, boolean none) {
    /** The earlier, the fewer mails have what such a list asks for; and the header is known before the rest. */
    private static final List<Field> RAREST =
            List.of(Field.FROM, Field.HEADER, Field.CC, Field.SUBJECT, Field.TO, Field.ATTACHMENT, Field.TEXT);

    private static final Condition NOT_OWN = new Condition.NotOwn();
    private static final Condition NOT_AUTOMATIC = new Condition.NotAutomatic();

    static Compiled of(String id, Conditions wanted, Terms terms) {
        List<Condition> all = new ArrayList<>();
        list(Field.FROM, wanted.from(), terms, all);
        list(Field.TO, wanted.to(), terms, all);
        list(Field.CC, wanted.cc(), terms, all);
        if (wanted.size() != null) {
            all.add(new Condition.OfSize(wanted.size()));
        }
        if (wanted.hasAttachment() != null) {
            all.add(new Condition.OfAttachments(wanted.hasAttachment()));
        }
        list(Field.SUBJECT, wanted.subject(), terms, all);
        list(Field.ATTACHMENT, wanted.attachment(), terms, all);
        for (HeaderCondition header : wanted.header()) {
            all.add(header(header, terms));
        }
        if (!wanted.include().contains(Include.OWN)) {
            all.add(NOT_OWN);
        }
        if (!wanted.include().contains(Include.AUTOMATIC)) {
            all.add(NOT_AUTOMATIC);
        }
        list(Field.TEXT, wanted.text(), terms, all);
        // last: the DNS is asked about a mail only where everything else is met
        if (!wanted.authenticated().isEmpty()) {
            all.add(new Condition.OfProofs(
                    wanted.authenticated().stream().map(Proof::kind).toList()));
        }
        return new Compiled(id, wanted, List.copyOf(all), wanted.none());
    }

    /** The empty text is a part of everything: such a list cannot be missed. */
    private static void list(Field field, List<Entry> entries, Terms terms, List<Condition> all) {
        boolean always = entries.stream().anyMatch(Compiled::always);
        if (!entries.isEmpty() && !always) {
            all.add(Condition.OfList.of(field, "", entries, terms));
        }
    }

    private static boolean always(Entry entry) {
        return entry.text().isEmpty() && entry.form() == Entry.Form.TEXT;
    }

    private static Condition header(HeaderCondition header, Terms terms) {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (header.entries().isEmpty() || header.entries().stream().anyMatch(Compiled::always)) {
            Facet facet = Facet.of(Field.HEADER, name, Entry.fromText(""));
            return new Condition.Present(Field.HEADER, terms.facet(facet));
        }
        return Condition.OfList.of(Field.HEADER, name, header.entries(), terms);
    }

    Verdict of(MailLook look) {
        Verdict verdict = none ? Verdict.MISSED : Verdict.MET;
        for (Condition condition : conditions) {
            Verdict one = verdict == Verdict.MISSED ? Verdict.MISSED : condition.of(look);
            verdict = one == Verdict.MET ? verdict : one;
        }
        return verdict;
    }

    /** Whether a list of words is all it asks for, but for what nobody asks for. */
    boolean only(Condition.OfList list) {
        return list.checks().isEmpty()
                && conditions.stream()
                        .allMatch(one -> one.equals(list) || one.equals(NOT_OWN) || one.equals(NOT_AUTOMATIC));
    }

    /** Whether mails of this Ekiden are kept away. */
    boolean notOwn() {
        return conditions.contains(NOT_OWN);
    }

    /** Whether automatic answers are kept away. */
    boolean notAutomatic() {
        return conditions.contains(NOT_AUTOMATIC);
    }

    /** Whether it looks at the text. */
    boolean needsText() {
        return conditions.stream().anyMatch(condition -> condition.field() == Field.TEXT);
    }

    /** The list under whose terms the watch can wait, or null where it must be asked about every mail. */
    Condition.@Nullable OfList rarest() {
        for (Field field : RAREST) {
            for (Condition condition : conditions) {
                if (condition instanceof Condition.OfList list && list.field() == field && list.indexed()) {
                    return list;
                }
            }
        }
        return null;
    }
}

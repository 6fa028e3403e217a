package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Judgement;
import ekiden.mail.match.MatchResult.Parted;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.SizeRange;
import ekiden.model.mail.MailFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tests the conditions of one watch on one mail and tells how each of them stands. For many watches see {@link WatchSet}. */
public final class Matcher {
    private Matcher() {}

    /**
     * @param conditions what is wanted
     * @param mail what the mail is
     * @return whether it matches, and how each condition stands
     */
    public static MatchResult test(Conditions conditions, TestedMail mail) {
        if (conditions.none()) {
            Judgement nothing = new Judgement(Field.NONE, null, Verdict.MISSED, "", null, null);
            return new MatchResult(Verdict.MISSED, List.of(nothing));
        }
        Terms terms = new Terms();
        Compiled compiled = Compiled.of("", conditions, terms);
        terms.close();
        MailLook look = new MailLook(terms, new MailValues(mail));
        Verdict all = compiled.of(look);
        List<Judgement> judgements = new ArrayList<>();
        for (Condition condition : compiled.conditions()) {
            if (condition instanceof Condition.OfProofs proofs) {
                boolean missed = judgements.stream().anyMatch(one -> one.verdict() == Verdict.MISSED);
                judgements.add(proofs(proofs, missed, mail));
                continue;
            }
            Verdict verdict = condition.of(look);
            boolean usual = condition.field() == Field.OWN || condition.field() == Field.AUTOMATIC;
            if (!usual || verdict == Verdict.MISSED) {
                judgements.add(judgement(condition, verdict, look));
            }
        }
        return new MatchResult(all, judgements);
    }

    /** Nothing is verified of a mail that something else keeps away: then it is not known what the answer would be. */
    private static Judgement proofs(Condition.OfProofs condition, boolean missed, TestedMail mail) {
        TestedMail known = missed && mail.prover() != null ? mail.provedBy(Prover.NOT_ASKED) : mail;
        String wanted = condition.proofs().stream().map(TestedMail::word).collect(Collectors.joining(" | "));
        return plain(condition.field(), condition.of(known), wanted, known.shown(condition.proofs()));
    }

    /**
     * Whether what is not known of a mail need not be known to say no.
     *
     * @param conditions what is wanted
     * @param mail of which something may not be known
     * @return whether it may match, whatever that is
     */
    public static boolean mayMatch(Conditions conditions, TestedMail mail) {
        return verdict(conditions, mail) != Verdict.MISSED;
    }

    /**
     * As {@link #test} for whoever need not tell why.
     *
     * @param conditions what is wanted
     * @param mail what the mail is
     * @return whether it matches
     */
    public static Verdict verdict(Conditions conditions, TestedMail mail) {
        Terms terms = new Terms();
        Compiled compiled = Compiled.of("", conditions, terms);
        terms.close();
        return compiled.of(new MailLook(terms, new MailValues(mail)));
    }

    private static Judgement judgement(Condition condition, Verdict verdict, MailLook look) {
        TestedMail mail = look.mail();
        return switch (condition) {
            case Condition.OfList list -> list(list, verdict, look);
            case Condition.Present present -> {
                Facet facet = look.facet(present.facet());
                yield new Judgement(Field.HEADER, facet.header(), verdict, "", seen(facet, mail), null);
            }
            case Condition.OfSize size ->
                plain(size.field(), verdict, range(size.range()), mail.size() < 0 ? null : String.valueOf(mail.size()));
            case Condition.OfAttachments attachments ->
                plain(
                        attachments.field(),
                        verdict,
                        String.valueOf(attachments.wanted()),
                        mail.whole()
                                ? String.valueOf(mail.summary().attachments().size())
                                : null);
            case Condition.OfProofs proofs -> proofs(proofs, false, mail);
            case Condition.NotOwn own ->
                plain(own.field(), verdict, "", mail.summary().messageId());
            case Condition.NotAutomatic automatic -> plain(automatic.field(), verdict, "", look.automatic());
        };
    }

    private static Judgement plain(Field field, Verdict verdict, String wanted, @Nullable String seen) {
        return new Judgement(field, null, verdict, cut(wanted), seen == null ? null : cut(seen), null);
    }

    private static String range(SizeRange range) {
        return range.min() + ".." + (range.max() == Long.MAX_VALUE ? "" : range.max());
    }

    private static Judgement list(Condition.OfList list, Verdict verdict, MailLook look) {
        Parted nearest = null;
        for (Entry entry : verdict == Verdict.MISSED ? list.entries() : List.<Entry>of()) {
            Parted parted = parted(Facet.of(list.field(), list.header(), entry), entry, look);
            if (parted != null && (nearest == null || parted.agreed() > nearest.agreed())) {
                nearest = parted;
            }
        }
        Facet facet = Facet.of(list.field(), list.header(), list.entries().getFirst());
        return new Judgement(
                list.field(),
                list.header().isEmpty() ? null : list.header(),
                verdict,
                joined(list.entries(), Matcher::shown),
                seen(facet, look.mail()),
                nearest);
    }

    private static String shown(Entry entry) {
        return switch (entry.form()) {
            case TEXT -> entry.text();
            case GLOB -> "glob:" + entry.text();
            case REGEX -> "regex:" + entry.text();
        };
    }

    /** The text of a mail whose bytes are gone is known by its beginning. */
    private static @Nullable String seen(Facet facet, TestedMail mail) {
        List<String> values = facet.plain(mail);
        if (values != null) {
            return joined(values, value -> value);
        }
        MailFacts facts = mail.summary().facts();
        if (facts == null || facet.field() != Field.TEXT || facet.look() != Entry.Look.USUAL) {
            return null;
        }
        return cut(facts.textStart() + (facts.wholeText() ? "" : "…"));
    }

    /** Where words and the value that comes nearest to them part; null for patterns, and where nothing can be compared. */
    private static @Nullable Parted parted(Facet facet, Entry entry, MailLook look) {
        List<String> values = look.values(facet);
        String phrase = facet.phrase(entry.text());
        if (entry.form() != Entry.Form.TEXT || values == null || phrase.isEmpty()) {
            return null;
        }
        int agreed = 0;
        String instead = values.isEmpty() ? "" : values.getFirst();
        PhraseAutomaton index = new PhraseAutomaton(List.of(phrase));
        for (String value : values) {
            int[] near = facet.exact() ? beginning(phrase, value) : index.nearest(value);
            if (near[0] > agreed) {
                agreed = near[0];
                instead = beginning(value, near[1]);
            }
        }
        return new Parted(cut(phrase), Math.min(agreed, Judgement.MAX_SHOWN), line(beginning(instead, 0)));
    }

    /** Of a long value what is shown. */
    private static String beginning(String value, int from) {
        return value.substring(from, Math.min(value.length(), from + Parted.MAX_INSTEAD));
    }

    private static int[] beginning(String phrase, String value) {
        int same = 0;
        while (same < phrase.length() && same < value.length() && phrase.charAt(same) == value.charAt(same)) {
            same++;
        }
        return new int[] {same, same};
    }

    /** Values in a row, not more of them than is shown. */
    private static <T> String joined(List<T> values, Function<T, String> shown) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < values.size() && joined.length() <= Judgement.MAX_SHOWN; i++) {
            String value = shown.apply(values.get(i));
            int end = Math.min(value.length(), Judgement.MAX_SHOWN + 1);
            joined.append(i == 0 ? "" : " | ").append(value, 0, end);
        }
        return cut(joined.toString());
    }

    private static String cut(String text) {
        if (text.length() <= Judgement.MAX_SHOWN) {
            return line(text);
        }
        int end = Character.isHighSurrogate(text.charAt(Judgement.MAX_SHOWN - 1))
                ? Judgement.MAX_SHOWN - 1
                : Judgement.MAX_SHOWN;
        return line(text.substring(0, end));
    }

    /** What is shown is one line, and moves no cursor. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }

    /**
     * An address as it is compared: only ASCII letters lose their case, because other characters that Unicode takes for
     * letters of ASCII (the Kelvin sign for k) would let one address pass for another.
     *
     * @param address as it stands in a mail
     * @return what two equal addresses have in common
     */
    public static String key(String address) {
        return Ascii.lower(address.strip());
    }
}

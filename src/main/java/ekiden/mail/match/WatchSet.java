package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many watches compiled once and tested in one pass over a mail: a watch costs nothing for the mails of others. A set that came of another one ({@link #with}) has a few parts, the large ones of which it has
 * from that one, whose watches that are there no longer are passed over; so a watch that joins does not cost the compiling of all. Immutable; safe from any thread.
 */
public final class WatchSet {
    /** A part of so few watches is compiled anew with those that join. */
    private static final int FEW = 64;
    /** So many times larger than all that is newer is a part that stays. */
    private static final int TIMES = 8;

    private static final int GONE = -1;

    private final List<Ranked> parts;
    private final boolean needsText;

    /** A part, and where its watches stand among all. */
    private static final class Ranked {
        private final WatchPart part;
        /** Watch of the part → its place in the order in which ids are to be answered, or {@link #GONE}. */
        private final int[] ranks;
        /** How many are there still. */
        private final int living;

        Ranked(WatchPart part, int[] ranks) {
            this.part = part;
            this.ranks = ranks;
            this.living =
                    (int) Arrays.stream(ranks).filter(rank -> rank != GONE).count();
        }

        WatchPart part() {
            return part;
        }

        int[] ranks() {
            return ranks;
        }

        int living() {
            return living;
        }
    }

    /** A watch of a newer list. */
    private record Place(int rank, Conditions conditions) {}

    /**
     * @param conditions watch id → what it waits for, in the order in which ids are to be answered
     */
    public WatchSet(Map<String, Conditions> conditions) {
        this(conditions.isEmpty() ? List.of() : List.of(compiled(conditions, places(conditions))));
    }

    private WatchSet(List<Ranked> parts) {
        this.parts = List.copyOf(parts);
        this.needsText = parts.stream().anyMatch(WatchSet::needsText);
    }

    private static Map<String, Place> places(Map<String, Conditions> conditions) {
        Map<String, Place> places = HashMap.newHashMap(conditions.size());
        conditions.forEach((id, wanted) -> places.put(id, new Place(places.size(), wanted)));
        return places;
    }

    private static Ranked compiled(Map<String, Conditions> some, Map<String, Place> places) {
        return ranked(new WatchPart(some), places);
    }

    /** Those of a part that are in a list as they were compiled. */
    private static Ranked ranked(WatchPart part, Map<String, Place> places) {
        int[] ranks = new int[part.watches().size()];
        for (int i = 0; i < ranks.length; i++) {
            Compiled watch = part.watches().get(i);
            Place place = places.get(watch.id());
            ranks[i] = place != null && place.conditions().equals(watch.wanted()) ? place.rank() : GONE;
        }
        return new Ranked(part, ranks);
    }

    private static boolean needsText(Ranked one) {
        return one.part().texts().stream().anyMatch(number -> one.ranks()[number] != GONE);
    }

    /**
     * The set of another list, most of which is often that of this one: what is equal is not compiled anew.
     *
     * @param conditions as for a set by itself
     * @return a set that answers as one by itself
     */
    public WatchSet with(Map<String, Conditions> conditions) {
        return with(conditions, FEW);
    }

    /** With another number of watches that are few. */
    WatchSet with(Map<String, Conditions> conditions, int few) {
        Map<String, Place> places = places(conditions);
        BitSet known = new BitSet(places.size());
        List<Ranked> kept = new ArrayList<>();
        for (Ranked one : parts) {
            Ranked now = ranked(one.part(), places);
            kept.add(now);
            Arrays.stream(now.ranks()).filter(rank -> rank != GONE).forEach(known::set);
        }
        Map<String, Conditions> fresh = new LinkedHashMap<>();
        places.forEach((id, place) -> {
            if (!known.get(place.rank())) {
                fresh.put(id, place.conditions());
            }
        });
        for (int at = staying(kept, fresh.size(), few); kept.size() > at; ) {
            fresh.putAll(living(kept.removeLast()));
        }
        if (!fresh.isEmpty()) {
            kept.add(compiled(fresh, places));
        }
        return new WatchSet(kept);
    }

    /** How many of the parts, from the first, stay as they are: those that are large beside what comes after them, and of which most is there still. */
    private static int staying(List<Ranked> kept, int fresh, int few) {
        int stay = 0;
        while (stay < kept.size()
                && 2 * kept.get(stay).living() > kept.get(stay).ranks().length) {
            stay++;
        }
        long newer = fresh;
        for (int i = stay; i < kept.size(); i++) {
            newer += kept.get(i).living();
        }
        while (stay > 0 && newer > 0) {
            int living = kept.get(stay - 1).living();
            if (living > few && living >= TIMES * newer) {
                return stay;
            }
            stay--;
            newer += living;
        }
        return stay;
    }

    private static Map<String, Conditions> living(Ranked one) {
        Map<String, Conditions> living = new LinkedHashMap<>();
        for (int i = 0; i < one.ranks().length; i++) {
            if (one.ranks()[i] != GONE) {
                Compiled watch = one.part().watches().get(i);
                living.put(watch.id(), watch.wanted());
            }
        }
        return living;
    }

    /** Of how many watches each part was compiled, those that are gone with the others. */
    List<Integer> sizes() {
        return parts.stream().map(one -> one.ranks().length).toList();
    }

    /** {@return whether any watch looks at the text: otherwise a reader need not fetch it} */
    public boolean needsText() {
        return needsText;
    }

    /**
     * Whether what is not known yet need not be known to say no: then a reader leaves the body where it is.
     *
     * @param mail of which something may not be known
     * @return whether a watch may match, whatever that is
     */
    public boolean mayMatch(TestedMail mail) {
        MailValues values = new MailValues(mail);
        return parts.stream().anyMatch(one -> mayMatch(one, values));
    }

    private static boolean mayMatch(Ranked one, MailValues values) {
        MailLook look = one.part().look(values);
        WatchPart.Candidates candidates = one.part().candidates(look);
        for (int i = 0; i < candidates.numbers().count(); i++) {
            int number = candidates.numbers().get(i);
            if (one.ranks()[number] != GONE && one.part().verdict(candidates, i, look) != Verdict.MISSED) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param mail what the mail is
     * @return the ids of the watches whose conditions it meets, in the order they were given; those that are open do not count
     */
    public List<String> matching(TestedMail mail) {
        return find(mail).ids();
    }

    /**
     * What became of all watches.
     *
     * @param ids of the watches whose conditions are met, in the order they were given
     * @param open whether there are others that may be met, because not all that they ask for is known of the mail
     */
    public record Matching(List<String> ids, boolean open) {
        /** Copies the list. */
        public Matching {
            ids = List.copyOf(ids);
        }
    }

    /**
     * As {@link #matching(TestedMail)}, for whoever must not take what could not be read for something missed.
     *
     * @param mail what the mail is
     * @return what became of all watches
     */
    public Matching find(TestedMail mail) {
        MailValues values = new MailValues(mail);
        Map<Integer, String> met = new TreeMap<>();
        boolean open = false;
        for (Ranked one : parts) {
            open |= find(one, values, met);
        }
        return new Matching(List.copyOf(met.values()), open);
    }

    /** Notes those that are met by their ranks; returns whether one is open. */
    private static boolean find(Ranked one, MailValues values, Map<Integer, String> met) {
        MailLook look = one.part().look(values);
        WatchPart.Candidates candidates = one.part().candidates(look);
        boolean open = false;
        for (int i = 0; i < candidates.numbers().count(); i++) {
            int number = candidates.numbers().get(i);
            int rank = one.ranks()[number];
            Verdict verdict = rank == GONE ? Verdict.MISSED : one.part().verdict(candidates, i, look);
            open |= verdict == Verdict.OPEN;
            if (verdict == Verdict.MET) {
                met.put(rank, one.part().id(number));
            }
        }
        return open;
    }

    /**
     * As {@link #matching(TestedMail)} for a mail without header fields beside those of its summary.
     *
     * @param mail what the mail is
     * @param text its body text, lines ended by LF
     * @return the ids of the watches whose conditions it meets
     */
    public List<String> matching(MailSummary mail, String text) {
        return matching(TestedMail.whole(mail, text, name -> List.of(), 0));
    }
}

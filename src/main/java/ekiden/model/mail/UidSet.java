package ekiden.model.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * A set of IMAP UIDs as ranges, so that a folder of a million mails is a few numbers (RFC 3501 §2.3.1.1: UIDs ascend and are
 * never used again under one UIDVALIDITY). Immutable; written as RFC 3501's {@code sequence-set} without {@code *}.
 *
 * @param ranges ascending, disjoint, not touching
 */
public record UidSet(List<Range> ranges) {
    /** No mail. */
    public static final UidSet EMPTY = new UidSet(List.of());

    /** The largest UID there can be. */
    public static final long MAX = 0xFFFF_FFFFL;

    /**
     * UIDs from first to last.
     *
     * @param first 1 to {@link #MAX}
     * @param last from first on
     */
    public record Range(long first, long last) {
        /** Checks the order. */
        public Range {
            if (first < 1 || last < first || last > MAX) {
                throw new IllegalArgumentException(first + ":" + last);
            }
        }
    }

    /** Checks that the ranges ascend and do not touch. */
    public UidSet {
        ranges = List.copyOf(ranges);
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).first() <= ranges.get(i - 1).last() + 1) {
                throw new IllegalArgumentException("not in order: " + ranges);
            }
        }
    }

    /**
     * @param uid the only member
     * @return a set of one
     */
    public static UidSet of(long uid) {
        return new UidSet(List.of(new Range(uid, uid)));
    }

    /**
     * @param first 1 to {@link #MAX}
     * @param last from first on
     * @return all between, both included
     */
    public static UidSet between(long first, long last) {
        return new UidSet(List.of(new Range(first, last)));
    }

    /**
     * @param uids in any order, repeated or not
     * @return the set of them
     */
    public static UidSet of(Iterable<Long> uids) {
        long[] sorted = new long[16];
        int count = 0;
        for (long uid : uids) {
            if (count == sorted.length) {
                sorted = Arrays.copyOf(sorted, 2 * count);
            }
            sorted[count] = uid;
            count++;
        }
        Arrays.sort(sorted, 0, count);
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || sorted[i] > sorted[i - 1] + 1) {
                ranges.add(new Range(sorted[from], sorted[i - 1]));
                from = i;
            }
        }
        return new UidSet(ranges);
    }

    /**
     * Reads {@link #toString}'s form.
     *
     * @param text for example {@code 1:5,9}; empty for the empty set; ranges may overlap, be out of order or backwards, as
     *     servers send them (RFC 3501 §9)
     * @return the set
     * @throws IllegalArgumentException when it is something else
     */
    public static UidSet parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            long one = Long.parseLong(colon < 0 ? part : part.substring(0, colon));
            long other = colon < 0 ? one : Long.parseLong(part.substring(colon + 1));
            ranges.add(new Range(Math.min(one, other), Math.max(one, other)));
        }
        return ofRanges(ranges);
    }

    /**
     * @param anyOrder ranges in any order, which may overlap
     * @return the set of all in them
     */
    public static UidSet ofRanges(List<Range> anyOrder) {
        List<Range> sorted = new ArrayList<>(anyOrder);
        sorted.sort((a, b) -> Long.compare(a.first(), b.first()));
        List<Range> ranges = new ArrayList<>();
        sorted.forEach(range -> append(ranges, range));
        return new UidSet(ranges);
    }

    /** The range begins nowhere before the last one does. */
    private static void append(List<Range> ranges, Range next) {
        if (!ranges.isEmpty() && next.first() <= ranges.getLast().last() + 1) {
            Range before = ranges.removeLast();
            ranges.add(new Range(before.first(), Math.max(before.last(), next.last())));
        } else {
            ranges.add(next);
        }
    }

    /**
     * @param other another set
     * @return what is in one of both
     */
    public UidSet plus(UidSet other) {
        if (other.isEmpty()) {
            return this;
        }
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return ofRanges(all);
    }

    /**
     * @param other another set
     * @return what is in this one and not in that
     */
    public UidSet minus(UidSet other) {
        List<Range> left = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            long from = range.first();
            while (next < other.ranges.size() && other.ranges.get(next).last() < from) {
                next++;
            }
            for (int i = next; i < other.ranges.size() && from <= range.last(); i++) {
                Range hole = other.ranges.get(i);
                if (hole.first() > range.last()) {
                    break;
                }
                if (hole.first() > from) {
                    left.add(new Range(from, hole.first() - 1));
                }
                from = hole.last() + 1;
            }
            if (from <= range.last()) {
                left.add(new Range(from, range.last()));
            }
        }
        return new UidSet(left);
    }

    /**
     * @param other another set
     * @return what is in both
     */
    public UidSet and(UidSet other) {
        return minus(minus(other));
    }

    /** {@return whether nothing is in it} */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /**
     * @param uid a UID
     * @return whether it is in it
     */
    public boolean contains(long uid) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (uid < range.first()) {
                high = middle - 1;
            } else if (uid > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** {@return how many UIDs are in it} */
    public long size() {
        return ranges.stream()
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
    }

    /** {@return the smallest, 0 where it is empty} */
    public long min() {
        return ranges.isEmpty() ? 0 : ranges.getFirst().first();
    }

    /** {@return the largest, 0 where it is empty} */
    public long max() {
        return ranges.isEmpty() ? 0 : ranges.getLast().last();
    }

    /**
     * @param count at most so many, at least 1
     * @return the smallest of them
     */
    public UidSet first(long count) {
        List<Range> taken = new ArrayList<>();
        long left = count;
        for (Range range : ranges) {
            if (left <= 0) {
                break;
            }
            long last = Math.min(range.last(), range.first() + left - 1);
            taken.add(new Range(range.first(), last));
            left -= last - range.first() + 1;
        }
        return new UidSet(taken);
    }

    /**
     * @param each takes every UID, ascending
     */
    public void forEach(LongConsumer each) {
        for (Range range : ranges) {
            for (long uid = range.first(); uid <= range.last(); uid++) {
                each.accept(uid);
            }
        }
    }

    /** {@return the UIDs, ascending; not materialised} */
    public Iterable<Long> uids() {
        return () -> new Uids(ranges);
    }

    private static final class Uids implements Iterator<Long> {
        private final List<Range> ranges;
        private int range;
        private long next;

        Uids(List<Range> ranges) {
            this.ranges = ranges;
            this.next = ranges.isEmpty() ? 0 : ranges.getFirst().first();
        }

        @Override
        public boolean hasNext() {
            return range < ranges.size();
        }

        @Override
        public Long next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long uid = next;
            if (uid < ranges.get(range).last()) {
                next = uid + 1;
            } else {
                range++;
                next = range < ranges.size() ? ranges.get(range).first() : 0;
            }
            return uid;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(text.isEmpty() ? "" : ",").append(range.first());
            if (range.last() > range.first()) {
                text.append(':').append(range.last());
            }
        }
        return text.toString();
    }
}

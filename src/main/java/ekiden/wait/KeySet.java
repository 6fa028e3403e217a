package ekiden.wait;

import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys that end in a UID, {@code folder/UIDVALIDITY/UID}, kept as ranges, so that a million mails are a few numbers. One thread.
 */
final class KeySet {
    private static final int MAX_DIGITS = 10;

    private final Map<String, UidSet> groups = new HashMap<>();

    /** A key in its two parts. */
    private record Split(String group, long uid) {}

    private static Split split(String key) {
        int slash = key.lastIndexOf('/');
        int digits = key.length() - slash - 1;
        if (slash < 0 || digits < 1 || digits > MAX_DIGITS) {
            return new Split(key, 0);
        }
        long uid = 0;
        for (int i = slash + 1; i < key.length(); i++) {
            int digit = key.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return new Split(key, 0);
            }
            uid = uid * 10 + digit;
        }
        return uid > UidSet.MAX ? new Split(key, 0) : new Split(key.substring(0, slash), uid);
    }

    /** Whether a key can be in such a set at all. */
    static boolean fits(String key) {
        return split(key).uid > 0;
    }

    boolean contains(String key) {
        Split split = split(key);
        UidSet set = groups.get(split.group);
        return set != null && set.contains(split.uid);
    }

    void add(List<String> keys) {
        Map<String, List<Long>> more = new HashMap<>();
        for (String key : keys) {
            Split split = split(key);
            more.computeIfAbsent(split.group, group -> new ArrayList<>()).add(split.uid);
        }
        more.forEach((group, uids) -> groups.merge(group, UidSet.of(uids), UidSet::plus));
    }

    void put(String group, UidSet set) {
        groups.put(group, set);
    }

    Set<String> groups() {
        return groups.keySet();
    }

    UidSet of(String group) {
        return groups.getOrDefault(group, UidSet.EMPTY);
    }

    Map<String, String> written() {
        Map<String, String> all = new HashMap<>();
        groups.forEach((group, set) -> all.put(group, set.toString()));
        return all;
    }
}

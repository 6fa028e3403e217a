package ekiden.mail.address.ldap;

import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whose name begins as it was asked. A server that resolves ambiguous names itself ({@code anr}, MS-ADTS 3.1.1.3.1.3.3) also finds by office, former addresses and
 * whatever else its schema counts: mail for a place is not meant for the one who works there. Pure.
 */
final class Beginnings {
    private Beginnings() {}

    /** {@return whether a name of the entry begins so, or each word asked begins another word of one name} */
    static boolean of(Entry entry, String asked) {
        String whole = plain(Names.fold(asked));
        List<String> words = words(asked);
        return entry.names().stream()
                .anyMatch(name -> plain(Names.fold(name)).startsWith(whole) || each(words, words(name)));
    }

    private static boolean each(List<String> asked, List<String> names) {
        List<String> left = new ArrayList<>(names);
        for (String word : asked) {
            String taken = left.stream()
                    .filter(one -> one.startsWith(word))
                    .findFirst()
                    .orElse(null);
            if (taken == null) {
                return false;
            }
            left.remove(taken);
        }
        return true;
    }

    private static List<String> words(String name) {
        return Arrays.stream(name.split("[\\p{Z}\\p{Cntrl},、・]+"))
                .map(word -> plain(Names.fold(word)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** To these servers a Latin letter with an accent is the letter; the marks of kana stay. */
    private static String plain(String folded) {
        String apart = Normalizer.normalize(folded, Normalizer.Form.NFD).replaceAll("[\\u0300-\\u036f]", "");
        return Normalizer.normalize(apart, Normalizer.Form.NFC);
    }
}

package ekiden.mail.address.ldap;

import ekiden.mail.address.Names;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ways in which a directory may have written a name: servers compare without regard to case and doubled blanks, but not to kana, nor to a blank that is missing. Whatever they find is compared anew here. Pure.
 *
 * @param whole the name in one piece
 * @param pairs family name and given name, in either order
 */
record NameVariants(List<String> whole, List<Pair> pairs) {
    private static final int TO_KATAKANA = 'ァ' - 'ぁ';

    /** Two parts of a name. */
    record Pair(String family, String given) {}

    NameVariants {
        whole = List.copyOf(whole);
        pairs = List.copyOf(pairs);
    }

    static NameVariants of(String name, LdapLimits limits) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Z}\\p{Cntrl},、・]+", " ")
                .strip();
        Set<String> whole = new LinkedHashSet<>();
        Set<Pair> pairs = new LinkedHashSet<>();
        if (!plain.isEmpty()) {
            for (String kana : kana(plain)) {
                add(kana, whole, pairs, limits);
            }
        }
        return new NameVariants(
                whole.stream().limit(limits.variants()).toList(),
                pairs.stream().limit(limits.variants()).toList());
    }

    private static void add(String name, Set<String> whole, Set<Pair> pairs, LdapLimits limits) {
        whole.add(name);
        int blank = name.indexOf(' ');
        if (blank > 0) {
            String first = name.substring(0, blank);
            String rest = name.substring(blank + 1);
            pairs.add(new Pair(first, rest));
            pairs.add(new Pair(rest, first));
        }
        boolean close = Names.fold(name).indexOf(' ') < 0 && !name.chars().allMatch(c -> c < 0x250);
        if (!close) {
            return;
        }
        String joined = name.replace(" ", "");
        whole.add(joined);
        List<Integer> ends = ends(joined);
        if (ends.size() > limits.splitChars()) {
            return;
        }
        for (int end : ends.subList(0, ends.size() - 1)) {
            String family = joined.substring(0, end);
            String given = joined.substring(end);
            whole.add(family + " " + given);
            pairs.add(new Pair(family, given));
        }
    }

    private static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            at += Character.charCount(text.codePointAt(at));
            ends.add(at);
        }
        return ends;
    }

    /** The name as it is, and with its kana in the other script. */
    private static Set<String> kana(String name) {
        Set<String> kana = new LinkedHashSet<>();
        kana.add(name);
        StringBuilder katakana = new StringBuilder(name);
        StringBuilder hiragana = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'ぁ' && c <= 'ゖ') {
                katakana.setCharAt(i, (char) (c + TO_KATAKANA));
            } else if (c >= 'ァ' && c <= 'ヶ') {
                hiragana.setCharAt(i, (char) (c - TO_KATAKANA));
            }
        }
        kana.add(katakana.toString());
        kana.add(hiragana.toString());
        return kana;
    }
}

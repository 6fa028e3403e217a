package ekiden.mail.send;

import java.io.File;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * {@code *} and {@code ?} within one name, {@code **} across folders; all else means itself, in any case where the system's names have none. Takes at most as
 * many steps as the pattern is long for each character of a path. Safe from any thread.
 */
final class PathGlob {
    private static final int ONE = -1;
    private static final int WITHIN = -2;
    private static final int ACROSS = -3;
    private static final boolean CASELESS = File.separatorChar == '\\';

    private final int[] signs;

    /** @param pattern relative, with slashes */
    PathGlob(String pattern) {
        int[] all = pattern.codePoints().toArray();
        IntStream.Builder read = IntStream.builder();
        for (int at = 0; at < all.length; at++) {
            if (all[at] != '*') {
                read.add(all[at] == '?' ? ONE : all[at]);
                continue;
            }
            int first = at;
            while (at + 1 < all.length && all[at + 1] == '*') {
                at++;
            }
            read.add(at > first ? ACROSS : WITHIN);
        }
        this.signs = read.build().toArray();
    }

    /** {@return whether it covers the whole of it} */
    boolean covers(Path relative) {
        int[] path = relative.toString()
                .replace(File.separatorChar, '/')
                .codePoints()
                .toArray();
        BitSet now = new BitSet(signs.length + 1);
        now.set(0);
        pass(now);
        for (int c : path) {
            BitSet next = new BitSet(signs.length + 1);
            for (int sign = now.nextSetBit(0); sign >= 0 && sign < signs.length; sign = now.nextSetBit(sign + 1)) {
                if (takes(signs[sign], c)) {
                    boolean stays = signs[sign] == WITHIN || signs[sign] == ACROSS;
                    next.set(stays ? sign : sign + 1);
                }
            }
            pass(next);
            now = next;
        }
        return now.get(signs.length);
    }

    /** Stars may stand for nothing. */
    private void pass(BitSet reached) {
        for (int sign = 0; sign < signs.length; sign++) {
            if (reached.get(sign) && (signs[sign] == WITHIN || signs[sign] == ACROSS)) {
                reached.set(sign + 1);
            }
        }
    }

    private static boolean takes(int sign, int c) {
        return switch (sign) {
            case ACROSS -> true;
            case WITHIN, ONE -> c != '/';
            default -> sign == c || (CASELESS && folded(sign) == folded(c));
        };
    }

    private static int folded(int c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}

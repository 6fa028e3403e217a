package ekiden.mail.connect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes what a server says to text for people: one line of bounded length without control characters, and without what this connection said to prove who
 * it is. Servers quote lines that they refuse, and some still quote them later. The one place where words of a server become text. Safe from any thread.
 */
public final class ServerWords {
    /** Most characters. */
    static final int SHOWN = 300;
    /** So many characters of a secret in a row, blanks left out, are left out too: a server may cut what it quotes, and fold it into several lines. */
    static final int PIECE = 6;
    /** A shorter secret stands in words by chance; it is left out only where it is a word of its own. */
    static final int SHORTEST = 4;

    private static final int SHORTEST_INSIDE = 6;
    private static final int BASE64_BYTES = 3;
    private static final int BASE64_BITS = 6;

    private static final String LEFT_OUT = "…";

    /** Between two secrets that are searched as one text; it stands in none. */
    private static final char BETWEEN = '\n';

    private volatile Hidden hidden = new Hidden(List.of(), "", List.of());

    /**
     * What is not shown.
     *
     * @param secrets the longest first; each without a Base64 padding
     * @param lasting those of which pieces are left out, in one case and without blanks
     * @param brief those that are shorter than a piece, likewise
     */
    private record Hidden(List<String> secrets, String lasting, List<String> brief) {
        static Hidden of(List<String> secrets) {
            StringBuilder lasting = new StringBuilder();
            List<String> brief = new ArrayList<>();
            for (String secret : secrets) {
                String bare = bare(secret, 0, Integer.MAX_VALUE);
                if (bare.length() >= PIECE) {
                    lasting.append(BETWEEN).append(bare);
                } else if (bare.length() >= SHORTEST) {
                    brief.add(bare);
                }
            }
            return new Hidden(List.copyOf(secrets), lasting.toString(), List.copyOf(brief));
        }
    }

    /**
     * From now on it is shown in none of its forms.
     *
     * @param password or token, possibly empty
     */
    public void hide(String password) {
        if (password.isEmpty()) {
            return;
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>();
        forms.add(line(password));
        // as IMAP quotes it (RFC 3501 §9)
        forms.add(line(password.replace("\\", "\\\\").replace("\"", "\\\"")));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        for (int before = 0; before < BASE64_BYTES; before++) {
            String inside = inside(bytes, before);
            if (inside.length() >= SHORTEST_INSIDE) {
                forms.add(inside);
            }
        }
        add(forms);
    }

    /**
     * Its Base64 behind so many other bytes, as between user and end of PLAIN or XOAUTH2: the characters that are the same whatever stands before and
     * behind.
     */
    private static String inside(byte[] secret, int before) {
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int from = before == 0 ? 0 : before + 1;
        int to = bytes.length * Byte.SIZE / BASE64_BITS;
        return all.substring(Math.min(from, to), to);
    }

    /**
     * From now on it is not shown.
     *
     * @param proof in Base64, as it was sent; "=" for nothing
     */
    public void hideSent(String proof) {
        int end = proof.length();
        while (end > 0 && proof.charAt(end - 1) == '=') {
            end--;
        }
        // fewer characters prove nothing
        if (end >= SHORTEST) {
            add(List.of(proof.substring(0, end)));
        }
    }

    private synchronized void add(List<String> forms) {
        Set<String> all = new LinkedHashSet<>(hidden.secrets());
        all.addAll(forms);
        List<String> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        hidden = Hidden.of(sorted);
    }

    /**
     * {@return words as they may stand in a message, in a result and in the log}
     *
     * @param words of the server
     */
    public String shown(String words) {
        String line = line(words).strip();
        Hidden now = hidden;
        if (now.secrets().isEmpty()) {
            return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + LEFT_OUT;
        }
        StringBuilder shown = new StringBuilder(Math.min(line.length(), SHOWN) + 1);
        int until = 0;
        for (int at = 0; at < line.length(); at++) {
            if (shown.length() >= SHOWN) {
                return shown.append(LEFT_OUT).toString();
            }
            int secret = secretAt(line, at, now);
            if (secret > 0 && at >= until) {
                shown.append(LEFT_OUT);
            }
            until = Math.max(until, at + secret);
            if (at >= until) {
                shown.append(line.charAt(at));
            }
        }
        return shown.toString();
    }

    /** {@return how many characters from there on belong to a secret} */
    private static int secretAt(String line, int at, Hidden hidden) {
        int most = pieceAt(line, at, hidden);
        for (String secret : hidden.secrets()) {
            int same = same(line, at, secret);
            boolean whole = same == secret.length() && (same >= SHORTEST || alone(line, at, same));
            if (whole && same > most) {
                most = same;
            }
        }
        return most;
    }

    /** Blanks in it may be the ends of the lines of a reply. */
    private static int pieceAt(String line, int at, Hidden hidden) {
        if (blank(line.charAt(at))) {
            return 0;
        }
        String piece = bare(line, at, PIECE);
        int count = piece.length() == PIECE && hidden.lasting().contains(piece) ? PIECE : 0;
        for (String secret : hidden.brief()) {
            if (piece.startsWith(secret)) {
                count = Math.max(count, secret.length());
            }
        }
        int end = at;
        for (int left = count; left > 0; end++) {
            left -= blank(line.charAt(end)) ? 0 : 1;
        }
        return end - at;
    }

    /** {@return the next characters but blanks, in one case} */
    private static String bare(String line, int from, int most) {
        StringBuilder bare = new StringBuilder();
        for (int at = from; at < line.length() && bare.length() < most; at++) {
            char c = line.charAt(at);
            if (!blank(c)) {
                bare.append(lower(c));
            }
        }
        return bare.toString();
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isISOControl(c);
    }

    /** Whatever the case: some servers quote in capitals. */
    private static int same(String line, int at, String secret) {
        int most = Math.min(line.length() - at, secret.length());
        int same = 0;
        while (same < most && lower(line.charAt(at + same)) == lower(secret.charAt(same))) {
            same++;
        }
        return same;
    }

    private static char lower(char c) {
        return Character.toLowerCase(c);
    }

    private static boolean alone(String line, int at, int length) {
        int end = at + length;
        return (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)))
                && (end == line.length() || !Character.isLetterOrDigit(line.charAt(end)));
    }

    /** {@return the same with blanks instead of control characters} */
    public static String line(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (Character.isISOControl(words.charAt(i))) {
                return words.replaceAll("\\p{Cntrl}", " ");
            }
        }
        return words;
    }
}

package ekiden.mail.mime;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the character set of bytes that do not say it, or say something wrong. In this order: UTF-16 by its zeros; escape
 * sequences of ISO-2022-JP; valid UTF-8; otherwise what reads as the likeliest text ({@link Language}), with a start for what
 * the rest of the mail declares. Texts that mix several are read line by line.
 */
final class CharsetGuess {
    /** How much is looked at to weigh the candidates. */
    private static final int SAMPLE_BYTES = 1024;
    /** Longer texts are not read line by line. */
    private static final int MAX_BY_LINE = 1 << 20;
    /** So many lines of a text are guessed for themselves. */
    private static final int MAX_GUESSED_LINES = 2000;
    /** Shown before the first byte that is not ASCII, for what the characters beside it tell. */
    private static final int CONTEXT_BYTES = 8;

    /** By how many bits what is declared outweighs a guess. */
    private static final int DECLARED = 12;
    /** So many bits a character behind ASCII has at most, on average, in likely text. */
    private static final int LIKELY_BITS = 13;

    private static final int ASCII_BITS = 6;

    /**
     * What bytes may be.
     *
     * @param start bits that it must be better than the others: rare things need more evidence
     */
    private record Candidate(TextCodec codec, Language language, int start) {}

    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate(Charsets.windows31j(), Language.JAPANESE, 0),
            new Candidate(EucJp.CODEC, Language.JAPANESE, 0),
            new Candidate(Charsets.windows1252(), Language.WESTERN, 4),
            new Candidate(jdk("koi8-r"), Language.RUSSIAN, 24),
            new Candidate(jdk("windows-1251"), Language.RUSSIAN, 24),
            new Candidate(jdk(CharsetNames.GB18030), Language.CHINESE_SIMPLIFIED, 24),
            new Candidate(jdk(CharsetNames.BIG5), Language.CHINESE_TRADITIONAL, 24),
            new Candidate(jdk(CharsetNames.KOREAN), Language.KOREAN, 24));

    private CharsetGuess() {}

    private static TextCodec jdk(String name) {
        return TextCodec.of(Charset.forName(name));
    }

    /**
     * @param escaped whether {@link Iso2022Jp#announced} says so of these bytes
     * @param hint what is declared elsewhere in the mail, or null
     */
    static TextCodec.Text guess(byte[] bytes, int from, int to, boolean escaped, @Nullable TextCodec hint) {
        if (Utf16.looksLike(bytes, from, to)) {
            return Utf16.CODEC.decode(bytes, from, to);
        }
        int high = highBytes(bytes, from, to);
        if (escaped) {
            TextCodec.Text text = Iso2022Jp.CODEC.decode(bytes, from, to);
            if (text.bad() == 0 || high == 0) {
                return text;
            }
            return lines(bytes, from, to) ? byLine(bytes, from, to, Iso2022Jp.CODEC) : text;
        }
        Utf8Look look = Utf8Look.at(bytes, from, to);
        if (high == 0 || look.sure() || look.damaged()) {
            return Charsets.UTF_8.decode(bytes, from, to);
        }
        if (hint != null && single(hint) && candidate(hint) == null) {
            TextCodec.Text hinted = hint.decode(bytes, from, to);
            if (hinted.bad() == 0) {
                return hinted;
            }
        }
        TextCodec best = best(bytes, from, to, hint);
        TextCodec.Text text = best.decode(bytes, from, to);
        Candidate known = candidate(best);
        boolean right = text.bad() <= 2 && (known == null || looksRight(known.language, text.text()));
        return right || !lines(bytes, from, to)
                ? text
                : likelier(text, byLine(bytes, from, to, ofFirstLine(bytes, from, to)));
    }

    private static TextCodec.Text likelier(TextCodec.Text whole, TextCodec.Text byLine) {
        return likeliest(sample(byLine.text())) < likeliest(sample(whole.text())) ? byLine : whole;
    }

    private static String sample(String text) {
        return text.substring(0, Math.min(text.length(), SAMPLE_BYTES));
    }

    /** What the first line that is not ASCII reads best as. */
    private static TextCodec ofFirstLine(byte[] bytes, int from, int to) {
        int first = sampleStart(bytes, from, to);
        return best(bytes, first, lineEnd(bytes, Math.min(to, first + CONTEXT_BYTES), to), null);
    }

    /** {@return whether that is a character set that says something about raw bytes} */
    private static boolean single(TextCodec hint) {
        return !hint.equals(Charsets.UTF_8)
                && !hint.equals(Iso2022Jp.CODEC)
                && !hint.equals(Utf7.CODEC)
                && !hint.equals(Utf16.CODEC)
                && !hint.equals(Hz.CODEC);
    }

    private static @Nullable Candidate candidate(TextCodec codec) {
        for (Candidate candidate : CANDIDATES) {
            if (candidate.codec.equals(codec)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * What the sample reads best as. The favourite gives way only to what is better by more than {@link #DECLARED} bits, and where it has no fault
     * itself only to what is likely text: of a few odd characters neither reading is, and then the declaration counts.
     */
    private static TextCodec best(byte[] bytes, int from, int to, @Nullable TextCodec favourite) {
        int start = sampleStart(bytes, from, to);
        int end = Math.min(to, start + SAMPLE_BYTES);
        TextCodec best = Charsets.UTF_8;
        int least = Integer.MAX_VALUE / 2;
        Utf8Look look = Utf8Look.at(bytes, start, end);
        if (look.bad() <= 2 + look.two() + look.more()) {
            int handicap = Charsets.UTF_8.equals(favourite) ? -DECLARED : 0;
            least = likeliest(Charsets.UTF_8.decode(bytes, start, end).text()) + handicap;
        }
        for (Candidate candidate : CANDIDATES) {
            int handicap = candidate.codec.equals(favourite) ? -DECLARED : candidate.start;
            String text = candidate.codec.decode(bytes, start, end).text();
            int bits = candidate.language.bits(text, least - handicap) + handicap;
            if (bits < least) {
                least = bits;
                best = candidate.codec;
            }
        }
        boolean holds = favourite != null
                && canBe(favourite, bytes, start, end)
                && !isLikely(best, best.decode(bytes, start, end).text());
        return favourite != null && holds ? favourite : best;
    }

    /** Whether that was among those that were compared, and is without a fault. */
    private static boolean canBe(TextCodec codec, byte[] bytes, int from, int to) {
        boolean compared = candidate(codec) != null || codec.equals(Charsets.UTF_8);
        return compared && codec.decode(bytes, from, to).bad() == 0;
    }

    /** Whether what is not ASCII in a text has no more bits than rare characters among frequent ones. */
    private static boolean isLikely(TextCodec codec, String text) {
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            other += text.charAt(i) >= 0x80 ? 1 : 0;
        }
        int most = ASCII_BITS * (text.length() - other) + LIKELY_BITS * other;
        Candidate known = candidate(codec);
        return (known == null ? likeliest(text) : known.language.bits(text, most)) <= most;
    }

    /** The bits of a text in the language that it is likeliest in. */
    private static int likeliest(String text) {
        int least = Integer.MAX_VALUE / 2;
        for (Language language : Language.values()) {
            least = Math.min(least, language.bits(text, least));
        }
        return least;
    }

    private static int sampleStart(byte[] bytes, int from, int to) {
        int first = from;
        while (first < to && bytes[first] >= 0) {
            first++;
        }
        return Math.max(from, first - CONTEXT_BYTES);
    }

    private static int highBytes(byte[] bytes, int from, int to) {
        int high = 0;
        for (int i = from; i < to; i++) {
            high += bytes[i] < 0 ? 1 : 0;
        }
        return high;
    }

    private static boolean lines(byte[] bytes, int from, int to) {
        return to - from <= MAX_BY_LINE && lineEnd(bytes, from, to) < to;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        return Math.min(to, end + 1);
    }

    /** Each line for itself: lists and virus scanners put footers of their own under a text. */
    private static TextCodec.Text byLine(byte[] bytes, int from, int to, TextCodec usual) {
        StringBuilder text = new StringBuilder(to - from);
        Candidate known = candidate(usual);
        int bad = 0;
        int guessed = 0;
        int at = from;
        while (at < to) {
            int end = lineEnd(bytes, at, to);
            TextCodec.Text line = usual.decode(bytes, at, end);
            boolean right = line.bad() == 0 && (known == null || looksRight(known.language, line.text()));
            if (!right && guessed < MAX_GUESSED_LINES) {
                guessed++;
                TextCodec.Text other = ofLine(bytes, at, end, usual);
                line = other.bad() <= line.bad() ? other : line;
            }
            text.append(line.text());
            bad += line.bad();
            at = end;
        }
        return new TextCodec.Text(text.toString(), bad);
    }

    private static TextCodec.Text ofLine(byte[] bytes, int from, int to, TextCodec usual) {
        if (Iso2022Jp.announced(bytes, from, to)) {
            return Iso2022Jp.CODEC.decode(bytes, from, to);
        }
        TextCodec.Text utf8 = Charsets.UTF_8.decode(bytes, from, to);
        return utf8.bad() == 0 ? utf8 : best(bytes, from, to, usual).decode(bytes, from, to);
    }

    /**
     * Looks whether bytes that can be what they are declared to be are likelier something else.
     *
     * @param declared what they are declared to be
     * @param text what they are then, without anything that is no character
     * @return what they are instead, or null
     */
    static TextCodec.@Nullable Text instead(byte[] bytes, int from, int to, TextCodec declared, TextCodec.Text text) {
        if (!single(declared)) {
            return null;
        }
        Candidate known = candidate(declared);
        boolean latin =
                declared.name().startsWith("windows-125") || declared.name().startsWith("ISO-8859-");
        Utf8Look look = Utf8Look.at(bytes, from, to);
        if (look.sure() && (latin || declared.name().startsWith("KOI8") || known == null)) {
            return Charsets.UTF_8.decode(bytes, from, to);
        }
        if (known == null) {
            return null;
        }
        boolean checked = known.language == Language.JAPANESE || known.language == Language.WESTERN || look.valid();
        if (!checked || (!look.sure() && looksRight(known.language, text.text()))) {
            return null;
        }
        TextCodec best = best(bytes, from, to, look.sure() ? null : declared);
        TextCodec.Text other = best.equals(declared) ? text : best.decode(bytes, from, to);
        boolean ofAsiaOrUtf8 =
                best.equals(Charsets.UTF_8) || best.equals(EucJp.CODEC) || best.equals(Charsets.windows31j());
        return !best.equals(declared) && other.bad() == 0 && ofAsiaOrUtf8 ? other : null;
    }

    /** Whether a text has the length that texts of the language have; then nothing else needs to be tried. */
    private static boolean looksRight(Language language, String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) < 0x80) {
            first++;
        }
        String sample = text.substring(first, Math.min(text.length(), first + SAMPLE_BYTES / 2));
        int other = 0;
        for (int i = 0; i < sample.length(); i++) {
            other += sample.charAt(i) >= 0x80 ? 1 : 0;
        }
        int usual = ASCII_BITS * (sample.length() - other) + language.usual() * other;
        return language.bits(sample, usual) <= usual;
    }
}

package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Headers written here in all the ways that the standards and programs allow are read as they were meant. */
class HeaderRoundTripTest {
    private static final List<String> WORDS =
            List.of("注文書", "テスト", "見積", "ご確認", "東京", "表", "ー", "A", "b-1", " ", "髙橋", "。", "第2版", "能", ".pdf", "資料");
    private static final List<String> CHARSETS = List.of("UTF-8", "ISO-2022-JP", "windows-31j", "EUC-JP", "GB18030");

    /**
     * A text in a character set.
     *
     * @param charset by the name of the JDK
     * @param text which has all its characters there
     */
    record Said(String charset, String text) {
        byte[] bytes() {
            return text.getBytes(Charset.forName(charset));
        }

        String label() {
            return charset.equals("windows-31j") ? "Shift_JIS" : charset;
        }
    }

    @Provide
    Arbitrary<Said> texts() {
        Arbitrary<String> words =
                Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(8).map(some -> "x" + String.join("", some) + "x");
        return Combinators.combine(Arbitraries.of(CHARSETS), words)
                .as((charset, text) -> new Said(charset, canBe(charset, text.replaceAll(" +", " "))));
    }

    @Provide
    Arbitrary<List<Said>> severalTexts() {
        return texts().list().ofMinSize(1).ofMaxSize(5);
    }

    private static String canBe(String charset, String wished) {
        var encoder = Charset.forName(charset).newEncoder();
        StringBuilder kept = new StringBuilder();
        wished.codePoints()
                .mapToObj(Character::toString)
                .filter(encoder::canEncode)
                .forEach(kept::append);
        return kept.toString();
    }

    private static List<byte[]> cut(byte[] bytes, Random random, int most) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = pieces.size() + 1 == most ? bytes.length : at + 1 + random.nextInt(bytes.length - at);
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private static boolean plain(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '.';
    }

    private static String percent(byte[] bytes, char escape) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(plain(b) ? String.valueOf((char) b) : String.format(Locale.ROOT, "%c%02X", escape, b & 0xff));
        }
        return text.toString();
    }

    /** RFC 2231 §4.1: the pieces come in any order, and those of ASCII only need no escapes. */
    private static String continued(Said name, Random random) {
        List<byte[]> pieces = cut(name.bytes(), random, 6);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            byte[] piece = pieces.get(i);
            boolean ascii = i > 0 && new String(piece, StandardCharsets.ISO_8859_1).matches("[A-Za-z0-9. -]+");
            String head = i == 0 ? name.label() + "'ja'" : "";
            written.add(
                    ascii && random.nextBoolean()
                            ? "; filename*" + i + "=\"" + new String(piece, StandardCharsets.US_ASCII) + "\""
                            : "; filename*" + i + "*=" + head + percent(piece, '%'));
        }
        Collections.shuffle(written, random);
        return String.join("\n ", written);
    }

    @Property(tries = 1000)
    void nameCutAnywhereIntoContinuationsIsReadAsItWasMeant(@ForAll("texts") Said name, @ForAll long seed) {
        String mail = "From: a@b.example\nContent-Type: a/b\nContent-Disposition: attachment"
                + continued(name, new Random(seed)) + "\n\nx";
        assertThat(Mails.read(mail).summary().attachments())
                .as(mail)
                .extracting(AttachmentSummary::name)
                .containsExactly(name.text);
    }

    /** RFC 2047, but cut inside characters, as many programs do; both encodings in turn. */
    private static String words(Said said, Random random) {
        List<String> words = new ArrayList<>();
        for (byte[] piece : cut(said.bytes(), random, 5)) {
            words.add(
                    random.nextBoolean()
                            ? "=?" + said.label() + "?B?" + Base64.getEncoder().encodeToString(piece) + "?="
                            : "=?" + said.label().toLowerCase(Locale.ROOT) + "?q?" + percent(piece, '=') + "?=");
        }
        return String.join(random.nextBoolean() ? "\r\n " : " ", words);
    }

    @Property(tries = 1000)
    void subjectCutInsideItsCharactersIsReadAsItWasMeant(@ForAll("texts") Said subject, @ForAll long seed) {
        String written = words(subject, new Random(seed));
        assertThat(Mails.subject(written)).as(written).isEqualTo(subject.text);
    }

    @Property(tries = 1000)
    void severalCharacterSetsAndPlainWordsInOneHeaderAreReadAsTheyWereMeant(
            @ForAll("severalTexts") List<Said> texts, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> written = new ArrayList<>();
        StringBuilder meant = new StringBuilder();
        boolean encoded = false;
        for (Said said : texts) {
            if (random.nextInt(3) == 0) {
                written.add("Re:");
                meant.append(meant.isEmpty() ? "" : " ").append("Re:");
                encoded = false;
            }
            written.add(words(said, random));
            meant.append(meant.isEmpty() || encoded ? "" : " ").append(said.text);
            encoded = true;
        }
        String subject = String.join("\n ", written);
        assertThat(Mails.subject(subject)).as(subject).isEqualTo(meant.toString());
    }

    /** A name as encoded words, in quotes, or as it stands. */
    private static String phrase(Said name, Random random) {
        boolean ascii = name.text.chars().allMatch(c -> c < 0x80);
        String written = ascii ? name.text : words(name, random);
        return random.nextBoolean() ? "\"" + written + "\"" : written;
    }

    @Property(tries = 1000)
    void groupsCommentsAndInternationalDomainsAreReadAsTheyWereMeant(
            @ForAll("severalTexts") List<Said> names, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> written = new ArrayList<>();
        List<Address> meant = new ArrayList<>();
        for (Said name : names) {
            List<String> domains = List.of("b.example", "xn--r8jz45g.jp", "例え.jp");
            String address = (random.nextBoolean() ? "a" : "注文") + meant.size() + "@"
                    + domains.get(random.nextInt(domains.size()));
            String comment = random.nextInt(3) == 0 ? " (at, work; (today))" : "";
            String raw = Mails.in("UTF-8", address);
            boolean named = random.nextBoolean();
            written.add(named ? phrase(name, random) + " <" + raw + ">" + comment : raw);
            meant.add(new Address(named ? name.text : null, address));
        }
        int group = random.nextInt(written.size() + 1);
        String to = String.join(", ", written.subList(0, group));
        String rest = "team: " + String.join(",\n ", written.subList(group, written.size())) + ";";
        String mail = "From: a@b.example\nTo: " + to + (to.isEmpty() ? "" : ", ") + rest + "\n\nx";
        assertThat(Mails.read(mail).summary().to()).as(mail).containsExactlyElementsOf(meant);
    }
}

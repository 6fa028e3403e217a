package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "注文書 2026年11月.pdf",
                "a-b_c (1).tar.gz",
                ".profile",
                "ｱｲｳ.csv",
                "請求書①.xlsx",
                "comma,b&c'd.txt",
                "console.txt",
                "com10.txt"
            })
    void safeNameStaysAsItIs(String name) {
        assertThat(SafeName.clean(name)).isEqualTo(name);
    }

    @Test
    void whatIsNotSafeIsCleaned() {
        assertThat(SafeName.clean("../../.ssh/authorized_keys")).isEqualTo("authorized_keys");
        assertThat(SafeName.clean("..\\..\\boot.ini")).isEqualTo("boot.ini");
        assertThat(SafeName.clean("C:\\Users\\x\\見積.xls")).isEqualTo("見積.xls");
        assertThat(SafeName.clean("C:evil.exe")).isEqualTo("evil.exe");
        assertThat(SafeName.clean("a\u0000b\r\nc\u202etxt.exe")).isEqualTo("abctxt.exe");
        assertThat(SafeName.clean("aa:b*c?d\"e<f>g|h")).isEqualTo("aa_b_c_d_e_f_g_h");
        assertThat(SafeName.clean(" a.txt. . ")).isEqualTo("a.txt");
        assertThat(SafeName.clean("か\u3099.txt")).isEqualTo("が.txt");
        assertThat(SafeName.clean("a\ud800b")).isEqualTo("a_b");
        for (String device : new String[] {"CON", "nul.txt", "Com1", "LPT9.tar.gz", "aux .txt", "COM¹", "CONIN$"}) {
            assertThat(SafeName.clean(device)).isEqualTo("_" + device);
        }
        for (String nothing : new String[] {"", ".", "..", "/", "a/", "\u202e", "...", " ", "C:"}) {
            assertThat(SafeName.clean(nothing)).isEqualTo("attachment");
        }
    }

    @Test
    void longNameIsCutBetweenCharactersAndKeepsItsExtension() {
        String name = SafeName.clean("あ".repeat(500) + ".pdf");
        assertThat(name).isEqualTo("あ".repeat(65) + ".pdf");
        assertThat(SafeName.clean("x".repeat(200))).hasSize(200);
        assertThat(SafeName.clean("x".repeat(201))).hasSize(200);
        assertThat(SafeName.clean("a." + "x".repeat(300))).hasSize(200);
        assertThat(SafeName.clean("𠮷".repeat(60)).codePoints().allMatch(c -> c == "𠮷".codePointAt(0)))
                .isTrue();
    }

    @Test
    void equalNamesOfOneMailAreNumbered() {
        SafeName.Folder folder = new SafeName.Folder();
        folder.reserve("body.txt");
        assertThat(folder.name("a.txt")).isEqualTo("a.txt");
        assertThat(folder.name("A.TXT")).isEqualTo("A (2).TXT");
        assertThat(folder.name("a (2).txt")).isEqualTo("a (2) (2).txt");
        assertThat(folder.name("a.txt")).isEqualTo("a (3).txt");
        assertThat(folder.name("Body.txt")).isEqualTo("Body (2).txt");
        assertThat(folder.name("")).isEqualTo("attachment");
        assertThat(folder.name("..")).isEqualTo("attachment (2)");
        String full = "あ".repeat(65) + ".pdf";
        assertThat(folder.name(full)).isEqualTo(full);
        assertThat(folder.name(full)).isEqualTo("あ".repeat(64) + " (2).pdf");
    }

    @Property(tries = 5000)
    void whateverIsDeclaredStaysInItsFolder(@ForAll String declared) {
        String name = SafeName.clean(declared);
        Path folder = Path.of("/save/mail");
        assertThat(folder.resolve(name).normalize().getParent()).isEqualTo(folder);
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(1, SafeName.MAX_BYTES);
        assertThat(SafeName.clean(name)).isEqualTo(name);
    }

    @Provide
    Arbitrary<String> hostileNames() {
        return Arbitraries.of(
                        "a",
                        "B",
                        "注",
                        "か",
                        "\u3099",
                        "🙂",
                        "é",
                        ".",
                        "..",
                        "/",
                        "\\",
                        ":",
                        "*",
                        " ",
                        "\u3000",
                        "\u00a0",
                        "\t",
                        "\n",
                        "\u0000",
                        "\u202e",
                        "\u2066",
                        "\u200f",
                        "\ufeff",
                        "\u2028",
                        "\ud800",
                        "con",
                        "NUL",
                        "com1",
                        "LPT\u00b9",
                        "aux.",
                        ".pdf",
                        ".tar.gz",
                        "~",
                        "-",
                        "$",
                        "\u0301",
                        "x".repeat(90),
                        "あ".repeat(80))
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3000)
    void cleanedNameIsSafeEverywhere(@ForAll("hostileNames") String declared) {
        String name = SafeName.clean(declared);
        assertThat(name.codePoints())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                .noneMatch(c -> "/\\:*?\"<>|".indexOf(c) >= 0)
                .noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
        assertThat(name).doesNotEndWith(".").doesNotEndWith(" ").doesNotStartWith(" ");
        assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC)).isTrue();
        assertThat(name.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip())
                .doesNotMatch("con|prn|aux|nul|(com|lpt)[1-9\u00b9\u00b2\u00b3]");
        assertThat(SafeName.clean(name)).isEqualTo(name);
        for (int number : new int[] {2, 10, 99_999}) {
            String other = SafeName.numbered(name, number);
            assertThat(other.getBytes(StandardCharsets.UTF_8).length).isBetween(1, SafeName.MAX_BYTES);
            assertThat(SafeName.clean(other)).isEqualTo(other);
        }
    }

    @Property(tries = 1000)
    void extensionOfALongNameIsKept(@ForAll @IntRange(min = 0, max = 400) int length, @ForAll boolean wide) {
        String name = SafeName.clean((wide ? "あ" : "a").repeat(length) + "x.tar.gz");
        assertThat(name).endsWith(".gz");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(SafeName.MAX_BYTES);
    }

    @Property(tries = 300)
    void namesOfOneFolderAreNeverEqual(@ForAll java.util.List<String> declared) {
        SafeName.Folder folder = new SafeName.Folder();
        Set<String> given = new HashSet<>();
        for (String name : declared) {
            assertThat(given.add(folder.name(name.substring(0, Math.min(1, name.length())))
                            .toLowerCase(Locale.ROOT)))
                    .isTrue();
        }
    }
}

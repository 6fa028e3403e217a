package ekiden.mail.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerWordsTest {
    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(String password, String words) {
        ServerWords server = new ServerWords();
        server.hide(password);
        return server.shown(words);
    }

    @Test
    void aPasswordThatIsQuotedIsLeftOut() {
        assertThat(shown("s3cret!", "bad line: LOGIN orders s3cret!")).isEqualTo("bad line: LOGIN orders …");
        assertThat(shown("s3cret!", "BAD LINE: LOGIN ORDERS S3CRET!")).isEqualTo("BAD LINE: LOGIN ORDERS …");
        assertThat(shown("a\"b\\c", "LOGIN \"orders\" \"a\\\"b\\\\c\"?")).isEqualTo("LOGIN \"orders\" \"…\"?");
        assertThat(shown("two\twords", "LOGIN orders two\twords")).isEqualTo("LOGIN orders …");
        assertThat(shown("合言葉です", "LOGIN orders 合言葉です")).isEqualTo("LOGIN orders …");
    }

    @Test
    void itsBase64IsLeftOutToo() {
        assertThat(shown("s3cret!", "bad answer " + base64("s3cret!")))
                .doesNotContain(base64("s3cret!").substring(0, 8));
        ServerWords server = new ServerWords();
        String plain = base64("\0orders\0s3cret!");
        server.hideSent(plain);
        assertThat(server.shown("bad line AUTH PLAIN " + plain))
                .startsWith("bad line AUTH PLAIN …")
                .doesNotContain("b3Jk");
        assertThat(server.shown("bad line AUTH PLAIN " + plain.substring(0, 12) + "..."))
                .isEqualTo("bad line AUTH PLAIN ......".replace("......", "…..."));
    }

    @Test
    void itsBase64InsideOfAnythingIsLeftOut() {
        for (String user : List.of("a", "ab", "abc", "taro")) {
            for (String behind : List.of("", "\1", "\1\1")) {
                String said = base64("\0" + user + "\0s3cret-word" + behind);
                String shown = shown("s3cret-word", "you said " + said);
                // the first and the last character belong to its neighbours as well
                assertThat(shown).as(said).contains("…").hasSizeLessThan("you said ".length() + said.length() - 11);
            }
        }
    }

    @Test
    void theBeginOfATokenThatTheServerCutIsLeftOut() {
        String token = "ya29.A0ARrdaM-k9Vq7GzY2pL4mQf8sN1xT6bHv3c";
        assertThat(shown(token, "bearer " + token.substring(0, 20))).isEqualTo("bearer …");
    }

    @Test
    void aSecretThatIsFoldedIntoLinesIsLeftOutWhereverTheyEnd() {
        ServerWords server = new ServerWords();
        String plain = base64("\0orders\0s3cret!-Of-Some-Length");
        server.hide("s3cret!-Of-Some-Length");
        server.hideSent(plain);
        String said = "AUTH PLAIN " + plain;
        for (int columns = 7; columns < said.length(); columns++) {
            String folded = said.replaceAll("(.{" + columns + "})", "$1\r\n");
            String shown = server.shown("not accepted: " + folded).replace(" ", "");
            assertThat(shown).as(folded).isEqualTo("notaccepted:AUTHPLAIN…");
        }
    }

    @Test
    void aPieceOutOfTheMiddleIsLeftOut() {
        String secret = "correct-horse-battery";
        assertThat(shown(secret, "near 'ct-hor' in it")).isEqualTo("near '…' in it");
        assertThat(shown(secret, "near 'ct-ho' in it")).isEqualTo("near 'ct-ho' in it");
        assertThat(shown(secret, "near CT-\r\nHOR in it")).isEqualTo("near … in it");
        assertThat(shown("word", "pass=wo\r\nrd;")).isEqualTo("pass=…;");
    }

    @Test
    void aShortPasswordDoesNotSpoilOtherWords() {
        assertThat(shown("a", "accepted by a server")).isEqualTo("accepted by … server");
        assertThat(shown("abc", "password=abc;")).isEqualTo("password=…;");
    }

    @Test
    void nothingIsHiddenWhereNothingWasSaid() {
        ServerWords server = new ServerWords();
        server.hide("");
        server.hideSent("=");
        assertThat(server.shown("2.0.0 Ok: queued as = 4C1\r\n")).isEqualTo("2.0.0 Ok: queued as = 4C1");
    }

    @Test
    void aLineIsCutBehindWhatIsLeftOut() {
        assertThat(new ServerWords().shown("x".repeat(ServerWords.SHOWN))).hasSize(ServerWords.SHOWN);
        assertThat(new ServerWords().shown("x".repeat(ServerWords.SHOWN + 1)))
                .hasSize(ServerWords.SHOWN + 1)
                .endsWith("x…");
        String secret = "s3cret!-of-some-length";
        String words = "x".repeat(ServerWords.SHOWN - 5) + secret + " y".repeat(9);
        assertThat(shown(secret, words)).doesNotContain("s3c").endsWith("x… y y…");
    }
}

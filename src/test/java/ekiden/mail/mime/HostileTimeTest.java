package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input made to be slow is not: each would take minutes if anything were searched again from the same place. */
class HostileTimeTest {
    private static final int HEADER = 200_000;
    private static final int BODY = 3_000_000;

    private static String filled(String piece, int length) {
        return piece.repeat(length / piece.length());
    }

    @Test
    @Timeout(5)
    void colonsBehindAnAddress() {
        for (String begun : new String[] {"<a@b.example>", "x".repeat(100_000) + "@b.example"}) {
            String mail = "From: " + begun + ":".repeat(150_000) + "\n\n";
            assertThat(Mails.reading(Mails.bytes(mail), MimeLimits.DEFAULT)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?a?q?",
                "=?=?",
                "\"",
                "\\\"",
                "(",
                "<",
                ",",
                ":",
                "a ",
                "=?utf-8?q?a?= ",
                "\u001b$B",
                "\u001b",
                "@",
                "\u0082",
                "\u00a4\u00a2 ",
                "<a>",
                "\"\\",
                "(\\",
                "=?utf-8?q?a?=41",
                "=?x?b?4?= ",
                "=?x-nobody?b?gqA?= ",
                "\u001b$B\u00a4\n ",
                "\u0082\u00a0\n ",
                "\u00c3\u00bd\u00c4",
                "\u00b6\u00de"
            })
    @Timeout(20)
    void header(String piece) {
        for (String field : new String[] {"Subject", "From", "Content-Type: a/b; name", "Date"}) {
            String separator = field.contains(":") ? "=\"" : ": ";
            Reading reading =
                    Mails.reading(Mails.bytes(field + separator + filled(piece, HEADER) + "\n\nx"), MimeLimits.DEFAULT);
            assertThat(reading).isNotNull();
        }
    }

    /** The JDK's own small letters look around at each capital sigma. */
    @Test
    @Timeout(20)
    void capitalSigmasWhereWordsHaveNoCase() {
        String sigmas = filled("\u00ce\u00a3.", HEADER);
        for (String field : new String[] {
            "Content-Type: text/",
            "Content-Type: a/b; ",
            "Content-Disposition: ",
            "Content-Transfer-Encoding: ",
            "From: ",
            "Date: 1 "
        }) {
            assertThat(Mails.reading(Mails.bytes(field + sigmas + "=x\n\nx"), MimeLimits.DEFAULT))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk\n", "a;b*0=c;", ";;", "name*0*=a;", "x=\"\\\" "})
    @Timeout(20)
    void manyLinesAndParameters(String piece) {
        assertThat(Mails.reading(Mails.bytes("A: b\n" + filled(piece, HEADER) + "\nFrom: x\n\n"), MimeLimits.DEFAULT))
                .isNotNull();
        assertThat(Mails.reading(
                        Mails.bytes("Content-Type: a/b;" + filled(piece.replace('\n', ' '), HEADER) + "\n\n"),
                        MimeLimits.DEFAULT))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<a",
                "<a ",
                "<a '",
                "<!--",
                "&",
                "&#",
                "</",
                "<script>",
                "<title>",
                "<p>",
                "<td>",
                "<li>",
                "<a href=http://x>",
                "</a>",
                "<pre>",
                " ",
                "<a \">",
                "<br>",
                "&nbsp;",
                "<div style='display:none'>",
                "<div hidden><p hidden>",
                "<x1 hidden><x2 hidden><x3 hidden><x4 hidden><x5 hidden><x6 hidden>",
                "<blockquote>x",
                "<ol><li>x",
                "<div hidden></div>",
                "</blockquote></ul>",
                "<template>"
            })
    @Timeout(20)
    void html(String piece) {
        HtmlText.of(filled(piece, BODY));
        HtmlText.of("<a href=\"http://" + "a".repeat(1900) + "b\">" + filled("a", BODY) + "</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin 644 a\n",
                "begin 644 a\n#0V%T\n`\nend\n",
                "begin 644 a\n#0V%T\n",
                "begin 644 a\n" + "M",
                "x \n",
                "> \n",
                ">",
                "-- \n"
            })
    @Timeout(20)
    void text(String piece) {
        String mail = "Content-Type: text/plain; format=flowed\n\n" + filled(piece, BODY);
        assertThat(Mails.reading(Mails.bytes(mail), MimeLimits.DEFAULT)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--\n",
                "--b\n",
                "-",
                "\n--x",
                "--b--\n",
                "\r",
                "--b\nContent-Type: multipart/mixed; boundary=c\n\n",
                "--b\n\nbegin 644 a\n",
                "--b\n\nbegin 644 a\n#0V%T\n`\nend\n",
                "> \n"
            })
    @Timeout(20)
    void body(String piece) {
        String mail = "Content-Type: multipart/mixed; boundary=b\n\n" + filled(piece, BODY);
        assertThat(Mails.reading(Mails.bytes(mail), MimeLimits.DEFAULT)).isNotNull();
    }
}

package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
    @Test
    void blocksBecomeLines() {
        assertThat(HtmlText.of("<html><body><h1>T</h1>\n<p>a\n b</p><div>c</div><div>d<br>e</div></body></html>"))
                .isEqualTo("T\n\na b\n\nc\nd\ne");
    }

    @Test
    void listsAndTablesStayReadable() {
        assertThat(HtmlText.of("<ul><li>a</li><li>b</li></ul>")).isEqualTo("- a\n- b");
        assertThat(HtmlText.of("<table><tr><th>品名</th><th>数</th></tr><tr><td>紙</td><td>3</td></tr></table>"))
                .isEqualTo("品名\t数\n紙\t3");
    }

    @Test
    void linkShowsWhereItLeads() {
        assertThat(HtmlText.of("<a href=\"https://x.example/a?b&amp;c\">here</a>."))
                .isEqualTo("here <https://x.example/a?b&c>.");
        assertThat(HtmlText.of("<a href='https://x.example'>https://x.example</a>"))
                .isEqualTo("https://x.example");
        assertThat(HtmlText.of("<a href=mailto:a@b>mail</a>")).isEqualTo("mail");
    }

    @Test
    void whatIsNotShownIsLeftOut() {
        assertThat(HtmlText.of("<style>p{}</style><script>if (a<b) x()</script><!-- no -->yes"))
                .isEqualTo("yes");
    }

    @Test
    void entitiesAreRead() {
        assertThat(HtmlText.of("&lt;&#27880;&#x6587;&gt; &nbsp;&yen;5 &unknown; a&b &amp"))
                .isEqualTo("<注文> ¥5 &unknown; a&b &amp");
    }

    @Test
    void preformattedTextKeepsItsLines() {
        assertThat(HtmlText.of("<pre>a  b\nc</pre>d")).isEqualTo("a  b\nc\nd");
    }

    @Test
    void lessThanSignIsText() {
        assertThat(HtmlText.of("1 < 2 and 3>2")).isEqualTo("1 < 2 and 3>2");
    }

    @Test
    void listsHaveNumbersAndStandInEachOther() {
        assertThat(HtmlText.of("<ol><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ol><p>f"))
                .isEqualTo("1. a\n2. b\n  - c\n  - d\n3. e\n\nf");
    }

    @Test
    void quoteIsMarked() {
        assertThat(HtmlText.of("<p>I:</p><blockquote><p>you<br>said</p><blockquote>he</blockquote></blockquote>no"))
                .isEqualTo("I:\n\n> you\n> said\n\n> > he\n\nno");
    }

    @Test
    void hiddenElementsAreLeftOut() {
        assertThat(HtmlText.of("<div style='display: none'>pre<div>view</div></div><p hidden>x</p>"
                        + "<span style=\"VISIBILITY:hidden\">y</span><p class='is hidden'>seen</p>"))
                .isEqualTo("seen");
        assertThat(HtmlText.of("<div style='display:none'>never closed")).isEqualTo("never closed");
    }

    @Test
    void titleAndTemplateAreLeftOut() {
        assertThat(HtmlText.of("<head><title>T</title></head><template><p>t</p></template>text"))
                .isEqualTo("text");
    }

    @Test
    void numbersOfWindows1252AreWhatTheyMean() {
        assertThat(HtmlText.of("&#146;&#x80;&#8217;&#129;.")).isEqualTo("’€’.");
    }

    @Test
    void linkAroundAnImageShowsItsAddress() {
        assertThat(HtmlText.of("<p>a</p><a href='https://x.example'><img src=i></a>"))
                .isEqualTo("a\n\n<https://x.example>");
    }

    @Test
    void nestedListsAndQuotesDoNotGrowTheTextWithoutEnd() {
        for (String piece : new String[] {"<blockquote><ul><li>", "<br>x"}) {
            String html = "<blockquote>".repeat(20) + piece.repeat(100_000) + "x";
            assertThat(HtmlText.of(html).length()).as(piece).isLessThan(2 * html.length());
        }
    }
}

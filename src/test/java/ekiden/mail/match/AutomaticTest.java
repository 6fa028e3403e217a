package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Include;
import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticTest {
    private static final MailSummary MAIL = MatcherTest.mail("a@b", "注文");

    private static HeaderValues header(String lines) {
        return name -> {
            List<String> values = new ArrayList<>();
            for (String line : lines.split(" / ")) {
                int colon = line.indexOf(':');
                if (colon > 0
                        && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                    values.add(line.substring(colon + 1).strip());
                }
            }
            return values;
        };
    }

    private static boolean automatic(String lines) {
        return Automatic.sign(header(lines), MAIL, null) != null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Auto-Submitted: auto-replied (vacation)                                      | true
            Auto-Submitted: Auto-Replied; x=y                                            | true
            Auto-Submitted: auto-generated                                               | false
            Auto-Submitted: no                                                           | false
            Content-Type: multipart/report; report-type=delivery-status                  | true
            Content-Type: multipart/mixed                                                | false
            X-Autoreply: yes                                                             | true
            X-Auto-Reply: no                                                             | false
            X-Auto-Reply: No (this is written by a person)                               | false
            X-Autorespond: FALSE                                                         | false
            X-Autoresponder: 0                                                           | false
            X-Autoreply: none; x=y                                                       | false
            X-Autoreply: no / X-Autoreply: yes                                           | true
            X-Autorespond: Nobody is in the office                                       | true
            Precedence: auto_reply                                                       | true
            Precedence: bulk                                                             | false
            Precedence: list                                                             | false
            Precedence: bulk / In-Reply-To: <1@x>                                        | true
            Precedence: junk / References: <1@x>                                         | true
            Precedence: bulk / In-Reply-To: <1@x> / List-Id: <l.x>                       | false
            Return-Path: <>                                                              | false
            Return-Path: <> / In-Reply-To: <1@x>                                         | true
            Return-Path: <a@b> / In-Reply-To: <1@x>                                      | false
            X-Auto-Response-Suppress: All                                                | false
            X-Auto-Response-Suppress: All / Auto-Submitted: auto-generated               | false
            X-Auto-Response-Suppress: All / Auto-Submitted: auto-generated / In-Reply-To: <1@x> | true
            Auto-Submitted: auto-generated / In-Reply-To: <1@x>                          | false
            """)
    void answersOfMachinesAreKnownAndOrdersOfMachinesAreNot(String lines, boolean expected) {
        assertThat(automatic(lines)).isEqualTo(expected);
    }

    @Test
    void bounceIsKnownByItsAuthor() {
        assertThat(Automatic.sign(header(""), MatcherTest.mail("MAILER-DAEMON@mx.example", ""), null))
                .isNotNull();
        assertThat(Automatic.sign(header(""), MatcherTest.mail("Mailer-Daemon", ""), null))
                .isNotNull();
        assertThat(Automatic.sign(header(""), MatcherTest.mail("mailer-daemons@mx.example", ""), null))
                .isNull();
    }

    @Test
    void envelopeSaysMoreThanAReturnPathThatAnybodyCanWrite() {
        HeaderValues answer = header("Return-Path: <> / In-Reply-To: <1@x>");
        assertThat(Automatic.sign(answer, MAIL, "a@b")).isNull();
        assertThat(Automatic.sign(header("In-Reply-To: <1@x>"), MAIL, "")).isNotNull();
    }

    @Test
    void mailThatGoesRoundInCirclesIsKnown() {
        assertThat(automatic(String.join(" / ", Collections.nCopies(100, "Received: x"))))
                .isFalse();
        assertThat(automatic(String.join(" / ", Collections.nCopies(101, "Received: x"))))
                .isTrue();
    }

    private static List<String> taken(Conditions conditions, TestedMail mail) {
        return new WatchSet(Map.of("w", conditions)).matching(mail);
    }

    @Test
    void automaticMailIsTakenOnlyByWhoAsksForIt() {
        TestedMail reply = TestedMail.whole(MAIL, "", header("Auto-Submitted: auto-replied"), 1);
        assertThat(taken(Conditions.ANY, reply)).isEmpty();
        assertThat(taken(Conditions.ANY.including(List.of(Include.OWN)), reply)).isEmpty();
        assertThat(taken(Conditions.ANY.including(List.of(Include.AUTOMATIC)), reply))
                .containsExactly("w");
        MatchResult why = Matcher.test(Conditions.ANY, reply);
        assertThat(why.missed()).singleElement().satisfies(one -> {
            assertThat(one.field()).isEqualTo(MatchResult.Field.AUTOMATIC);
            assertThat(one.seen()).isEqualTo("Auto-Submitted: auto-replied");
        });
    }

    @Test
    void mailOfThisEkidenIsTakenOnlyByWhoAsksForItAndThatOfAnotherOneByAll() {
        MailSummary sent = new MailSummary(
                List.of(),
                List.of(),
                List.of(),
                "注文",
                null,
                "<1@0123456789ab.ekiden>",
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        TestedMail mail = TestedMail.whole(sent, "", name -> List.of(), 1);
        TestedMail own = mail.within(null, new Surroundings("0123456789ab.ekiden", null));
        TestedMail others = mail.within(null, new Surroundings("ba9876543210.ekiden", null));
        assertThat(taken(Conditions.ANY, own)).isEmpty();
        assertThat(taken(Conditions.ANY.including(List.of(Include.OWN)), own)).containsExactly("w");
        assertThat(taken(Conditions.ANY, others)).containsExactly("w");
        assertThat(taken(Conditions.ANY, mail)).containsExactly("w");
    }

    @Test
    void headerOfABodyThatNobodyWantsIsEnough() {
        TestedMail header = TestedMail.header(MAIL, header("Auto-Submitted: auto-replied"), 1, Surroundings.NONE);
        Conditions text = new Conditions(List.of(), List.of(), List.of("x"));
        assertThat(new WatchSet(Map.of("w", text)).mayMatch(header)).isFalse();
    }
}

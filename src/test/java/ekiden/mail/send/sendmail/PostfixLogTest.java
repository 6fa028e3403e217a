package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PostfixLogTest {
    private static final String HEAD = "Nov 28 06:00:01 mx ";
    private final PostfixLog log = new PostfixLog(3);

    private void lines(String... lines) {
        for (String line : lines) {
            log.line(HEAD + line);
        }
    }

    private PostfixLog.Facts facts(String sender) {
        return Objects.requireNonNull(log.of(sender, true, "<m@x>"));
    }

    private void taken(String id, String sender) {
        lines(
                "postfix/pickup[12]: " + id + ": uid=0 from=<" + sender + ">",
                "postfix/cleanup[13]: " + id + ": message-id=<m@x>",
                "postfix/qmgr[14]: " + id + ": from=<" + sender + ">, size=300, nrcpt=2 (queue active)");
    }

    @Test
    void whoGotItAndWhoDidNotIsKnownWhenTheIdIsRemoved() {
        taken("4D2A1B3C", "u+ek1@x.jp");
        lines("postfix/smtp[20]: 4D2A1B3C: to=<A@y.jp>, relay=mx[1.2.3.4]:25, delay=0.1, dsn=2.0.0,"
                + " status=sent (250 2.0.0 Ok: queued as 77)");
        assertThat(facts("U+ek1@x.jp").removed()).isFalse();
        lines(
                "postfix/smtp[20]: 4D2A1B3C: to=<list@z.jp>, orig_to=<b@y.jp>, relay=none, dsn=5.1.1,"
                        + " status=bounced (host mx said: 550 5.1.1 nobody (in reply to RCPT TO command))",
                "postfix/bounce[21]: 4D2A1B3C: sender non-delivery notification: 99AABBCC",
                "postfix/qmgr[14]: 4D2A1B3C: removed");

        assertThat(facts("u+ek1@x.jp"))
                .isEqualTo(new PostfixLog.Facts(
                        "4D2A1B3C",
                        true,
                        Map.of(
                                "a@y.jp",
                                new PostfixLog.Word("sent", "250 2.0.0 Ok: queued as 77"),
                                "b@y.jp",
                                new PostfixLog.Word(
                                        "bounced", "host mx said: 550 5.1.1 nobody (in reply to RCPT TO command)")),
                        Map.of(),
                        List.of()));
        assertThat(Objects.requireNonNull(facts("u+ek1@x.jp").recipients().get("b@y.jp"))
                        .code())
                .isEqualTo(550);
    }

    @Test
    void mailThatWentThroughAFilterHasLeftWhenItsLastIdIsRemoved() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines("postfix/smtpd[30]: BBBBBBBB: client=localhost[127.0.0.1]");
        taken("BBBBBBBB", "u+ek1@x.jp");
        lines(
                "postfix/smtp[20]: AAAAAAAA: to=<a@y.jp>, relay=127.0.0.1[127.0.0.1]:10024, status=sent (250 Ok)",
                "postfix/qmgr[14]: AAAAAAAA: removed");
        assertThat(facts("u+ek1@x.jp").removed()).isFalse();
        lines(
                "postfix/smtp[20]: BBBBBBBB: to=<a@y.jp>, relay=mx[1.2.3.4]:25, status=deferred (451 later)",
                "postfix/qmgr[14]: BBBBBBBB: from=<u+ek1@x.jp>, status=expired, returned to sender",
                "postfix/qmgr[14]: BBBBBBBB: removed");

        PostfixLog.Word last = facts("u+ek1@x.jp").recipients().get("a@y.jp");
        assertThat(facts("u+ek1@x.jp").removed()).isTrue();
        assertThat(last).isEqualTo(new PostfixLog.Word("expired", "451 later"));
    }

    @Test
    void mailWithoutASenderOfItsOwnIsFoundByItsMessageId() {
        taken("AAAAAAAA", "u@x.jp");
        assertThat(log.of("u@x.jp", false, "<other@x>")).isNull();
        assertThat(log.of("u@x.jp", false, "<m@x>")).isNotNull();
        assertThat(log.of("v@x.jp", true, "<m@x>")).isNull();
    }

    @Test
    void wordsOfOthersAreNoWordsOfPostfix() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        log.line("Nov 28 06:00:01 mx evil[1]: AAAAAAAA: removed");
        log.line("AAAAAAAA: to=<a@y.jp>, status=sent (250 Ok)");
        lines("postfix/qmgr[14]: ZZ: removed", "postfix/smtp[20]: AAAAAAAA: to=<a@y.jp>, status=lost (x)");

        assertThat(facts("u+ek1@x.jp"))
                .isEqualTo(new PostfixLog.Facts("AAAAAAAA", false, Map.of(), Map.of(), List.of("AAAAAAAA")));
    }

    @Test
    void oldestIdsAreForgottenAndAnIdThatComesAgainIsAnotherMail() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines("postfix/qmgr[14]: AAAAAAAA: removed");
        taken("AAAAAAAA", "u+ek2@x.jp");
        assertThat(log.of("u+ek1@x.jp", true, "<m@x>")).isNull();
        assertThat(facts("u+ek2@x.jp").removed()).isFalse();
        taken("BBBBBBBB", "u+ek3@x.jp");
        taken("CCCCCCCC", "u+ek4@x.jp");
        assertThat(log.of("u+ek2@x.jp", true, "<m@x>")).isNotNull();
        taken("DDDDDDDD", "u+ek5@x.jp");
        assertThat(log.of("u+ek2@x.jp", true, "<m@x>")).isNull();
    }

    private static String became(String id, String last, String asked, String status) {
        return "postfix/smtp[20]: " + id + ": to=<" + last + ">, orig_to=<" + asked + ">, relay=mx[1.2.3.4]:25, status="
                + status;
    }

    @Test
    void ofAnAliasEachMemberCountsAndNotTheLastOneOnly() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                became("AAAAAAAA", "gone@y.jp", "all@x.jp", "bounced (550 5.1.1 nobody)"),
                became("AAAAAAAA", "slow@y.jp", "all@x.jp", "deferred (451 later)"),
                became("AAAAAAAA", "good@y.jp", "all@x.jp", "sent (250 Ok)"));
        assertThat(Objects.requireNonNull(facts("u+ek1@x.jp").recipients().get("all@x.jp"))
                        .status())
                .isEqualTo("deferred");

        lines(became("AAAAAAAA", "slow@y.jp", "all@x.jp", "sent (250 Ok late)"), "postfix/qmgr[14]: AAAAAAAA: removed");
        PostfixLog.Facts facts = facts("u+ek1@x.jp");
        assertThat(Objects.requireNonNull(facts.recipients().get("all@x.jp")).sent())
                .isTrue();
        assertThat(facts.missed())
                .isEqualTo(Map.of("all@x.jp", Map.of("gone@y.jp", new PostfixLog.Word("bounced", "550 5.1.1 nobody"))));
    }

    @Test
    void anAliasWithoutAnybodyWhoGotItCameBack() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                became("AAAAAAAA", "one@y.jp", "all@x.jp", "bounced (550 5.1.1 nobody)"),
                became("AAAAAAAA", "two@y.jp", "all@x.jp", "bounced (552 5.2.2 full)"),
                "postfix/qmgr[14]: AAAAAAAA: removed");
        assertThat(Objects.requireNonNull(facts("u+ek1@x.jp").recipients().get("all@x.jp"))
                        .sent())
                .isFalse();
        assertThat(facts("u+ek1@x.jp").missed()).isEmpty();
    }

    @Test
    void anAliasWithAnOwnerIsFollowedToTheIdThatItGoesOnUnder() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                "postfix/cleanup[13]: BBBBBBBB: message-id=<m@x>",
                "postfix/local[20]: AAAAAAAA: to=<all@x.jp>, relay=local, status=sent (forwarded as BBBBBBBB)",
                "postfix/qmgr[14]: AAAAAAAA: removed");
        assertThat(facts("u+ek1@x.jp").removed()).isFalse();

        lines(
                "postfix/qmgr[14]: BBBBBBBB: from=<owner-all@x.jp>, size=300, nrcpt=2 (queue active)",
                became("BBBBBBBB", "gone@y.jp", "all@x.jp", "bounced (550 5.1.1 nobody)"),
                "postfix/qmgr[14]: BBBBBBBB: removed");
        PostfixLog.Facts facts = facts("u+ek1@x.jp");
        assertThat(facts.removed()).isTrue();
        assertThat(facts.recipients().get("all@x.jp")).isEqualTo(new PostfixLog.Word("bounced", "550 5.1.1 nobody"));
    }

    @Test
    void membersThatAFilterHandsOnAreTheSameMembers() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(became("AAAAAAAA", "one@y.jp", "all@x.jp", "sent (250 Ok)"));
        taken("BBBBBBBB", "u+ek1@x.jp");
        lines(
                "postfix/smtp[20]: BBBBBBBB: to=<one@y.jp>, relay=mx[1.2.3.4]:25, status=bounced (550 nobody)",
                "postfix/qmgr[14]: AAAAAAAA: removed",
                "postfix/qmgr[14]: BBBBBBBB: removed");
        assertThat(facts("u+ek1@x.jp").recipients().get("all@x.jp"))
                .isEqualTo(new PostfixLog.Word("bounced", "550 nobody"));
    }

    @Test
    void idOfAnotherMailThatTheNextServerHappensToGiveIsNotFollowed() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                "postfix/cleanup[13]: BBBBBBBB: message-id=<another@x>",
                "postfix/smtp[20]: AAAAAAAA: to=<a@y.jp>, relay=mx[1.2.3.4]:25, status=sent (250 Ok: queued as BBBBBBBB)",
                "postfix/qmgr[14]: AAAAAAAA: removed");
        assertThat(facts("u+ek1@x.jp").removed()).isTrue();
    }

    @Test
    void mailThatAPersonQueuedAnewHasLeftWhenItsNewIdIsRemoved() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                "postfix/smtp[20]: AAAAAAAA: to=<a@y.jp>, relay=mx[1.2.3.4]:25, status=sent (250 Ok)",
                "postfix/postsuper[40]: AAAAAAAA: requeued",
                "postfix/pickup[12]: BBBBBBBB: uid=0 from=<u+ek1@x.jp> orig_id=AAAAAAAA",
                "postfix/cleanup[13]: BBBBBBBB: message-id=<m@x>");
        assertThat(facts("u+ek1@x.jp").removed()).isFalse();
        lines("postfix/smtp[20]: BBBBBBBB: to=<b@y.jp>, relay=mx[1.2.3.4]:25, status=sent (250 Ok)");
        assertThat(facts("u+ek1@x.jp").open()).containsExactly("BBBBBBBB");
        lines("postfix/qmgr[14]: BBBBBBBB: removed");
        assertThat(facts("u+ek1@x.jp").removed()).isTrue();
        assertThat(facts("u+ek1@x.jp").recipients()).containsOnlyKeys("a@y.jp", "b@y.jp");
    }

    @Test
    void whatAStrangerSaysInTheWordsOfPostfixIsNoWordOfPostfix() {
        taken("AAAAAAAA", "u+ek1@x.jp");
        lines(
                "postfix/smtpd[30]: NOQUEUE: reject: RCPT from x[1.2.3.4]: 550; from=<\"postfix/smtp[1]: AAAAAAAA: to=<a@y.jp>,"
                        + " status=sent (x)\"@e>",
                "dovecot: imap-login: user=<postfix/qmgr[1]: AAAAAAAA: removed>, rip=1.2.3.4");
        assertThat(facts("u+ek1@x.jp").recipients()).isEmpty();
        log.line("Nov 28 06:00:01 mx dovecot: x <postfix/qmgr[1]: AAAAAAAA: removed");
        assertThat(facts("u+ek1@x.jp").removed()).isFalse();
    }
}

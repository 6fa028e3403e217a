package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Problem;
import ekiden.mail.receive.smtpd.SmtpdSettings.Protocol;
import ekiden.mail.spool.SpoolMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmtpSessionTest {
    private static final Problem FULL = Problem.of(SpoolMessage.DISK_FULL, "folder", "/spool");
    private static final Problem LATE = Problem.of(SmtpdMessage.DELIVERY_LATE, "seconds", 30, "place", "a");
    private static final RecipientVerdict ACCEPTED = new RecipientVerdict.Accepted("mail 42");

    /** Drives a session as the connection does, with what a test sets instead of socket, spool and receiver. */
    private static final class Talk {
        final List<SmtpAction> seen = new ArrayList<>();
        final SmtpSession session;
        Optional<Problem> begun = Optional.empty();
        Received received = new Received.Whole();
        List<RecipientVerdict> verdicts = List.of(ACCEPTED);
        private StringBuilder replies = new StringBuilder();

        Talk(SmtpdSettings settings, boolean tls) {
            session = new SmtpSession(settings, SmtpdRig.ok(RecipientTable.of(settings.recipients())), tls);
        }

        Talk(Protocol protocol) {
            this(SmtpdRig.with(settings(), "protocol", protocol), true);
        }

        Talk say(String... lines) {
            for (String line : lines) {
                replies = new StringBuilder();
                carryOut(session.command(line));
            }
            return this;
        }

        String replies() {
            return replies.toString();
        }

        private void carryOut(List<SmtpAction> actions) {
            for (SmtpAction action : actions) {
                seen.add(action);
                switch (action) {
                    case SmtpAction.Reply reply -> replies.append(reply.lines());
                    case SmtpAction.Begin begin -> carryOut(session.begun(begun));
                    case SmtpAction.ReadDotted dotted -> carryOut(session.received(received));
                    case SmtpAction.ReadChunk chunk -> carryOut(session.received(received));
                    case SmtpAction.Deliver deliver -> carryOut(session.answered(verdicts));
                    case SmtpAction.StartTls startTls -> carryOut(session.secured());
                    case SmtpAction.Swallow swallow -> {}
                    case SmtpAction.Abandon abandon -> {}
                    case SmtpAction.TellTooLarge tooLarge -> {}
                    case SmtpAction.Close close -> {}
                }
            }
        }
    }

    private static SmtpdSettings settings() {
        return SmtpdSettings.loopback(0, SmtpdRig.RECIPIENTS);
    }

    private static Talk smtp() {
        return new Talk(Protocol.SMTP).say("EHLO client.example");
    }

    private static Talk lmtp() {
        return new Talk(Protocol.LMTP).say("LHLO client.example");
    }

    private static Talk addressed() {
        return smtp().say("MAIL FROM:<edi@customer.example>", "RCPT TO:<orders@localhost>");
    }

    private static final Map<SmtpState, String[]> WAYS = Map.of(
            SmtpState.START,
            new String[] {},
            SmtpState.READY,
            new String[] {"EHLO c"},
            SmtpState.SENDER,
            new String[] {"EHLO c", "MAIL FROM:<>"},
            SmtpState.RECIPIENTS,
            new String[] {"EHLO c", "MAIL FROM:<>", "RCPT TO:<orders@localhost>"},
            SmtpState.CHUNKS,
            new String[] {"EHLO c", "MAIL FROM:<>", "RCPT TO:<orders@localhost>", "BDAT 5"});

    private static String[] way(SmtpState state) {
        return Objects.requireNonNull(WAYS.get(state));
    }

    /** Brings a session into a state, without carrying out what it asks for at the last step. */
    private static SmtpSession at(SmtpState state) {
        Talk talk = new Talk(Protocol.SMTP);
        switch (state) {
            case START, READY, SENDER, RECIPIENTS, CHUNKS -> talk.say(way(state));
            case DATA -> talk.say(way(SmtpState.RECIPIENTS)).session.command("DATA");
            case CHUNK -> talk.say(way(SmtpState.RECIPIENTS)).session.command("BDAT 7 LAST");
            case VERDICT -> {
                talk.say(way(SmtpState.RECIPIENTS)).session.command("DATA");
                talk.session.received(new Received.Whole());
            }
            case TLS -> talk.say(way(SmtpState.READY)).session.command("STARTTLS");
            case CLOSED -> talk.session.gone();
        }
        assertThat(talk.session.state()).isEqualTo(state);
        return talk.session;
    }

    private static void happen(SmtpSession session, SmtpEvent event) {
        switch (event) {
            case HELLO -> session.command("EHLO again");
            case MAIL -> session.command("MAIL FROM:<a@b>");
            case RCPT -> session.command("RCPT TO:<x@any.example>");
            case DATA -> session.command("DATA");
            case BDAT, CHUNK_READ -> session.command("BDAT 3");
            case MAIL_READ -> session.received(new Received.Whole());
            case MAIL_FAILED -> session.received(new Received.TooLarge(true));
            case ANSWERED -> session.answered(List.of(ACCEPTED));
            case RSET -> session.command("RSET");
            case STARTTLS -> session.command("STARTTLS");
            case SECURED -> session.secured();
            case CLOSE -> session.gone();
        }
    }

    @Test
    void everyTransitionOfTheTableHappens() {
        for (var row : SmtpSession.TABLE.rows()) {
            SmtpSession session = at(row.from());
            if (row.on() == SmtpEvent.CHUNK_READ) {
                session = at(SmtpState.CHUNKS);
                session.command("BDAT 3");
                session.received(new Received.Whole());
            } else {
                happen(session, row.on());
            }
            assertThat(session.state()).as(row.toString()).isEqualTo(row.to());
        }
        assertThat(SmtpSession.TABLE.unvisited()).isEmpty();
    }

    @Test
    void whatIsNotInTheTableIsOutOfOrderAndChangesNothing() {
        Map<SmtpEvent, String> lines = Map.of(
                SmtpEvent.MAIL, "MAIL FROM:<a@b>",
                SmtpEvent.RCPT, "RCPT TO:<orders@localhost>",
                SmtpEvent.DATA, "DATA",
                SmtpEvent.STARTTLS, "STARTTLS",
                SmtpEvent.BDAT, "BDAT 5 LAST");
        int tried = 0;
        for (SmtpState state : WAYS.keySet()) {
            for (Map.Entry<SmtpEvent, String> line : lines.entrySet()) {
                if (SmtpSession.TABLE.next(state, line.getKey()).isEmpty()) {
                    Talk talk = new Talk(Protocol.SMTP).say(way(state));
                    assertThat(talk.say(line.getValue()).replies()).startsWith("503 5.5.1");
                    assertThat(talk.session.state()).isEqualTo(state);
                    tried++;
                }
            }
        }
        assertThat(tried).isEqualTo(18);
    }

    @Test
    void chunkOutOfOrderIsReadAndDropped() {
        Talk talk = smtp().say("BDAT 100 LAST");
        assertThat(talk.replies()).startsWith("503");
        assertThat(talk.seen).contains(new SmtpAction.Swallow(100));
        long limit = settings().limits().swallowBytes();
        assertThat(smtp().say("BDAT " + limit).session.state()).isEqualTo(SmtpState.READY);
        assertThat(smtp().say("BDAT " + (limit + 1)).session.state()).isEqualTo(SmtpState.CLOSED);
    }

    @Test
    void chunkSizeThatCannotBeReadEndsTheConversation() {
        for (String line : List.of(
                "BDAT", "BDAT x", "BDAT -1", "BDAT 5 LAST LAST", "BDAT 5 FIRST", "BDAT 123456789012345678901")) {
            assertThat(addressed().say(line).session.state()).as(line).isEqualTo(SmtpState.CLOSED);
        }
    }

    @Test
    void failedChunkEndsTheMailAndLaterChunksAreDropped() {
        Talk talk = addressed().say("BDAT 5");
        talk.received = new Received.NotStored(FULL, true);
        assertThat(talk.say("BDAT 5").replies()).startsWith("452 4.3.1");
        talk.received = new Received.Whole();
        assertThat(talk.say("BDAT 5 LAST").replies()).startsWith("503");
        assertThat(talk.session.state()).isEqualTo(SmtpState.READY);
    }

    @Test
    void dataCannotFollowAChunk() {
        assertThat(addressed().say("BDAT 5", "DATA").replies()).startsWith("503");
        assertThat(addressed().say("BDAT 5", "RCPT TO:<orders@localhost>").replies())
                .startsWith("503");
    }

    @Test
    void fullDiskIs452BeforeAndAfterTheMail() {
        Talk before = addressed();
        before.begun = Optional.of(FULL);
        assertThat(before.say("DATA").replies()).startsWith("452 4.3.1");
        assertThat(before.session.state()).isEqualTo(SmtpState.READY);
        Talk after = addressed();
        after.received = new Received.NotStored(FULL, true);
        assertThat(after.say("DATA").replies()).contains("354 ").contains("452 4.3.1");
        Talk cut = addressed();
        cut.received = new Received.NotStored(FULL, false);
        assertThat(cut.say("DATA").session.state()).isEqualTo(SmtpState.CLOSED);
    }

    @Test
    void sizeAtTheLimitPassesAndOneMoreDoesNot() {
        long limit = settings().maxSize();
        assertThat(smtp().say("MAIL FROM:<a@b> SIZE=" + limit).replies()).startsWith("250");
        Talk over = smtp().say("MAIL FROM:<a@b> SIZE=" + (limit + 1));
        assertThat(over.replies()).startsWith("552 5.3.4");
        assertThat(over.seen).contains(new SmtpAction.TellTooLarge());
        assertThat(smtp().say("MAIL FROM:<a@b> SIZE=99999999999999999999").replies())
                .startsWith("552 5.3.4");
        Talk talk = addressed();
        talk.received = new Received.TooLarge(true);
        assertThat(talk.say("DATA").replies()).contains("552 5.3.4");
    }

    @Test
    void recipientsAtTheLimitPassAndOneMoreDoesNot() {
        Talk talk = smtp().say("MAIL FROM:<a@b>");
        int limit = settings().limits().recipients();
        for (int i = 0; i < limit; i++) {
            assertThat(talk.say("RCPT TO:<r" + i + "@any.example>").replies()).startsWith("250");
        }
        assertThat(talk.say("RCPT TO:<more@any.example>").replies()).startsWith("452 4.5.3");
        talk.say("DATA");
        assertThat(talk.seen.stream().filter(SmtpAction.Begin.class::isInstance).map(SmtpAction.Begin.class::cast))
                .singleElement()
                .satisfies(begin -> assertThat(begin.recipients()).hasSize(limit));
    }

    @Test
    void errorsAtTheLimitPassAndOneMoreHangsUp() {
        Talk talk = smtp();
        int limit = settings().limits().errors();
        for (int i = 0; i < limit; i++) {
            assertThat(talk.say("NONSENSE").replies()).isEqualTo("500 5.5.2 command not known\r\n");
        }
        assertThat(talk.say("NONSENSE").replies()).contains("421 4.7.0");
        assertThat(talk.session.state()).isEqualTo(SmtpState.CLOSED);
    }

    @Test
    void commandsAtTheLimitPassAndOneMoreHangsUp() {
        Talk talk = smtp();
        for (int i = 1; i < settings().limits().commandsPerMail(); i++) {
            assertThat(talk.say("NOOP").replies()).startsWith("250");
        }
        assertThat(talk.say("NOOP").replies()).startsWith("421 4.7.0");
    }

    @Test
    void acceptedMailSetsBothCountsBack() {
        Talk talk = smtp();
        for (int mail = 0; mail < 60; mail++) {
            for (int i = 0; i < 19; i++) {
                talk.say("NONSENSE");
            }
            talk.say("MAIL FROM:<>", "RCPT TO:<orders@localhost>", "DATA");
            assertThat(talk.replies()).contains("250 2.0.0 mail 42");
        }
    }

    @Test
    void onlyConfiguredRecipientsAreTakenWhateverTheirCase() {
        Talk talk = smtp().say("MAIL FROM:<a@b>");
        for (String known : List.of("ORDERS@LocalHost", "invoices@shop.example", "x@ANY.example")) {
            assertThat(talk.say("RCPT TO:<" + known + ">").replies()).as(known).startsWith("250 2.1.5");
        }
        for (String other : List.of("other@localhost", "orders@localhost.example", "postmaster", "x@sub.any.example")) {
            assertThat(talk.say("RCPT TO:<" + other + ">").replies()).as(other).startsWith("550 5.1.1");
        }
    }

    @Test
    void recipientGivenTwiceStandsInTheEnvelopeOnce() {
        Talk talk = addressed().say("RCPT TO:<orders@LOCALHOST>", "RCPT TO:<x@any.example>");
        talk.verdicts = List.of(ACCEPTED, ACCEPTED);
        talk.say("DATA");
        SmtpAction.Begin begin = talk.seen.stream()
                .filter(SmtpAction.Begin.class::isInstance)
                .map(SmtpAction.Begin.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(begin.recipients()).hasSize(2);
        assertThat(begin.sender()).isEqualTo("edi@customer.example");
        assertThat(begin.protocol()).isEqualTo("ESMTP");
    }

    @Test
    void addressesOutsideAsciiNeedSmtputf8() {
        SmtpdSettings settings = SmtpdRig.with(settings(), "recipients", Map.of("注文@localhost", "orders"));
        assertThat(new Talk(settings, false)
                        .say("EHLO c", "MAIL FROM:<佐藤@例え.jp>")
                        .replies())
                .startsWith("553 5.6.7");
        assertThat(new Talk(settings, false)
                        .say("EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<注文@localhost>")
                        .replies())
                .startsWith("553 5.6.7");
        assertThat(new Talk(settings, false)
                        .say("EHLO c", "MAIL FROM:<佐藤@例え.jp> SMTPUTF8", "RCPT TO:<注文@localhost>", "DATA")
                        .replies())
                .contains("250 2.0.0 mail 42");
    }

    @Test
    void lmtpAnswersForEachRcptInOrderAlsoForOneGivenTwice() {
        Talk talk = lmtp().say(
                        "MAIL FROM:<a@b>",
                        "RCPT TO:<orders@localhost>",
                        "RCPT TO:<nobody@localhost>",
                        "RCPT TO:<x@any.example>",
                        "RCPT TO:<orders@LOCALHOST>");
        talk.verdicts = List.of(ACCEPTED, new RecipientVerdict.Deferred(LATE));
        assertThat(talk.say("DATA").replies())
                .hasLineCount(4)
                .containsSubsequence(
                        "354 end", "250 2.0.0 mail 42", "451 4.3.0 not now, try again EKDM0108-W", "250 2.0.0 mail 42");
    }

    @Test
    void lmtpTellsEachRecipientWhereTheMailFailedAtItsEnd() {
        Talk talk = lmtp().say("MAIL FROM:<a@b>", "RCPT TO:<orders@localhost>", "RCPT TO:<x@any.example>");
        talk.received = new Received.TooLarge(true);
        assertThat(talk.say("DATA").replies().split("552")).hasSize(3);
        Talk chunk = lmtp().say("MAIL FROM:<a@b>", "RCPT TO:<orders@localhost>", "RCPT TO:<x@any.example>");
        chunk.received = new Received.TooLarge(true);
        assertThat(chunk.say("BDAT 5").replies().split("552")).hasSize(2);
        Talk last = lmtp().say("MAIL FROM:<a@b>", "RCPT TO:<orders@localhost>", "RCPT TO:<x@any.example>");
        last.received = new Received.TooLarge(true);
        assertThat(last.say("BDAT 5 LAST").replies().split("552")).hasSize(3);
        Talk atOnce = lmtp().say("MAIL FROM:<a@b>", "RCPT TO:<orders@localhost>", "RCPT TO:<x@any.example>");
        atOnce.begun = Optional.of(FULL);
        assertThat(atOnce.say("DATA").replies().split("452")).hasSize(2);
    }

    @Test
    void smtpTellsTheWorstVerdictForAll() {
        RecipientVerdict deferred = new RecipientVerdict.Deferred(LATE);
        RecipientVerdict refused = new RecipientVerdict.Refused(LATE);
        assertThat(verdict(ACCEPTED, ACCEPTED)).startsWith("250");
        assertThat(verdict(ACCEPTED, refused)).startsWith("554 5.7.1");
        assertThat(verdict(refused, deferred)).startsWith("451 4.3.0");
        assertThat(verdict(deferred, ACCEPTED)).startsWith("451 4.3.0");
        assertThat(verdict(new RecipientVerdict.Deferred(FULL), ACCEPTED)).startsWith("452 4.3.1");
    }

    private static String verdict(RecipientVerdict first, RecipientVerdict second) {
        Talk talk = addressed().say("RCPT TO:<x@any.example>");
        talk.verdicts = List.of(first, second);
        return talk.say("DATA").replies().substring("354 end with CRLF.CRLF\r\n".length());
    }

    @Test
    void eachProtocolWantsItsOwnGreeting() {
        assertThat(new Talk(Protocol.SMTP).say("LHLO c").replies()).startsWith("500 5.5.1");
        assertThat(new Talk(Protocol.LMTP).say("EHLO c").replies()).startsWith("500 5.5.1");
        assertThat(new Talk(Protocol.LMTP).say("HELO c").replies()).startsWith("500 5.5.1");
        assertThat(new Talk(Protocol.SMTP).say("HELO c").replies()).isEqualTo("250 localhost\r\n");
        assertThat(new Talk(Protocol.SMTP).say("EHLO").replies()).startsWith("501 5.5.4");
    }

    @Test
    void extensionsAreListedAndStarttlsOnlyWhereItCanBeHad() {
        assertThat(smtp().replies())
                .contains("250-PIPELINING\r\n", "250-SIZE 2147483648\r\n", "250-CHUNKING\r\n", "250 STARTTLS\r\n");
        Talk without = new Talk(settings(), false).say("EHLO c");
        assertThat(without.replies()).endsWith("250 HELP\r\n").doesNotContain("STARTTLS");
        assertThat(without.say("STARTTLS").replies()).startsWith("502");
    }

    @Test
    void handshakeForgetsWhatWasSaidBefore() {
        Talk talk = smtp().say("STARTTLS");
        assertThat(talk.replies()).isEqualTo("220 2.0.0 go ahead\r\n");
        assertThat(talk.say("MAIL FROM:<a@b>").replies()).startsWith("503");
        assertThat(talk.say("EHLO c").replies()).doesNotContain("STARTTLS");
        assertThat(talk.say("STARTTLS").replies()).startsWith("503");
        talk.say("MAIL FROM:<>", "RCPT TO:<orders@localhost>", "DATA");
        assertThat(talk.seen)
                .anyMatch(a ->
                        a instanceof SmtpAction.Begin begin && begin.protocol().equals("ESMTPS"));
    }

    @Test
    void rsetAndHelloForgetTheMail() {
        assertThat(addressed().say("RSET", "DATA").replies()).startsWith("503");
        assertThat(addressed().say("BDAT 5", "RSET", "MAIL FROM:<a@b>").replies())
                .startsWith("250");
        assertThat(addressed().say("EHLO again", "RCPT TO:<orders@localhost>").replies())
                .startsWith("503");
    }

    @Test
    void mailWithoutARecipientIsNotRead() {
        Talk talk = smtp().say("MAIL FROM:<a@b>", "RCPT TO:<nobody@localhost>", "DATA");
        assertThat(talk.replies()).startsWith("503 5.5.1");
        assertThat(talk.seen).noneMatch(SmtpAction.Begin.class::isInstance);
    }

    @Test
    void noteOfTheReceiverCannotBreakTheReply() {
        Talk talk = addressed();
        talk.verdicts = List.of(new RecipientVerdict.Accepted("mail 1\r\n250 注" + "x".repeat(500)));
        assertThat(talk.say("DATA").replies())
                .contains("250 2.0.0 mail 1??250 ?xxx")
                .hasSizeLessThan(300);
    }

    @Test
    void smallCommandsHaveTheirReplies() {
        assertThat(smtp().say("noop anything").replies()).startsWith("250 2.0.0");
        assertThat(smtp().say("VRFY orders").replies()).startsWith("252 2.1.5");
        assertThat(smtp().say("HELP").replies()).startsWith("214 2.0.0");
        assertThat(smtp().say("EXPN list").replies()).startsWith("502 5.5.1");
        assertThat(smtp().say("AUTH PLAIN x").replies()).startsWith("502 5.5.1");
        assertThat(smtp().say("QUIT").replies()).startsWith("221 2.0.0");
        assertThat(smtp().say("QUIT now").replies()).startsWith("501 5.5.4");
        assertThat(smtp().say("DATA now").replies()).startsWith("501 5.5.4");
        assertThat(smtp().say("").replies()).startsWith("500 5.5.2");
        assertThat(smtp().say("NOOP\0").replies()).startsWith("500 5.5.2");
    }

    @Test
    void verdictForAMailThatIsNotThereIsABug() {
        SmtpSession session = smtp().session;
        assertThatThrownBy(() -> session.answered(List.of(ACCEPTED))).isInstanceOf(IllegalStateException.class);
    }
}

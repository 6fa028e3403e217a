package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.smtpd.SmtpdSettings.Protocol;
import ekiden.mail.spool.SpoolMessage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever a client says, in whatever order, and whatever goes wrong on our side. */
class SmtpSessionRandomTest {
    private static final Problem PROBLEM = Problem.of(SpoolMessage.DISK_FULL, "folder", "/spool");

    @Provide
    Arbitrary<List<String>> talks() {
        Arbitrary<String> sensible = Arbitraries.of(
                "EHLO c",
                "HELO c",
                "LHLO c",
                "MAIL FROM:<a@b>",
                "MAIL FROM:<>",
                "MAIL FROM:<a@b> SIZE=99999999999",
                "RCPT TO:<orders@localhost>",
                "RCPT TO:<x@any.example>",
                "RCPT TO:<nobody@localhost>",
                "DATA",
                "BDAT 5",
                "BDAT 0 LAST",
                "BDAT 9999999999",
                "RSET",
                "NOOP",
                "STARTTLS",
                "VRFY x",
                "HELP");
        Arbitrary<String> strange = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<String> halves = Arbitraries.of("MAIL FROM:", "RCPT TO:", "BDAT ", "EHLO ")
                .flatMap(head -> Arbitraries.strings()
                        .withChars("<>@\\\" :,=ab1")
                        .ofMaxLength(12)
                        .map(tail -> head + tail));
        return Arbitraries.frequencyOf(Tuple.of(20, sensible), Tuple.of(1, strange), Tuple.of(1, halves))
                .list()
                .ofMaxSize(40);
    }

    /** Watches the order of the actions and answers them as a connection does, with failures of its own. */
    private static final class Watcher {
        final SmtpSession session;
        final Random random;
        int replies;
        boolean entry;
        boolean closed;
        int recipients;

        Watcher(Protocol protocol, Random random) {
            SmtpdSettings settings =
                    SmtpdRig.with(SmtpdSettings.loopback(0, SmtpdRig.RECIPIENTS), "protocol", protocol);
            this.session = new SmtpSession(settings, SmtpdRig.ok(RecipientTable.of(settings.recipients())), true);
            this.random = random;
        }

        void carryOut(List<SmtpAction> actions) {
            for (SmtpAction action : actions) {
                assertThat(closed).as("nothing after the end").isFalse();
                switch (action) {
                    case SmtpAction.Reply(String lines) -> {
                        assertThat(lines).matches("(\\d{3}[- ][ -~]*\r\n)+");
                        replies++;
                    }
                    case SmtpAction.Begin begin -> begin(begin);
                    case SmtpAction.ReadDotted dotted -> read();
                    case SmtpAction.ReadChunk chunk -> read();
                    case SmtpAction.Swallow swallow ->
                        assertThat(swallow.bytes()).isLessThanOrEqualTo(64 << 20);
                    case SmtpAction.TellTooLarge tooLarge -> {}
                    case SmtpAction.Abandon abandon -> entry = false;
                    case SmtpAction.Deliver deliver -> deliver();
                    case SmtpAction.StartTls startTls -> carryOut(session.secured());
                    case SmtpAction.Close close -> closed = true;
                }
            }
        }

        private void begin(SmtpAction.Begin begin) {
            assertThat(entry).as("one mail at a time").isFalse();
            assertThat(begin.recipients()).isNotEmpty().doesNotHaveDuplicates();
            entry = true;
            recipients = begin.recipients().size();
            carryOut(session.begun(random.nextInt(8) == 0 ? Optional.of(PROBLEM) : Optional.empty()));
        }

        private void read() {
            assertThat(entry).isTrue();
            carryOut(session.received(
                    switch (random.nextInt(8)) {
                        case 0 -> new Received.TooLarge(true);
                        case 1 -> new Received.NotStored(PROBLEM, true);
                        case 2 -> new Received.TooLarge(false);
                        default -> new Received.Whole();
                    }));
        }

        private void deliver() {
            assertThat(entry)
                    .as("only a mail that was begun and not given up is delivered")
                    .isTrue();
            entry = false;
            RecipientVerdict verdict = random.nextBoolean()
                    ? new RecipientVerdict.Accepted("mail 1")
                    : new RecipientVerdict.Deferred(PROBLEM);
            carryOut(session.answered(Collections.nCopies(recipients, verdict)));
        }
    }

    @Property(tries = 1500)
    void everyLineIsAnsweredAndNoMailIsDeliveredThatWasGivenUp(
            @ForAll("talks") List<String> talk, @ForAll Protocol protocol, @ForAll long seed) {
        Watcher watcher = new Watcher(protocol, new Random(seed));
        watcher.carryOut(watcher.session.greeting());
        watcher.carryOut(watcher.session.command(protocol == Protocol.LMTP ? "LHLO c" : "EHLO c"));
        for (String line : talk) {
            int before = watcher.replies;
            watcher.carryOut(watcher.session.command(line));
            assertThat(watcher.replies).as(line).isGreaterThan(before);
            if (watcher.closed) {
                assertThat(watcher.session.state()).isEqualTo(SmtpState.CLOSED);
                return;
            }
        }
        watcher.carryOut(watcher.session.gone());
        assertThat(watcher.entry).isFalse();
    }
}

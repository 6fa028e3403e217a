package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next mail is announced with the end of the one before it (RFC 2920), and sent by its own submission only. */
class SmtpAnnouncedTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final PoolLimits ONE = new PoolLimits(1, 100, 0, LONG, LONG, LONG, BRIEF, BRIEF);

    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final List<SmtpPool> pools = new ArrayList<>();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final OutgoingMail one = mail("<1@x>", "one@scripted.example");
    private final OutgoingMail two = mail("<2@x>", "two@scripted.example");

    @AfterEach
    void close() {
        pools.forEach(SmtpPool::close);
        server.close();
        tasks.close();
    }

    private static OutgoingMail mail(String id, String... to) {
        String text = "Message-ID: " + id + "\r\n\r\n.text\r\n";
        return new OutgoingMail(
                "s@localhost",
                List.of(to),
                id,
                OutgoingMail.Form.SEVEN_BIT,
                MailSenderContract.content(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private SmtpPool pool(PoolLimits limits) {
        return pool(SmtpSettings.plain("127.0.0.1", server.port()), limits);
    }

    private SmtpPool pool(SmtpSettings settings, PoolLimits limits) {
        SmtpPool pool = new SmtpPool(settings, limits, () -> Result.ok(""), clock, tasks);
        pools.add(pool);
        return pool;
    }

    private static SendProgress before(@Nullable OutgoingMail next) {
        return new SendProgress() {
            @Override
            public boolean endingData() {
                return true;
            }

            @Override
            public @Nullable OutgoingMail following() {
                return next;
            }
        };
    }

    private List<String> verbs() {
        return server.lines().stream().map(line -> line.split(" ")[0]).toList();
    }

    private long said(String line) {
        return server.lines().stream().filter(line::equals).count();
    }

    private List<String> arrived() {
        return server.delivered().stream()
                .map(Delivered::recipients)
                .map(List::getFirst)
                .map(to -> to.substring(0, to.indexOf('@')))
                .toList();
    }

    private static void accepted(SendOutcome outcome) {
        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void nextMailIsAnnouncedWithTheEndOfTheOneBeforeIt() {
        SmtpPool pool = pool(ONE);

        accepted(pool.submit(one, before(two)));
        Eventually.within(LONG, () -> verbs().size() == 7);
        assertThat(arrived()).containsExactly("one");
        accepted(pool.submit(two, before(null)));

        assertThat(verbs()).containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA");
        assertThat(arrived()).containsExactly("one", "two");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void announcedMailWithManyRecipientsIsDecidedBeforeItsData() {
        SmtpPool pool = pool(ONE);
        OutgoingMail many = mail("<m@x>", "a@scripted.example", "b@scripted.example");

        accepted(pool.submit(one, before(many)));
        Eventually.within(LONG, () -> verbs().size() == 7);
        accepted(pool.submit(many, before(null)));

        assertThat(verbs()).containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "RCPT", "DATA");
        assertThat(arrived()).containsExactly("one", "a");
    }

    @Test
    void announcedMailThatIsNeverSubmittedIsNotSent() {
        SmtpPool pool = pool(ONE);

        accepted(pool.submit(one, before(two)));
        Eventually.within(LONG, () -> verbs().size() == 7);
        pool.close();

        assertThat(arrived()).containsExactly("one");
        assertThat(verbs()).doesNotContain("QUIT");
    }

    @Test
    void anotherMailThanTheAnnouncedOneDoesNotTakeItsPlace() {
        SmtpPool pool = pool(ONE);
        OutgoingMail other = mail("<3@x>", "other@scripted.example");

        accepted(pool.submit(one, before(two)));
        accepted(pool.submit(other, before(null)));
        accepted(pool.submit(two, before(null)));

        assertThat(arrived()).containsExactly("one", "other", "two");
        assertThat(server.connections()).isEqualTo(2);
        assertThat(said("MAIL FROM:<s@localhost>")).isEqualTo(3);
    }

    @Test
    void mailThatIsRefusedAtItsEndDoesNotHarmTheAnnouncedOne() {
        SmtpPool pool = pool(ONE);
        server.on(Step.END_OF_DATA, "", 1, new Act.Say("554 5.7.1 not this one"));

        assertThat(pool.submit(one, before(two))).isInstanceOf(SendOutcome.Refused.class);
        accepted(pool.submit(two, before(null)));

        assertThat(arrived()).containsExactly("two");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void serverThatAsksForLessIsNotKeptWaitingForTheAnnouncedMail() {
        Duration rest = Duration.ofMillis(300);
        SmtpPool pool = pool(new PoolLimits(1, 100, 0, LONG, LONG, LONG, rest, rest));
        server.on(Step.END_OF_DATA, "", 1, new Act.Say("451 4.3.2 later"));

        assertThat(pool.submit(one, before(two))).isInstanceOf(SendOutcome.Failed.class);
        accepted(pool.submit(two, before(null)));

        assertThat(arrived()).containsExactly("two");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void connectionLostAtTheEndLeavesTheAnnouncedMailToAnotherOne() {
        SmtpPool pool = pool(ONE);
        server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop());

        assertThat(pool.submit(one, before(two))).isInstanceOf(SendOutcome.Uncertain.class);
        accepted(pool.submit(two, before(null)));

        assertThat(arrived()).containsExactly("one", "two");
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"MAIL,<two@,550 5.7.1 not from you", "RCPT,<two@,550 5.1.1 nobody of that name"})
    void announcedMailThatIsRefusedIsForgottenBeforeTheNext(Step step, String part, String reply) {
        SmtpPool pool = pool(ONE);
        OutgoingMail next =
                new OutgoingMail("two@localhost", two.recipients(), two.messageId(), two.form(), two.content());
        server.on(step, part, 1, new Act.Say(reply));

        accepted(pool.submit(one, before(next)));
        assertThat(pool.submit(next, before(null))).isInstanceOf(SendOutcome.Refused.class);
        accepted(pool.submit(one, before(null)));

        assertThat(arrived()).containsExactly("one", "one");
        assertThat(verbs()).contains("RSET");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void announcedMailThatIsAnsweredByNobodyGoesOverAnotherConnectionAndNoneIsAnnouncedAgain() {
        Duration brief = Duration.ofMillis(200);
        SmtpSettings plain = SmtpSettings.plain("127.0.0.1", server.port());
        SmtpTimeouts usual = SmtpTimeouts.DEFAULT;
        SmtpPool pool = pool(
                plain.with(new SmtpTimeouts(
                        usual.connect(), brief, usual.block(), usual.endOfData(), usual.wholeSend(), usual.quit())),
                ONE);
        OutgoingMail three = mail("<3@x>", "three@scripted.example");
        accepted(pool.submit(mail("<0@x>", "zero@scripted.example"), before(null)));
        server.on(Step.MAIL, "", 1, new Act.Say("250 one")).on(Step.MAIL, "", 1, new Act.Stall());

        accepted(pool.submit(one, before(two)));
        accepted(pool.submit(two, before(three)));

        assertThat(said("MAIL FROM:<s@localhost>")).isEqualTo(4);
        accepted(pool.submit(three, before(null)));
        assertThat(arrived()).containsExactly("zero", "one", "two", "three");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void serverWithoutRoomForOneConnectionMoreGetsNoneThatWaitsForOneCaller() {
        SmtpPool pool = pool(ONE.with(2, 100, 0));
        OutgoingMail other = mail("<3@x>", "other@scripted.example");
        accepted(pool.submit(one, before(two)));
        Eventually.within(LONG, () -> verbs().size() == 7);
        server.on(Step.GREETING, "", 1, new Act.SayAndDrop("421 4.7.0 too many connections"));

        accepted(pool.submit(other, before(null)));
        accepted(pool.submit(two, before(one)));
        accepted(pool.submit(one, before(null)));

        assertThat(arrived()).containsExactly("one", "other", "two", "one");
        assertThat(server.connections()).isEqualTo(3);
        assertThat(said("MAIL FROM:<s@localhost>")).as("two was announced once").isEqualTo(5);
    }

    @Test
    void announcedMailOfAConnectionThatHasRestedIsBegunAnew() {
        SmtpPool pool = pool(new PoolLimits(1, 100, 0, LONG, Duration.ZERO, LONG, BRIEF, BRIEF));

        accepted(pool.submit(one, before(two)));
        accepted(pool.submit(two, before(null)));

        assertThat(arrived()).containsExactly("one", "two");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void nothingIsAnnouncedBeyondTheMailsOfAConnectionOrOfAMinute() {
        SmtpPool two = pool(ONE.with(1, 2, 0));
        OutgoingMail third = mail("<3@x>", "third@scripted.example");

        accepted(two.submit(one, before(this.two)));
        accepted(two.submit(this.two, before(third)));
        Eventually.within(LONG, () -> verbs().contains("QUIT"));
        assertThat(said("MAIL FROM:<s@localhost>")).isEqualTo(2);
        accepted(two.submit(third, before(null)));
        accepted(pool(ONE.with(1, 100, 60_000)).submit(one, before(this.two)));

        assertThat(said("MAIL FROM:<s@localhost>")).isEqualTo(4);
        assertThat(arrived()).containsExactly("one", "two", "third", "one");
    }

    @Test
    void nothingIsAnnouncedToAServerWithoutPipelining() {
        server.offers("8BITMIME");
        SmtpPool pool = pool(ONE);

        accepted(pool.submit(one, before(two)));
        accepted(pool.submit(two, before(null)));

        assertThat(verbs()).containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA");
        assertThat(arrived()).containsExactly("one", "two");
    }
}

package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailContent;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailServerContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.testing.Delivered;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CHUNKING (RFC 3030) and DSN (RFC 3461), used where they are offered. */
class SmtpChunksTest extends MailServerContract {
    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final List<SmtpPool> pools = new ArrayList<>();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start()
            .offers("PIPELINING", "8BITMIME", "CHUNKING")
            .on(Step.RCPT, "<refused-", Integer.MAX_VALUE, new Act.Say("550 5.1.1 nobody of that name"));

    @AfterEach
    void close() {
        pools.forEach(SmtpPool::close);
        server.close();
        tasks.close();
    }

    private SmtpPool pool(SmtpSettings settings) {
        Duration minute = Duration.ofMinutes(1);
        Duration brief = Duration.ofMillis(1);
        PoolLimits limits = new PoolLimits(1, 100, 0, minute, minute, minute, brief, brief);
        SmtpPool pool = new SmtpPool(settings, limits, () -> Result.ok(""), clock, tasks);
        pools.add(pool);
        return pool;
    }

    /** Chunks so small that every mail has several; one that fits into a chunk goes by DATA. */
    private SmtpSettings settings() {
        return SmtpSettings.plain("127.0.0.1", server.port()).with(new SmtpLimits(4096, 100, 1000, 50, 4, 1));
    }

    /** Chunks of 1000 bytes. */
    private SmtpSettings small() {
        return settings().with(new SmtpLimits(4096, 100, 1000, 50, 4, 1000));
    }

    @Override
    protected MailSender sender() {
        return pools.isEmpty() ? pool(settings()) : pools.getFirst();
    }

    @Override
    protected MailSender senderToNobody() {
        return pool(SmtpSettings.plain("127.0.0.1", Ports.free()));
    }

    @Override
    protected String takes(String name) {
        return name + "@scripted.example";
    }

    @Override
    protected String refuses(String name) {
        return "refused-" + name + "@scripted.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        return server.delivered();
    }

    private OutgoingMail large(String text) {
        OutgoingMail mail = mail("<large@chunks>", takes("one"));
        MailContent content = content(text.getBytes(StandardCharsets.US_ASCII));
        return new OutgoingMail(mail.sender(), mail.recipients(), mail.messageId(), mail.form(), content);
    }

    private List<String> chunks() {
        return server.lines().stream().filter(line -> line.startsWith("BDAT")).toList();
    }

    @Test
    void contentGoesInChunksAndTheLastHasNone() {
        String text = "Subject: x\r\n\r\n" + ".dots stay as they are\r\n".repeat(100);

        SendOutcome outcome = pool(small()).submit(large(text), () -> {
            assertThat(chunks()).noneMatch(line -> line.endsWith("LAST"));
            return true;
        });

        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.delivered().getFirst().content()).isEqualTo(text);
        assertThat(chunks()).containsExactly("BDAT 1000", "BDAT 1000", "BDAT " + (text.length() - 2000), "BDAT 0 LAST");
        assertThat(server.lines()).doesNotContain("DATA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\nb|a\\r\\nb\\r\\n",
                "a\\rb\\r|a\\r\\nb\\r\\n",
                "\\n\\n|\\r\\n\\r\\n",
                "a\\r\\nb\\r\\n|a\\r\\nb\\r\\n"
            })
    void linesEndAsTheyMust(String given, String arrives) {
        assertThat(sender().submit(large(unescaped(given)), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.delivered().getFirst().content()).isEqualTo(unescaped(arrives));
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest
    @CsvSource({"452 4.3.1 no room,false", "552 5.3.4 too much,true"})
    void refusedChunkEndsTheMailAndNotTheConnection(String reply, boolean refused) {
        SmtpPool pool = pool(small());
        server.on(Step.BODY, "", 1, new Act.Say(reply));
        AtomicInteger asked = new AtomicInteger();

        SendOutcome outcome = pool.submit(large("x\r\n".repeat(1000)), () -> {
            asked.incrementAndGet();
            return true;
        });

        assertThat(outcome).isInstanceOf(refused ? SendOutcome.Refused.class : SendOutcome.Failed.class);
        assertThat(asked).hasValue(0);
        assertThat(pool.submit(large("y\r\n"), SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.lines()).containsSubsequence("BDAT 1000", "RSET", "DATA");
        assertThat(server.delivered()).hasSize(1);
    }

    @Test
    void refusedLastChunkLeavesTheConnectionUsable() {
        SmtpPool pool = pool(settings());
        server.on(Step.END_OF_DATA, "", 1, new Act.Say("554 5.7.1 spam"));

        assertThat(pool.submit(large("x\r\n"), SendProgress.NONE)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(pool.submit(large("y\r\n"), SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.delivered()).hasSize(1);
    }

    @Test
    void connectionLostAtTheLastChunkIsUncertain() {
        SmtpPool pool = pool(settings());
        server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop()).on(Step.BODY, "", 1, new Act.Drop());

        assertThat(pool.submit(large("x\r\n"), SendProgress.NONE)).isInstanceOf(SendOutcome.Failed.class);
        assertThat(pool.submit(large("x\r\n"), SendProgress.NONE)).isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(server.delivered()).hasSize(1);
    }

    @Test
    void noticesAreAskedForWhereTheyAreOffered() {
        server.offers("DSN");
        SmtpPool pool = pool(settings().with(Set.of(Send.Notify.FAILURE, Send.Notify.DELAY)));

        assertThat(pool.submit(mail("<id+1=@chunks>", "a+b@scripted.example"), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);

        assertThat(server.lines())
                .contains(
                        "MAIL FROM:<sender@localhost> RET=HDRS ENVID=id+2B1+3D@chunks",
                        "RCPT TO:<a+b@scripted.example> NOTIFY=DELAY,FAILURE ORCPT=rfc822;a+2Bb@scripted.example");
        String longest = "<" + "i".repeat(93) + "@chunks>";
        assertThat(pool.submit(mail(longest, takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines())
                .contains("MAIL FROM:<sender@localhost> RET=HDRS ENVID=" + "i".repeat(93) + "@chunks");
        assertThat(pool.submit(mail("<i" + longest.substring(1), takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).contains("MAIL FROM:<sender@localhost> RET=HDRS");
    }

    @Test
    void noticesAreNotAskedForElsewhere() {
        SmtpPool pool = pool(settings().with(Set.of(Send.Notify.FAILURE)));
        assertThat(pool.submit(mail("<a@chunks>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        server.offers("DSN");
        assertThat(pool(settings()).submit(mail("<a@chunks>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);

        assertThat(server.lines().stream().filter(line -> line.startsWith("MAIL")))
                .containsOnly("MAIL FROM:<sender@localhost>");
    }

    @Test
    void mailOfOneChunkGoesByDataWhichNeedsAnAnswerLess() {
        String text = "Subject: x\r\n\r\n" + "x".repeat(1000 - 16) + "\r\n";
        assertThat(text).hasSize(1000);

        assertThat(pool(small()).submit(large(text), SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(chunks()).isEmpty();
        assertThat(pool(small()).submit(large("x" + text), SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(chunks()).hasSize(3);
    }
}

package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.SmtpdIdentity;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolMessage;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mails that calls on a home accepted and never handed out, when a process takes the home. */
class LeftMailsTest {
    private static final Path WAITS = Path.of("/home/wait");
    private static final Path STATE = WAITS.resolve("orders");
    private static final Path HOME_SPOOL = Path.of("/home/spool");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int SEEDS = 8;
    private static final Clock CLOCK = new Clock() {
        @Override
        public Instant now() {
            return NOON;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    private final MemoryDisk disk = new MemoryDisk(new Random(1));

    private static Spool open(MemoryDisk disk, Path folder) {
        return ((Result.Ok<Spool>) Spool.start(disk, folder, SpoolLimits.DEFAULT, CLOCK)).value();
    }

    private static RawMail accept(Spool spool, String place) {
        SpoolHeader header = new SpoolHeader(
                Envelope.KIND,
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                NOON,
                Map.of());
        SpoolWriter writer = ((Result.Ok<SpoolWriter>) spool.begin(place, header)).value();
        writer.write(ByteBuffer.wrap(("mail " + place).getBytes(StandardCharsets.UTF_8)));
        return ((Result.Ok<RawMail>) writer.finish()).value();
    }

    /** One that was taken and has its receipt, one that was taken and has none, one that no call wanted. */
    private static void leave(MemoryDisk disk) throws IOException {
        Spool spool = open(disk, LeftMails.spool(WAITS, "orders"));
        try (WaitJournal journal = ((Result.Ok<WaitJournal>)
                        WaitJournal.open(disk, STATE, "0123456789ab", WaitLimits.DEFAULT, NOON))
                .value()) {
            journal.append(new WaitRecord.Taken(1, List.of(taken(accept(spool, "a")), taken(accept(spool, "b")))));
            journal.append(WaitDecider.given(UidSet.of(List.of(1L))));
            journal.force();
        }
        accept(spool, "c");
        spool.markOpened("c");
    }

    private static WaitRecord.Mail taken(RawMail mail) {
        String key = SmtpdIdentity.key("edi@customer.example", List.of("orders@localhost"), mail.sha256());
        return new WaitRecord.Mail(key, mail.place(), NOON.getEpochSecond() + 60);
    }

    private static Result<Integer> takeOver(MemoryDisk disk) {
        return LeftMails.takeOver(disk, WAITS, HOME_SPOOL);
    }

    @Test
    void whatNoCallHandedOutIsTheHomesAndWhatHasItsReceiptIsGone() throws IOException {
        leave(disk);
        assertThat(takeOver(disk)).isEqualTo(Result.ok(2));
        assertThat(open(disk, HOME_SPOOL).unsettled()).containsExactly("b", "c");
        assertThat(open(disk, LeftMails.spool(WAITS, "orders")).unsettled()).isEmpty();
        assertThat(takeOver(disk)).isEqualTo(Result.ok(0));
    }

    @Test
    void mailWithoutHarmKeepsNoMarkAndOneThatWasBeingOpenedKeepsIts() throws IOException {
        leave(disk);
        takeOver(disk);
        Spool spool = open(disk, HOME_SPOOL);
        assertThat(spool.openings("b")).isOne();
        assertThat(spool.openings("c")).isZero();
    }

    @Test
    void homeOnWhichNothingEverWaitedHasNothingToTakeOver() {
        assertThat(takeOver(disk)).isEqualTo(Result.ok(0));
    }

    @Test
    void mailsThatCannotBeMovedStayAndAreTold() throws IOException {
        leave(disk);
        disk.failAfter(2, () -> new IOException("another file system"));
        Problem problem = ((Result.Failed<Integer>) takeOver(disk)).problem();
        assertThat(problem.id()).isEqualTo(SpoolMessage.NOT_MOVED.id());
        assertThat(takeOver(disk)).isInstanceOf(Result.Ok.class);
        assertThat(open(disk, HOME_SPOOL).unsettled()).containsExactly("b", "c");
    }

    @Test
    void whereverItStopsNoMailIsLostAndNoneIsThereTwice() throws IOException {
        MemoryDisk measured = new MemoryDisk(new Random(0));
        leave(measured);
        long begin = measured.operations();
        takeOver(measured);
        long operations = measured.operations() - begin;
        assertThat(operations).isGreaterThan(4);
        for (long stop = 0; stop <= operations; stop++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                stopAt(stop, seed);
            }
        }
    }

    private static void stopAt(long stop, int seed) throws IOException {
        MemoryDisk disk = new MemoryDisk(new Random(seed));
        leave(disk);
        disk.stopAfter(stop);
        try {
            takeOver(disk);
        } catch (MemoryDisk.Stopped stopped) {
            assertThat(stopped).isNotNull();
        }
        if (seed % 2 == 0) {
            disk.crash();
        } else {
            disk.restart();
        }
        assertThat(takeOver(disk)).isInstanceOf(Result.Ok.class);
        // what a process that was only stopped had renamed is not durable yet, and may be found at its old place once
        // more
        disk.crash();
        assertThat(takeOver(disk)).isInstanceOf(Result.Ok.class);
        assertThat(open(disk, HOME_SPOOL).unsettled())
                .as("stop %s seed %s", stop, seed)
                .containsExactly("b", "c");
        assertThat(open(disk, LeftMails.spool(WAITS, "orders")).unsettled()).isEmpty();
    }
}

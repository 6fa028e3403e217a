package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Report;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Surroundings;
import ekiden.testing.MemoryDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SightingTest {
    private static final MailIdentity IDENTITY = new MailIdentity("orders", "INBOX/1/1");
    private static final String MAIL = "From: a@b\r\nSubject: x\r\n\r\n" + "line\r\n".repeat(20_000) + "urgent\r\n";
    private static final String WITH_ATTACHMENT = """
            From: a@b
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            text
            --b
            Content-Type: text/csv; charset=UTF-8
            Content-Disposition: attachment; filename=a.csv

            至急
            --b--
            """;

    private final Spool spool = good(Spool.start(
            new MemoryDisk(new SplittableRandom(1)), Path.of("/spool"), SpoolLimits.DEFAULT, new SteppedTasks()));
    /** Room for one such mail at a time. */
    private final Opener opener =
            new Opener(spool, MimeLimits.DEFAULT, MailTrust.only(Opening.USUAL), 1024, Duration.ofMillis(1));

    private static <T> T good(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private RawMail mail(String text) {
        SpoolWriter writer = good(spool.begin("1", Leftovers.header(IDENTITY, Instant.EPOCH)));
        writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return good(writer.finish());
    }

    private Sighting sighting(RawMail raw, int kept) {
        Glimpse glimpse = new Glimpse(1, raw.size(), Instant.EPOCH, Set.of(), new byte[0]);
        Sighting one = new Sighting(IDENTITY, glimpse, null, ReaderSettings.DEFAULT);
        one.fetched(raw, opener.read(raw, new Origin("orders", Instant.EPOCH)).kept(kept));
        return one;
    }

    private static WatchLists.Known watch(Conditions conditions) {
        return new WatchLists.Known(1, new WatchSet(Map.of("w", conditions)), Surroundings.NONE);
    }

    /** What is found while another mail has all the room. */
    private Result<Report.Found> foundWithoutRoom(Sighting one, RawMail raw, WatchLists.Known watches) {
        List<Result<Report.Found>> found = new ArrayList<>();
        opener.open(
                raw, opener.means("orders"), (reading, source) -> found.add(one.found(watches, opener, () -> true)));
        return found.getFirst();
    }

    @Test
    void longTextThatCannotBeReadAgainForLackOfRoomIsNoEmptyText() {
        RawMail raw = mail(MAIL);
        Sighting one = sighting(raw, 100);
        WatchLists.Known watches = watch(new Conditions(List.of(), List.of(), List.of("urgent")));
        assertThat(foundWithoutRoom(one, raw, watches))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(AgentMessage.NO_ROOM_TO_READ.id()));
        assertThat(good(one.found(watches, opener, () -> true)).matches()).containsExactly("w");
    }

    @Test
    void attachmentThatCannotBeReadForLackOfRoomLeavesItsConditionOpen() {
        RawMail raw = mail(WITH_ATTACHMENT);
        Sighting one = sighting(raw, 1_000);
        Entry entry = new Entry("至急", Entry.Form.TEXT, Entry.Look.ATTACHMENTS, false, false, false);
        WatchLists.Known watches =
                watch(Conditions.NONE.map((list, entries) -> list.equals("text") ? List.of(entry) : entries));
        assertThat(foundWithoutRoom(one, raw, watches)).isInstanceOf(Result.Failed.class);
        assertThat(good(one.found(watches, opener, () -> true)).matches()).containsExactly("w");
    }

    @Test
    void whatWasFoundIsNotedWithTheMail() {
        RawMail raw = mail(MAIL);
        Report.Found found = good(sighting(raw, 1 << 20)
                .found(watch(new Conditions(List.of("a@b"), List.of(), List.of())), opener, () -> true));
        assertThat(found.summary().facts()).isNotNull().satisfies(facts -> {
            assertThat(facts.textStart()).hasSize(120).startsWith("line\nline");
            assertThat(facts.matched()).containsExactly("w");
            assertThat(facts.automatic()).isNull();
        });
    }
}

package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.spool.SpoolMessage;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an agent makes of the spool that it finds, and of mails that are damaged there. */
class SpoolLookTest {
    private static final int MANY = 100_000;
    private static final int PAGE = 1_000;

    private final SpoolRig rig = new SpoolRig();

    @Test
    void mailWithoutAVerdictIsTakenUpAndIsNotLookedAtWhenItHasOne() throws IOException {
        rig.put("a");
        rig.begin();
        assertThat(rig.found()).containsExactly("a");
        assertThat(rig.names()).containsExactly("a.kept");
        rig.begin();
        assertThat(rig.found()).containsExactly("a");
        assertThat(rig.alarms).isEmpty();
    }

    @Test
    void entryWhoseMarkWasLostInACrashIsAskedAboutAndMarked() throws IOException {
        rig.put("a");
        rig.known.add("a");
        rig.begin();
        assertThat(rig.found()).isEmpty();
        assertThat(rig.names()).containsExactly("a.kept");
    }

    @Test
    void storeOlderThanTheSpoolStartsNothingByItself() throws IOException {
        rig.put("a", "b", "c");
        rig.begin();
        assertThat(rig.found()).containsExactly("a", "b", "c");
        rig.known.clear();
        rig.known.add("b");
        rig.put("d");
        rig.begin();
        assertThat(rig.found()).containsExactly("a", "b", "c", "d");
        assertThat(rig.alarms.keySet()).containsExactly("spool/settled");
        assertThat(rig.alarms.get("spool/settled"))
                .isEqualTo(Problem.of(SpoolMessage.STORE_OLDER, "folder", SpoolRig.SPOOL, "count", 2, "place", "a"));

        rig.disk.delete(SpoolRig.SPOOL.resolve("c.kept"));
        rig.disk.rename(SpoolRig.SPOOL.resolve("a.kept"), SpoolRig.SPOOL.resolve("a.mail"));
        rig.begin();
        assertThat(rig.found()).as("a person let it go through").containsExactly("a", "b", "c", "d", "a");
        assertThat(rig.alarms).isEmpty();
    }

    @Test
    void questionsThatAreLostAreAskedAgain() throws IOException {
        rig.put("a", "b");
        rig.begin();
        rig.known.remove("b");
        rig.put("c");
        rig.lost = 2;
        rig.begin();
        rig.advance(Duration.ofMinutes(1));
        assertThat(rig.found()).containsExactly("a", "b", "c");
        assertThat(rig.alarms.keySet()).containsExactly("spool/settled");
    }

    @Test
    void startReadsOnlyEntriesWithoutVerdict() {
        for (int number = 0; number < MANY; number++) {
            String place = "old-" + number;
            rig.known.add(place);
            rig.furtherNames.add(place + ".kept");
        }
        rig.put("x", "y");
        rig.begin();
        assertThat(rig.found()).containsExactly("x", "y");
        assertThat(rig.alarms).isEmpty();
        assertThat(rig.read).isNotEmpty().allMatch(file -> file.startsWith("x.") || file.startsWith("y."));
        assertThat(rig.asked).hasSizeGreaterThan(MANY / PAGE).allMatch(asked -> asked <= PAGE);
        assertThat(rig.asked.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(MANY + 2);
    }

    @Test
    void strangeFilesInTheHomeDoNotKeepItFromStarting() throws IOException {
        Path reports = rig.settings.reports();
        rig.put("a");
        rig.disk.create(SpoolRig.SPOOL.resolve("Copy of x.mail")).close();
        rig.disk.create(SpoolRig.SPOOL.resolve("notes.txt")).close();
        rig.disk.makeFolders(SpoolRig.SPOOL.resolve("0193-dir.mail"));
        rig.disk.makeFolders(SpoolRig.SPOOL.resolve("full.part/inside"));
        rig.disk.makeFolders(reports.resolve("x.json"));
        rig.disk.makeFolders(reports.resolve("sub/y"));
        rig.disk.create(reports.resolve("damaged.json")).close();
        rig.disk.create(reports.resolve("half.json.part")).close();
        rig.disk.create(reports.resolve("notes.txt")).close();
        rig.begin();
        assertThat(rig.found()).containsExactly("a");
        assertThat(rig.alarms.keySet())
                .containsExactlyInAnyOrder("spool/strange", "spool/unreadable", "reports/strange");
        assertThat(rig.alarm("spool/strange").values())
                .containsEntry("count", "3")
                .containsEntry("names", "Copy of x.mail, full.part, notes.txt");
        assertThat(rig.alarm("spool/unreadable").values()).containsEntry("place", "0193-dir");
        assertThat(rig.alarm("reports/strange").values()).containsEntry("count", "4");
        assertThat(rig.disk.exists(reports.resolve("notes.txt"))).isTrue();

        rig.disk.delete(SpoolRig.SPOOL.resolve("0193-dir.mail"));
        rig.advance(rig.settings.sweep().multipliedBy(3));
        assertThat(rig.alarms.keySet()).containsExactlyInAnyOrder("spool/strange", "reports/strange");
    }

    @Test
    void alarmOfTheProcessBeforeEndsWhenNothingIsUnreadableAnyMore() throws IOException {
        Path unreadable = SpoolRig.SPOOL.resolve("0193-dir.mail");
        rig.disk.makeFolders(unreadable);
        rig.begin();
        assertThat(rig.alarms.keySet()).containsExactly("spool/unreadable");
        rig.disk.delete(unreadable);
        rig.begin();
        assertThat(rig.alarms).isEmpty();
    }

    @Test
    void damagedEntryThatNobodyKnowsIsPutAsideWithAnAlarm() throws IOException {
        rig.put("a", "b");
        rig.damage("a");
        rig.begin();
        assertThat(rig.found()).containsExactly("b");
        assertThat(rig.alarm("spool/a").id()).isEqualTo(SpoolMessage.DAMAGED.id());
        assertThat(rig.disk.exists(SpoolRig.SPOOL.resolve("quarantine/a.mail"))).isTrue();
    }

    @Test
    void mailDamagedInTheSpoolIsShown() throws IOException {
        List<RawMail> mails = rig.put("a", "b", "c");
        rig.begin();
        rig.damage("a");
        rig.disk.delete(SpoolRig.SPOOL.resolve("c.kept"));
        List<Assignment.Candidate> candidates = IntStream.range(0, 3)
                .mapToObj(at -> new Assignment.Candidate(
                        at, new MailIdentity("orders", "mail" + at), mails.get(at), null, MailSummary.UNREADABLE))
                .toList();
        Conditions fromEdi = new Conditions(List.of("edi@x.example"), List.of(), List.of());
        rig.give(new Assignment.TestMails("start/1", fromEdi, candidates));
        assertThat(rig.reports(Report.MailsTested.class).getFirst().matches())
                .extracting(Report.Match::mail)
                .containsExactly(1L);
        assertThat(rig.reports(Report.MailUnreadable.class))
                .extracting(Report.MailUnreadable::mail, lost -> lost.problem().id())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, SpoolMessage.DAMAGED.id()),
                        org.assertj.core.groups.Tuple.tuple(2L, SpoolMessage.NOT_FOUND.id()));

        rig.give(new Assignment.SaveMail(
                "claim",
                7,
                mails.getFirst(),
                Instant.EPOCH,
                "/saves",
                "claim",
                null,
                null,
                null,
                true,
                null,
                null,
                null));
        assertThat(rig.reports(Report.MailSaved.class).getFirst().problem()).isNotNull();
        assertThat(rig.reports(Report.MailUnreadable.class).getLast().mail()).isEqualTo(7);
    }
}

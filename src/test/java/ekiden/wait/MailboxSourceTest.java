package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Trial;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.save.NameTemplate;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryDisk;
import ekiden.testing.MemoryFolder;
import ekiden.testing.MemoryMailbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxSourceTest {
    private static final Path STATE = Path.of("/state");
    private static final Path OUT = Path.of("/out");
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final Conditions ANY = new Conditions(List.of(), List.of(), List.of());
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final MemoryDisk disk = new MemoryDisk(new Random(3));
    private final MemoryFolder inbox = new MemoryFolder(77);
    private final Map<String, MemoryFolder> folders = new HashMap<>(Map.of("INBOX", inbox));
    private final MemoryMailbox.Faults faults = new MemoryMailbox.Faults();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Problem> told = Collections.synchronizedList(new ArrayList<>());
    private final Object change = new Object();
    private List<String> watched = List.of("INBOX");
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void folders() throws IOException {
        disk.makeFolders(STATE);
        inbox.onChange(() -> {
            synchronized (change) {
                change.notifyAll();
            }
        });
    }

    private void await(Duration atMost, BooleanSupplier news) {
        synchronized (change) {
            for (long left = atMost.toMillis() / 5; left > 0 && !news.getAsBoolean(); left--) {
                try {
                    change.wait(5);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private long deliver(int number, String text) {
        return inbox.deliver(mail(number, text), AT);
    }

    private static byte[] mail(int number, String text) {
        return ("From: a@example.jp\r\nSubject: no " + number + "\r\nMessage-ID: <" + number + "@t>\r\n\r\n" + text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private WaitRun.Outcome call(int count, AfterReceive after, Conditions conditions, Duration within) {
        return call(count, after, conditions, within, () -> {});
    }

    private WaitRun.Outcome call(
            int count, AfterReceive after, Conditions conditions, Duration within, Runnable ready) {
        WaitLimits limits = WaitLimits.DEFAULT;
        Scratch scratch = new Scratch(disk, STATE.resolve("scratch"));
        assertThat(scratch.clear()).isInstanceOf(Result.Ok.class);
        Wish wish = new Wish(conditions, false, after, 5_000_000);
        List<MailboxSource> sources = new ArrayList<>();
        for (String name : watched) {
            Mailbox mailbox = new MemoryMailbox(folders, name, false, this::await, faults);
            Mailbox counted = () -> {
                opened.incrementAndGet();
                return mailbox.open();
            };
            sources.add(new MailboxSource("m", counted, wish, new SystemClock(), limits, scratch));
        }
        MailSource source = sources.size() == 1 ? sources.getFirst() : new Folders(sources);
        WaitFiles files = new FlatFiles(
                disk,
                OUT,
                WaitWorld.template("{n}.txt", NameTemplate.OF_MAIL),
                WaitWorld.template("{n}-{i}", NameTemplate.OF_ATTACHMENT),
                () -> ZoneOffset.UTC);
        return WaitRun.run(
                new WaitState(disk, STATE, "0123456789ab"),
                new WaitWork.Ports(
                        new SystemClock(),
                        "m",
                        conditions,
                        count,
                        files,
                        this::print,
                        (name, raw) -> Trial.Verdict.NOT_HELD,
                        Opening.USUAL,
                        limits),
                source,
                ready,
                told::add,
                within);
    }

    private boolean print(byte[] bytes) {
        lines.addAll(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        return true;
    }

    private List<String> identities() {
        return lines.stream()
                .map(line -> String.valueOf(Json.readMap(line).get("identity")))
                .toList();
    }

    @Test
    void mailsThatAreThereAndThoseThatComeAreTakenInOrderAndMarkedRead() {
        for (int i = 1; i <= 700; i++) {
            deliver(i, "text " + i);
        }
        WaitRun.Outcome outcome = call(702, AfterReceive.READ, ANY, LONG, () -> {
            deliver(701, "later");
            deliver(702, "last");
        });
        assertThat(outcome).isEqualTo(new WaitRun.Outcome(702, null, null, null));
        assertThat(identities())
                .hasSize(702)
                .startsWith("m/INBOX/77/1", "m/INBOX/77/2")
                .endsWith("m/INBOX/77/702");
        assertThat(inbox.uids()).allSatisfy(uid -> assertThat(inbox.flags(uid)).contains("\\Seen"));
        assertThat(disk.files()).containsKey(OUT.resolve("702.txt"));
        assertThat(told).isEmpty();
    }

    @Test
    void callThatEndsMarksItsMailsOverTheConnectionItHas() {
        for (int call = 1; call <= 20; call++) {
            deliver(call, "text");
            assertThat(call(1, AfterReceive.READ, ANY, LONG).printed()).isEqualTo(1);
        }
        assertThat(inbox.uids()).allSatisfy(uid -> assertThat(inbox.flags(uid)).contains("\\Seen"));
        assertThat(opened).hasValue(20);
    }

    @Test
    void moreThanWereAskedForAreLeftUnread() {
        for (int i = 1; i <= 5; i++) {
            deliver(i, "text");
        }
        assertThat(call(2, AfterReceive.READ, ANY, LONG).printed()).isEqualTo(2);
        assertThat(inbox.flags(2)).contains("\\Seen");
        assertThat(inbox.flags(3)).doesNotContain("\\Seen");
        assertThat(call(3, AfterReceive.READ, ANY, LONG).printed()).isEqualTo(3);
        assertThat(identities()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void timeThatRunsOutLeavesWhatWasPrintedTaken() {
        deliver(1, "text");
        WaitRun.Outcome outcome = call(2, AfterReceive.READ, ANY, SHORT);
        assertThat(outcome).isEqualTo(new WaitRun.Outcome(1, null, null, null));
        assertThat(inbox.flags(1)).contains("\\Seen");
    }

    @Test
    void mailThatIsLeftUnreadDoesNotComeAgainWithTheSameState() {
        deliver(1, "text");
        assertThat(call(1, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(1);
        assertThat(inbox.flags(1)).doesNotContain("\\Seen");
        assertThat(call(1, AfterReceive.NONE, ANY, SHORT).printed()).isZero();
    }

    @Test
    void connectionCutInTheMiddleOfABodyLosesNothing() {
        for (int i = 1; i <= 30; i++) {
            deliver(i, "x".repeat(1000));
        }
        faults.cutAfter(20_500);
        WaitRun.Outcome outcome = call(30, AfterReceive.READ, ANY, LONG);
        assertThat(outcome.problem()).isNull();
        assertThat(identities()).hasSize(30).doesNotHaveDuplicates();
        assertThat(told).isNotEmpty();
        assertThat(inbox.uids()).allSatisfy(uid -> assertThat(inbox.flags(uid)).contains("\\Seen"));
    }

    @Test
    void folderThatCanOnlyBeReadIsRefusedBeforeAnythingIsTaken() {
        deliver(1, "text");
        inbox.readOnly(true);
        Problem problem = call(1, AfterReceive.READ, ANY, LONG).problem();
        assertThat(problem).isNotNull().extracting(Problem::id).isEqualTo(ReceiveMessage.READ_ONLY.id());
        assertThat(lines).isEmpty();
        assertThat(call(1, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(1);
    }

    @Test
    void removalThatTheServerRefusesIsToldAtTheEndAndTriedByTheNextCall() {
        deliver(1, "text");
        faults.offer(false, false);
        WaitRun.Outcome outcome = call(1, DELETE, ANY, LONG);
        assertThat(outcome.printed()).isEqualTo(1);
        assertThat(outcome.atEnd()).isNotNull().extracting(Problem::id).isEqualTo(ReceiveMessage.NO_UID_EXPUNGE.id());
        faults.offer(true, true);
        assertThat(call(1, DELETE, ANY, SHORT).printed()).isZero();
        assertThat(inbox.uids()).isEmpty();
    }

    @Test
    void mailIsMovedWhenItHasItsReceipt() {
        MemoryFolder target = new MemoryFolder(5);
        folders.put("Done", target);
        deliver(1, "text");
        call(1, new AfterReceive(true, null, "Done", false), ANY, LONG);
        assertThat(inbox.uids()).isEmpty();
        assertThat(target.uids()).hasSize(1);
    }

    @Test
    void mailAnnouncedBeforeItCanBeReadIsTakenWhenItCan() {
        long uid = inbox.announce(mail(1, "early"), AT);
        WaitRun.Outcome outcome = call(1, AfterReceive.READ, ANY, LONG, () -> inbox.readable(uid));
        assertThat(outcome.printed()).isEqualTo(1);
    }

    @Test
    void mailThatTheServerRefusesToHandOutHoldsUpNoOtherAndIsTold() {
        deliver(1, "text");
        faults.refuseBody(deliver(2, "text"));
        deliver(3, "text");
        // long enough for the tries before it is told, on a machine that does other things too
        assertThat(call(3, AfterReceive.READ, ANY, Duration.ofSeconds(6)).printed())
                .isEqualTo(2);
        assertThat(identities()).containsExactly("m/INBOX/77/1", "m/INBOX/77/3");
        assertThat(inbox.flags(2)).isEmpty();
        assertThat(told).extracting(Problem::id).containsExactly(ReceiveMessage.ANNOUNCED_ONLY.id());
    }

    /** Dovecot says BYE where it cannot read the file of a mail. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mailAtWhichTheServerEndsTheSessionHoldsUpNoOtherAndIsTold(boolean onlyItsBody) {
        deliver(1, "text");
        faults.endAt(deliver(2, "text"), onlyItsBody);
        deliver(3, "text");
        AfterReceive after = onlyItsBody ? AfterReceive.READ : AfterReceive.NONE;
        assertThat(call(2, after, ANY, LONG).printed()).isEqualTo(2);
        assertThat(identities()).containsExactly("m/INBOX/77/1", "m/INBOX/77/3");
        assertThat(told).extracting(Problem::id).contains(ReceiveMessage.ENDS_SESSIONS.id());
    }

    @Test
    void onlyBodiesThatMayMatchAreFetchedAndOnlyMatchesAreTaken() {
        for (int i = 1; i <= 20; i++) {
            deliver(i, i == 12 ? "wanted" : "other");
        }
        Conditions conditions = new Conditions(List.of(), List.of("no 1"), List.of("wanted"));
        WaitRun.Outcome outcome = call(1, AfterReceive.READ, conditions, LONG);
        assertThat(outcome.printed()).isEqualTo(1);
        assertThat(identities()).containsExactly("m/INBOX/77/12");
        assertThat(inbox.uids().stream().filter(uid -> inbox.flags(uid).contains("\\Seen")))
                .containsExactly(12L);
    }

    @Test
    void patternsAndTextsOfAttachmentsAreWaitedFor() {
        Entry subject = new Entry("NO *2", Entry.Form.GLOB, Entry.Look.USUAL, true, false, false);
        Entry attached = new Entry("^order [0-9]+$", Entry.Form.REGEX, Entry.Look.ATTACHMENTS, false, false, false);
        Conditions conditions = Conditions.NONE.map((list, none) -> switch (list) {
            case "subject" -> List.of(subject);
            case "text" -> List.of(attached);
            default -> none;
        });
        deliver(1, "text");
        deliver(2, "order 7");
        String parts = "--b\r\n\r\ntext\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\n"
                + "Content-Disposition: attachment\r\n\r\norder 7\r\n--b--\r\n";
        for (int number : List.of(31, 32)) {
            String mail = "From: a@example.jp\r\nSubject: no " + number
                    + "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts;
            inbox.deliver(mail.getBytes(StandardCharsets.UTF_8), AT);
        }
        assertThat(call(2, AfterReceive.READ, conditions, SHORT).printed()).isEqualTo(1);
        assertThat(identities()).containsExactly("m/INBOX/77/4");
    }

    @Test
    void largeMailGoesThroughAFileThatDoesNotStay() throws IOException {
        deliver(1, "0123456789\r\n".repeat(400_000));
        assertThat(call(1, AfterReceive.READ, ANY, LONG).printed()).isEqualTo(1);
        assertThat(disk.size(OUT.resolve("1.txt"))).isEqualTo(4_400_000L);
        assertThat(disk.list(STATE.resolve("scratch"))).isEmpty();
    }

    @Test
    void mailThatWasTakenAndThenReadByAnotherClientStillGetsItsLine() throws IOException {
        deliver(1, "text");
        disk.failAfter(20, () -> new Disk.DiskFull(OUT, new IOException("test")));
        int before = call(1, AfterReceive.READ, ANY, LONG).printed();
        inbox.addFlags(UidSet.of(1), Set.of("\\Seen"));
        disk.restart();
        int after = call(1, AfterReceive.READ, ANY, SHORT).printed();
        assertThat(lines.stream().filter(line -> !line.contains("\"error\""))).hasSize(1);
        assertThat(before + after).isGreaterThan(0);
    }

    @Test
    void mailboxThatCannotBeReachedAtTheBeginningEndsTheCall() {
        faults.fail(Problem.of(ReceiveMessage.NO_CONNECTION, "host", "h", "port", 1, "reason", "refused"));
        Problem problem = call(1, AfterReceive.READ, ANY, LONG).problem();
        assertThat(problem).isNotNull().extracting(Problem::id).isEqualTo(ReceiveMessage.NO_CONNECTION.id());
    }

    @Test
    void mailOverTheLimitIsToldAndStaysUnread() {
        deliver(1, "0123456789\r\n".repeat(500_000));
        deliver(2, "small");
        WaitRun.Outcome outcome = call(2, AfterReceive.READ, ANY, LONG);
        assertThat(outcome.printed()).isEqualTo(2);
        assertThat(outcome.ofMails()).isNotNull().extracting(Problem::id).isEqualTo(ReceiveMessage.TOO_LARGE.id());
        assertThat(inbox.flags(1)).doesNotContain("\\Seen");
        assertThat(inbox.flags(2)).contains("\\Seen");
    }

    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);

    @Test
    void mailInWhosePlaceAnotherOneStandsIsNotRemoved() {
        long uid = deliver(1, "text");
        faults.offer(false, false);
        assertThat(call(1, DELETE, ANY, LONG).atEnd()).isNotNull();
        inbox.reuse(uid, mail(2, "another"), AT);
        faults.offer(true, true);
        WaitRun.Outcome outcome = call(1, DELETE, ANY, SHORT);
        assertThat(outcome.atEnd()).isNotNull().extracting(Problem::id).isEqualTo(ReceiveMessage.ANOTHER_MAIL.id());
        assertThat(inbox.uids()).containsExactly(uid);
        assertThat(lines).hasSize(1);
        assertThat(call(1, DELETE, ANY, SHORT).atEnd()).as("told once").isNull();
    }

    @Test
    void mailThatSomebodyRemovedMeanwhileIsSettled() {
        long uid = deliver(1, "text");
        faults.offer(false, false);
        call(1, DELETE, ANY, LONG);
        inbox.expunge(UidSet.of(uid));
        faults.offer(true, true);
        assertThat(call(1, DELETE, ANY, SHORT)).isEqualTo(new WaitRun.Outcome(0, null, null, null));
    }

    @Test
    void newNumbersAreToldAndMailsThatGotTheirLinesAreKnownByTheirLook() {
        for (int i = 1; i <= 3; i++) {
            deliver(i, "text");
        }
        assertThat(call(3, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(3);
        inbox.renumber(78, 1);
        deliver(4, "new");
        assertThat(call(1, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(1);
        assertThat(told).extracting(Problem::id).containsExactly(ReceiveMessage.NEW_UIDVALIDITY.id());
        assertThat(identities()).hasSize(4);
        assertThat(lines.getLast()).contains("no 4");
        told.clear();
        assertThat(call(1, AfterReceive.NONE, ANY, SHORT).printed()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void serverThatWasPutBackAndGivesUidsOfPrintedMailsAgainIsToldAndNewUidvalidityBringsTheMails() {
        for (int i = 1; i <= 3; i++) {
            deliver(i, "text");
        }
        assertThat(call(3, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(3);
        assertThat(told).isEmpty();
        inbox.expunge(UidSet.between(2, 3));
        inbox.renumber(77, 1);
        deliver(4, "new");
        call(1, AfterReceive.NONE, ANY, SHORT);
        assertThat(told).extracting(Problem::id).containsExactly(ReceiveMessage.TAKEN_FOR_KNOWN.id());
        inbox.renumber(78, 1);
        assertThat(call(1, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(1);
        assertThat(lines.getLast()).contains("no 4");
    }

    @Test
    void mailsThatCameUnderUidsOfPrintedOnesBeforeTheCallAreTold() {
        for (int i = 1; i <= 3; i++) {
            deliver(i, "text");
        }
        assertThat(call(3, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(3);
        call(1, AfterReceive.NONE, ANY, SHORT);
        assertThat(told).isEmpty();
        inbox.expunge(UidSet.between(2, 3));
        inbox.renumber(77, 1);
        for (int i = 4; i <= 6; i++) {
            deliver(i, "new");
        }
        call(1, AfterReceive.NONE, ANY, SHORT);
        assertThat(told)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).extracting(Problem::id).isEqualTo(ReceiveMessage.TAKEN_FOR_KNOWN.id()));
        assertThat(told.getFirst().values()).containsEntry("next", "2").containsEntry("last", "3");
        inbox.renumber(78, 1);
        assertThat(call(2, AfterReceive.NONE, ANY, LONG).printed()).isEqualTo(2);
        assertThat(String.join("", lines)).contains("no 4", "no 5", "no 6");
    }

    @Test
    void movedMailIsNotPrintedAgainWhereItsNewFolderIsWatchedToo() {
        folders.put("Done", new MemoryFolder(5));
        watched = List.of("INBOX", "Done");
        deliver(1, "text");
        AfterReceive after = new AfterReceive(true, null, "Done", false);
        assertThat(call(1, after, ANY, LONG).printed()).isEqualTo(1);
        assertThat(call(1, after, ANY, SHORT).printed()).isZero();
        assertThat(call(1, after, ANY, SHORT).printed()).isZero();
    }

    @Test
    void ofTwoMailsThatLookTheSameUnderNewNumbersOnlyAsManyAreKnownAsThereWere() {
        deliver(1, "text");
        call(1, AfterReceive.NONE, ANY, LONG);
        deliver(1, "text");
        inbox.renumber(78, 1);
        assertThat(call(2, AfterReceive.NONE, ANY, SHORT).printed()).isEqualTo(1);
    }

    @Test
    void severalFoldersAreReadAndEachHearsOfItsOwnMails() {
        MemoryFolder orders = new MemoryFolder(5);
        orders.onChange(() -> {
            synchronized (change) {
                change.notifyAll();
            }
        });
        folders.put("Orders/2026", orders);
        watched = List.of("INBOX", "Orders/2026");
        deliver(1, "text");
        orders.deliver(mail(2, "order"), AT);
        assertThat(call(2, AfterReceive.READ, ANY, LONG)).isEqualTo(new WaitRun.Outcome(2, null, null, null));
        assertThat(identities()).containsExactlyInAnyOrder("m/INBOX/77/1", "m/Orders/2026/5/1");
        assertThat(inbox.flags(1)).contains("\\Seen");
        assertThat(orders.flags(1)).contains("\\Seen");
        assertThat(call(1, AfterReceive.READ, ANY, SHORT).printed()).isZero();
    }
}

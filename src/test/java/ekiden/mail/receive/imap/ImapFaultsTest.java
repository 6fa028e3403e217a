package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.Bodies;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.MailboxSession.Woken;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.Wait;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import ekiden.testing.Ports;
import ekiden.testing.imap.ImapFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each thing that servers and networks do wrong is told as what it is, and nothing hangs. */
@Timeout(60)
class ImapFaultsTest {
    private static final UidSet ALL = UidSet.between(1, UidSet.MAX);

    private final ImapRig rig = new ImapRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private MailboxSession impatient() {
        return MailboxSessionContract.good(
                rig.mailbox(rig.settings().with(ImapRig.SHORT)).open());
    }

    private static String failed(Result<?> result) {
        return MailboxSessionContract.failed(result);
    }

    private Result<MailboxSession> openImpatiently() {
        return rig.mailbox(rig.settings().with(ImapRig.SHORT)).open();
    }

    @ParameterizedTest
    @CsvSource({
        "HALF_OPEN, STALLED",
        "POP3, OTHER_PROTOCOL",
        "SMTP, OTHER_PROTOCOL",
        "HTTP, OTHER_PROTOCOL",
        "BYE_AT_ONCE, NOT_NOW"
    })
    void greetingTellsWhatIsWrong(ImapFault fault, ReceiveMessage message) {
        rig.server.script().always(fault);
        assertThat(failed(openImpatiently())).isEqualTo(message.id());
    }

    @Test
    void otherProtocolsAreNamed() {
        assertThat(Greeting.protocol("+OK ready")).isEqualTo("POP3");
        assertThat(Greeting.protocol("220 mx ESMTP")).startsWith("SMTP");
        assertThat(Greeting.protocol("HTTP/1.1 400")).isEqualTo("HTTP");
        assertThat(Greeting.protocol("SSH-2.0-x")).isEqualTo("SSH");
        assertThat(Greeting.protocol("\u0015\u0003\u0003")).isEqualTo("TLS");
        assertThat(Greeting.protocol("hello")).isNull();
    }

    @Test
    void nobodyListens() {
        ImapSettings settings = ImapSettings.inbox(new HostPort("127.0.0.1", Ports.free()), Security.NONE);
        assertThat(failed(rig.mailbox(settings).open())).isEqualTo(ReceiveMessage.NO_CONNECTION.id());
        ImapSettings nowhere = ImapSettings.inbox(new HostPort("no-such-host.invalid", 143), Security.NONE);
        assertThat(failed(rig.mailbox(nowhere).open())).isEqualTo(ReceiveMessage.UNKNOWN_HOST.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = ImapFault.class,
            names = {"DROP", "STALL", "BYE", "OVERQUOTA", "LIMIT", "UNAVAILABLE", "ENDLESS_LINE", "ENDLESS_ANSWERS"})
    void everyCommandMeetsEveryFault(ImapFault fault) {
        ReceiveMessage wanted = message(fault);
        for (String command : List.of("CAPABILITY", "AUTHENTICATE", "SELECT")) {
            rig.server.script().heal();
            rig.server.script().once(fault, command);
            assertThat(failed(openLimited())).as(command).isEqualTo(wanted.id());
        }
        rig.deliver(100);
        for (String command : List.of("NOOP", "UID SEARCH", "UID FETCH", "UID STORE", "UID MOVE", "UID EXPUNGE")) {
            rig.server.script().heal();
            try (MailboxSession session = MailboxSessionContract.good(openLimited())) {
                rig.server.script().once(fault, command);
                assertThat(failed(work(command, session))).as(command).isEqualTo(wanted.id());
            }
        }
    }

    @Test
    void questionIsPutOffTwiceWhereSomethingIsMoreUrgentAndThenAsked() {
        Duration pause = Duration.ofMillis(2);
        try (MailboxSession session = MailboxSessionContract.good(openLimited())) {
            rig.server.script().always(ImapFault.DROP);
            Wait two = new Wait(pause.multipliedBy(2), pause);
            assertThat(MailboxSessionContract.good(session.await(two, () -> true)))
                    .as("nothing was asked")
                    .isEqualTo(Woken.TIME);
            Wait many = new Wait(Duration.ofSeconds(20), pause);
            assertThat(failed(session.await(many, () -> true))).isEqualTo(ReceiveMessage.LOST.id());
        }
    }

    private Result<MailboxSession> openLimited() {
        ImapLimits limits = new ImapLimits(4096, 1000, 1000, 8, 2000, 1000, 1000, 8000, 500, 3, 65536, 10, 2);
        return rig.mailbox(rig.settings().with(ImapRig.SHORT).with(limits)).open();
    }

    private static Result<?> work(String command, MailboxSession session) {
        UidSet some = UidSet.of(1);
        return switch (command) {
            case "UID FETCH" -> session.fetch(List.of(some), new Bodies());
            case "UID STORE" -> session.addFlags(some, Set.of("\\Seen"));
            case "UID MOVE" -> session.move(some, "INBOX");
            case "UID EXPUNGE" -> session.delete(some);
            default -> session.search(Wanted.ALL, ALL);
        };
    }

    private static ReceiveMessage message(ImapFault fault) {
        return switch (fault) {
            case DROP -> ReceiveMessage.LOST;
            case STALL -> ReceiveMessage.STALLED;
            case BYE -> ReceiveMessage.CLOSING;
            case OVERQUOTA, LIMIT, UNAVAILABLE -> ReceiveMessage.NOT_NOW;
            default -> ReceiveMessage.TOO_MUCH;
        };
    }

    @Test
    void refusalLeavesTheSessionUsable() {
        rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            rig.server.script().once(ImapFault.UNAVAILABLE, "UID FETCH");
            Bodies bodies = new Bodies();
            List<UidSet> chunks = List.of(UidSet.of(1), UidSet.of(2), UidSet.of(3), UidSet.of(4));
            assertThat(failed(session.fetch(chunks, bodies))).isEqualTo(ReceiveMessage.NOT_NOW.id());
            assertThat(MailboxSessionContract.good(session.fetch(chunks, bodies)))
                    .isTrue();
            assertThat(bodies.whole()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"CUT_LITERAL, LOST", "STALL_LITERAL, STALLED"})
    void bodyThatStopsInTheMiddleIsCutAndTheRestCanBeHad(ImapFault fault, ReceiveMessage message) {
        long uid = rig.deliver(100_000);
        Bodies first = new Bodies();
        rig.server.script().once(fault, "UID FETCH");
        try (MailboxSession session = impatient()) {
            assertThat(failed(session.fetch(List.of(UidSet.of(uid)), first))).isEqualTo(message.id());
        }
        byte[] beginning = first.cutOff().getOrDefault(uid, new byte[0]);
        assertThat(beginning).isNotEmpty();
        assertThat(first.whole()).isEmpty();
        assertThat(first.wrong()).isEmpty();
        Bodies rest = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetchFrom(uid, beginning.length, rest)))
                    .isTrue();
        }
        String whole = text(beginning) + text(rest.whole().getOrDefault(uid, new byte[0]));
        assertThat(whole)
                .isEqualTo(text(rig.server.inbox().mail(uid).orElseThrow().bytes()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void uidBehindTheBodyIsUnderstood() {
        rig.server.script().always(ImapFault.UID_AFTER_BODY);
        UidSet all = UidSet.of(List.of(rig.deliver(100), rig.deliver(30_000), rig.deliver(50)));
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetch(List.of(all), bodies)))
                    .isTrue();
        }
        assertThat(bodies.whole()).hasSize(3);
        assertThat(bodies.wrong()).isEmpty();
    }

    @Test
    void mailUnderAUidNobodyAskedForIsNotTaken() {
        UidSet all = UidSet.of(List.of(rig.deliver(100), rig.deliver(100)));
        rig.server.script().once(ImapFault.LIE_ABOUT_UIDS, "UID FETCH");
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetch(List.of(all), bodies)))
                    .isTrue();
            assertThat(bodies.whole()).containsOnlyKeys(2L);
            rig.server.script().once(ImapFault.LIE_ABOUT_UIDS, "UID FETCH");
            List<Glimpse> seen = new ArrayList<>();
            assertThat(MailboxSessionContract.good(session.look(all, seen::add)))
                    .isTrue();
            assertThat(seen).extracting(Glimpse::uid).containsExactly(2L);
        }
        assertThat(bodies.wrong()).isEmpty();
    }

    @Test
    void uidBehindTheBodyThatIsAnotherCutsTheMail() {
        long uid = rig.deliver(100);
        rig.server.script().always(ImapFault.UID_AFTER_BODY).once(ImapFault.LIE_ABOUT_UIDS, "UID FETCH");
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetchFrom(uid, 10, bodies)))
                    .isTrue();
        }
        assertThat(bodies.whole()).isEmpty();
        assertThat(bodies.cutOff()).containsOnlyKeys(uid);
    }

    @Test
    void mailThatComesTwiceIsTakenOnce() {
        rig.server.script().always(ImapFault.TWICE);
        UidSet all = UidSet.of(List.of(rig.deliver(100), rig.deliver(100)));
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetch(List.of(all), bodies)))
                    .isTrue();
            assertThat(MailboxSessionContract.good(session.fetchFrom(1, 5, bodies)))
                    .isTrue();
        }
        assertThat(bodies.whole()).hasSize(2);
        assertThat(bodies.wrong()).containsExactly("1 came twice");
    }

    @Test
    void mailThatIsAnnouncedEarlyIsFoundAndFetchedLater() {
        rig.server.script().always(ImapFault.ANNOUNCE_EARLY);
        long uid = rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL)))
                    .isEqualTo(UidSet.of(uid));
            List<Glimpse> seen = new ArrayList<>();
            assertThat(MailboxSessionContract.good(session.look(UidSet.of(uid), seen::add)))
                    .isTrue();
            assertThat(seen).isEmpty();
            assertThat(MailboxSessionContract.good(session.look(UidSet.of(uid), seen::add)))
                    .isTrue();
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void mailsThatVanishDuringAFetchAreNoFailure() {
        rig.server.script().once(ImapFault.EXPUNGE_IN_FETCH, "UID FETCH");
        UidSet all = UidSet.of(List.of(rig.deliver(100), rig.deliver(100), rig.deliver(100)));
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetch(List.of(all), bodies)))
                    .isTrue();
        }
        assertThat(bodies.whole()).containsOnlyKeys(1L, 2L);
    }

    @Test
    void newUidValidityEndsTheSession() {
        try (MailboxSession session = rig.open()) {
            rig.server.script().once(ImapFault.NEW_UIDVALIDITY, "UID SEARCH");
            assertThat(failed(session.search(Wanted.ALL, ALL))).isEqualTo(ReceiveMessage.NEW_UIDVALIDITY.id());
            assertThat(failed(session.search(Wanted.ALL, ALL))).isEqualTo(ReceiveMessage.LOST.id());
        }
    }

    @Test
    void renumberedFolderShowsItsNewValidity() {
        rig.deliver(100);
        rig.server.script().once(ImapFault.RENUMBER, "");
        try (MailboxSession session = rig.open()) {
            assertThat(session.folder().uidValidity()).isEqualTo(1001);
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .max())
                    .isGreaterThan(100);
        }
    }

    @Test
    void folderWithoutUidValidityHasZero() {
        rig.server.script().always(ImapFault.NO_UIDVALIDITY);
        try (MailboxSession session = rig.open()) {
            assertThat(session.folder().uidValidity()).isZero();
        }
    }

    @Test
    void answersOutOfOrderBelongToTheirCommands() {
        rig.server.script().always(ImapFault.OUT_OF_ORDER);
        List<UidSet> chunks = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chunks.add(UidSet.of(rig.deliver(500)));
        }
        Bodies bodies = new Bodies();
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.fetch(chunks, bodies)))
                    .isTrue();
        }
        assertThat(bodies.whole()).hasSize(9);
        assertThat(bodies.wrong()).isEmpty();
    }

    @Test
    void readOnlyFolderIsLeftAlone() {
        rig.server.script().always(ImapFault.READ_ONLY);
        rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            assertThat(session.folder().readOnly()).isTrue();
            assertThat(failed(session.delete(UidSet.of(1)))).isEqualTo(ReceiveMessage.READ_ONLY.id());
        }
        assertThat(rig.server.script().lines()).noneMatch(line -> line.startsWith("UID STORE"));
    }

    @Test
    void serverThatCannotRemoveOneMailIsNotAskedTo() {
        rig.server.script().always(ImapFault.NO_UIDPLUS).always(ImapFault.NO_MOVE);
        rig.server.folders().put("Done", new MemoryFolder(5));
        rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            String refused = ReceiveMessage.NO_UID_EXPUNGE.id();
            assertThat(failed(session.delete(UidSet.of(1)))).isEqualTo(refused);
            assertThat(failed(session.move(UidSet.of(1), "Done"))).isEqualTo(refused);
        }
        assertThat(rig.server.script().lines()).noneMatch(line -> line.matches("(UID )?(EXPUNGE|STORE|COPY|CLOSE).*"));
        assertThat(rig.server.inbox().uids()).containsExactly(1L);
    }

    @Test
    void copyThatIsNotProvenRemovesNothing() {
        rig.server.script().always(ImapFault.NO_MOVE).always(ImapFault.NO_COPYUID);
        rig.server.folders().put("Done", new MemoryFolder(5));
        rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            assertThat(failed(session.move(UidSet.of(1), "Done"))).isEqualTo(ReceiveMessage.NOT_REMOVED.id());
        }
        assertThat(rig.server.inbox().uids()).containsExactly(1L);
        assertThat(rig.server.script().lines()).noneMatch(line -> line.startsWith("UID EXPUNGE"));
    }

    @Test
    void keywordThatTheFolderDoesNotKeepIsRefused() {
        rig.server.inbox().keywords(false);
        rig.deliver(100);
        try (MailboxSession session = rig.open()) {
            assertThat(failed(session.addFlags(UidSet.of(1), Set.of("Ekiden"))))
                    .isEqualTo(ReceiveMessage.NO_KEYWORD.id());
            assertThat(failed(session.addFlags(UidSet.of(1), Set.of("\\Seen)\r\nx EXPUNGE"))))
                    .isEqualTo(ReceiveMessage.NO_KEYWORD.id());
            assertThat(MailboxSessionContract.good(session.addFlags(UidSet.of(1), Set.of("\\Seen"))))
                    .isTrue();
        }
    }

    @Test
    void idleIsRenewedAndNothingIsMissedMeanwhile() {
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .isEmpty())
                    .isTrue();
            assertThat(MailboxSessionContract.good(session.await(Duration.ofMillis(350))))
                    .isEqualTo(Woken.TIME);
            long idles = rig.server.script().lines().stream()
                    .filter(line -> line.equals("IDLE"))
                    .count();
            assertThat(idles).isBetween(2L, 4L);
            rig.deliver(100);
            assertThat(MailboxSessionContract.good(session.await(Duration.ofSeconds(20))))
                    .isEqualTo(Woken.HINT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_IDLE", "OK_TO_IDLE", "BRIEF_IDLE"})
    void serverWhoseIdleIsOfNoUseIsAskedNowAndThenInstead(ImapFault fault) {
        rig.server.script().always(fault);
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.await(Duration.ofMillis(350))))
                    .isEqualTo(Woken.TIME);
            rig.deliver(100);
            assertThat(MailboxSessionContract.good(session.await(Duration.ofSeconds(20))))
                    .isEqualTo(Woken.HINT);
            assertThat(rig.server.script().lines().stream().filter(line -> line.equals("IDLE")))
                    .hasSizeLessThan(5);
        }
    }

    @Test
    void deadConnectionIsNoticedByTheNextSearch() {
        try (MailboxSession session = impatient()) {
            rig.server.script().always(ImapFault.STALL);
            assertThat(failed(session.search(Wanted.ALL, ALL))).isEqualTo(ReceiveMessage.STALLED.id());
        }
    }

    @Test
    void cutDuringIdleEndsTheWait() {
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .isEmpty())
                    .isTrue();
            assertThat(MailboxSessionContract.good(session.await(Duration.ofMillis(20))))
                    .isEqualTo(Woken.TIME);
            rig.server.cutAll();
            assertThat(failed(session.await(Duration.ofSeconds(20)))).isEqualTo(ReceiveMessage.LOST.id());
        }
    }

    @Test
    void commandsStayShortAndNeverTouchWhatTheyShouldNot() {
        for (int i = 0; i < 6000; i++) {
            rig.deliver(20);
        }
        Set<Long> odd = new TreeSet<>();
        for (long uid = 1; uid < 6000; uid += 2) {
            odd.add(uid);
        }
        UidSet many = UidSet.of(odd);
        rig.server.folders().put("Done", new MemoryFolder(5));
        try (MailboxSession session = rig.open()) {
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, many)))
                    .isEqualTo(many);
            List<Glimpse> seen = new ArrayList<>();
            assertThat(MailboxSessionContract.good(session.look(many, seen::add)))
                    .isTrue();
            assertThat(seen).hasSize(3000);
            Bodies bodies = new Bodies();
            assertThat(MailboxSessionContract.good(session.fetch(List.of(many), bodies)))
                    .isTrue();
            assertThat(bodies.whole()).hasSize(3000);
            assertThat(MailboxSessionContract.good(session.addFlags(many, Set.of("\\Seen"))))
                    .isTrue();
            assertThat(MailboxSessionContract.good(session.move(many.first(700), "Done")))
                    .isTrue();
            assertThat(MailboxSessionContract.good(session.delete(many.minus(many.first(700)))))
                    .isTrue();
        }
        List<String> lines = rig.server.script().lines();
        assertThat(lines).allMatch(line -> line.length() + 12 <= 8000);
        assertThat(lines).noneMatch(line -> line.matches("(EXPUNGE|CLOSE|FETCH|STORE|SEARCH|COPY|MOVE)( .*)?"));
        assertThat(lines).noneMatch(line -> line.contains("BODY["));
        assertThat(Objects.requireNonNull(rig.server.folders().get("Done")).uids())
                .hasSize(700);
        assertThat(rig.server.inbox().uids()).hasSize(3000);
    }

    @Test
    void oddDatesOfTheServerDecideNothing() {
        assertThat(UidFetchHeaders.received("17-Jul-1996 02:44:25 -0700"))
                .isEqualTo(Instant.parse("1996-07-17T09:44:25Z"));
        assertThat(UidFetchHeaders.received(" 1-Feb-2099 00:00:00 +0900"))
                .isEqualTo(Instant.parse("2099-01-31T15:00:00Z"));
        assertThat(UidFetchHeaders.received("soon")).isEqualTo(Instant.EPOCH);
        assertThat(UidFetchHeaders.received(null)).isEqualTo(Instant.EPOCH);
    }
}

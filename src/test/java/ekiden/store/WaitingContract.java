package ekiden.store;

import static ekiden.store.StoreSamples.PROBLEM;
import static ekiden.store.StoreSamples.assignment;
import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.Retention;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.Returned;
import ekiden.model.mail.Taker;
import ekiden.model.run.Alarm;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every store does with all that waits: watches, the outbox, alarms, notes of reports. */
abstract class WaitingContract extends MailsContract {
    private static final MailExtras EXTRAS = new MailExtras(
            "c@d",
            List.of("e@f"),
            StoreSamples.ODD,
            null,
            "/s",
            MailExtras.Importance.LOW,
            "list.txt",
            IfRefused.ALL_OR_NOTHING,
            MailExtras.EndsAt.LEFT,
            null,
            "/t.txt",
            "/t.html");

    @Test
    void aWatchThatIsThereAlreadyIsAConflict() {
        commit(t -> t.watches().insert(watch(1, "orders")));
        conflicts(t -> t.watches().insert(watch(1, "orders")));
    }

    @Test
    void aWatchThatIsNotThereCannotBeChangedButRemoved() {
        assertThatThrownBy(() -> outcome(t -> t.watches().update(watch(1, "orders"))))
                .isInstanceOf(IllegalStateException.class);
        commit(t -> t.watches().remove(watch(1, "orders").id()));
    }

    @Test
    void watchesOfAMailboxComeOldestFirst() {
        Watch start =
                new Watch(Watch.startId(id(5)), "/a", id(5), null, StoreSamples.rule("orders"), at(2), 0, 0, true, 7);
        commit(t -> {
            t.watches().insert(watch(3, "orders"));
            t.watches().insert(watch(1, "orders"));
            t.watches().insert(start);
            t.watches().insert(watch(4, "other"));
        });
        seen(t -> assertThat(t.watches().on("orders")).containsExactly(watch(1, "orders"), start, watch(3, "orders")));
        commit(t -> t.watches().remove(start.id()));
        seen(t -> assertThat(t.watches().find(start.id())).isEmpty());
        seen(t -> assertThat(t.watches().on("orders")).hasSize(2));
    }

    @Test
    void aChangedWatchComesBackChanged() {
        Watch before = watch(1, "orders");
        Watch joined = new Watch(
                before.id(),
                before.unit(),
                before.definition(),
                before.attempt(),
                before.rule(),
                before.created(),
                before.bornAt(),
                99,
                true,
                2);
        commit(t -> t.watches().insert(before));
        seen(t -> assertThat(t.watches().find(before.id())).contains(before));
        commit(t -> t.watches().update(joined));
        seen(t -> assertThat(t.watches().find(before.id())).contains(joined));
    }

    @Test
    void theVersionOfAWatchListCountsUpByOneForEachMailbox() {
        seen(t -> assertThat(t.watches().version("orders")).isZero());
        commit(t -> assertThat(t.watches().nextVersion("orders")).isEqualTo(1));
        commit(t -> assertThat(t.watches().nextVersion("orders")).isEqualTo(2));
        commit(t -> assertThat(t.watches().nextVersion("other")).isEqualTo(1));
        seen(t -> assertThat(t.watches().version("orders")).isEqualTo(2));
    }

    @Test
    void anAssignmentThatWaitsIsNotPutTwice() {
        commit(t -> t.outbox().put("local", assignment(1), at(1)));
        commit(t -> t.outbox().put("local", assignment(1), at(2)));
        commit(t -> t.outbox().put("other", assignment(1), at(3)));
        List<Outbox.Row> rows = store().read(t -> t.outbox().waiting("local", 0, 10));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().at()).isEqualTo(at(1));
        assertThat(rows.getFirst().assignment()).isEqualTo(assignment(1));
        seen(t -> assertThat(t.outbox().waiting("other", 0, 10)).isEmpty());
    }

    @Test
    void whoLooksAtAllAgentsSeesThemInTheOrderOfTheRows() {
        commit(t -> {
            t.outbox().put("local", assignment(3), at(1));
            t.outbox().put("other", assignment(9), at(1));
            t.outbox().put("local", assignment(1), at(1));
        });
        List<Outbox.Row> two = store().read(t -> t.outbox().waiting(0, 2));
        assertThat(two).extracting(Outbox.Row::assignment).containsExactly(assignment(3), assignment(9));
        seen(t -> assertThat(t.outbox().waiting(two.getLast().sequence(), 2))
                .extracting(Outbox.Row::assignment)
                .containsExactly(assignment(1)));
    }

    @Test
    void anAgentReadsItsAssignmentsInOrderAndGoesOnBehindThoseItHas() {
        commit(t -> {
            t.outbox().put("local", assignment(3), at(1));
            t.outbox().put("other", assignment(9), at(1));
            t.outbox().put("local", assignment(1), at(1));
        });
        commit(t -> t.outbox().put("local", assignment(2), at(0)));
        List<Outbox.Row> rows = store().read(t -> t.outbox().waiting("local", 0, 10));
        assertThat(rows)
                .extracting(Outbox.Row::assignment)
                .containsExactly(assignment(3), assignment(1), assignment(2));
        assertThat(rows).extracting(Outbox.Row::sequence).isSorted().allMatch(sequence -> sequence >= 1);
        seen(t -> assertThat(t.outbox().waiting("local", 0, 2)).isEqualTo(rows.subList(0, 2)));
        seen(t -> assertThat(t.outbox().waiting("local", rows.get(1).sequence(), 10))
                .isEqualTo(rows.subList(2, 3)));
    }

    @Test
    void aRowThatIsPutAgainAfterItsRemovalStandsBehindAllThatWereRead() {
        commit(t -> t.outbox().put("local", assignment(1), at(1)));
        long first =
                store().read(t -> t.outbox().waiting("local", 0, 1)).getFirst().sequence();
        commit(t -> t.outbox().remove(assignment(1).key()));
        commit(t -> t.outbox().remove(assignment(1).key()));
        seen(t -> assertThat(t.outbox().find(assignment(1).key())).isEmpty());
        commit(t -> t.outbox().put("local", assignment(1), at(2)));
        seen(t -> assertThat(t.outbox().waiting("local", first, 10)).hasSize(1));
        seen(t -> assertThat(t.outbox().find(assignment(1).key()))
                .hasValueSatisfying(row -> assertThat(row.at()).isEqualTo(at(2))));
    }

    private static SaveOptions savedWithAll() {
        return new SaveOptions(
                "{date}",
                "{i}-{name}",
                "/f/received",
                SaveOptions.Collision.FAIL,
                new SaveOptions.FileAccess(null, "sales", "640", null),
                new Retention(Duration.ofDays(30), 9, null),
                new PartChecks(
                        new PartChecks.Filter(List.of("./x"), Duration.ofSeconds(90), PartChecks.Filter.OnFailure.KEEP),
                        new PartChecks.Scan(
                                "127.0.0.1:3310",
                                null,
                                PartChecks.Scan.OnInfected.FAIL,
                                PartChecks.Scan.OnFailure.PASS)),
                Duration.ofSeconds(2));
    }

    private static Assignment.Candidate candidate() {
        MailIdentity identity = new MailIdentity("orders", "INBOX/1/2");
        return new Assignment.Candidate(1, identity, null, StoreSamples.TRACE, StoreSamples.summary("x"));
    }

    @Test
    void everyKindOfAssignmentComesBackAsItWas() {
        AttemptId attempt = new AttemptId(id(1), "返信", 2);
        MailIdentity identity = new MailIdentity("orders", "k");
        List<Assignment> all = List.of(
                new Assignment.SaveMail(
                        "1@w",
                        1,
                        StoreSamples.raw("p"),
                        at(1),
                        "/f",
                        "run-1",
                        null,
                        "一覧",
                        "mail.eml",
                        true,
                        savedWithAll(),
                        new Taker("/受注", 7, "start"),
                        null),
                new Assignment.DoAfterReceive(
                        1,
                        identity,
                        StoreSamples.raw("p"),
                        StoreSamples.TRACE,
                        Objects.requireNonNull(StoreSamples.rule("x").after())),
                new Assignment.TestMails("w", StoreSamples.rule("x").conditions(), List.of(candidate())),
                new Assignment.ProveMail("w", StoreSamples.rule("x").conditions(), candidate(), "here.example"),
                assignment(5),
                new Assignment.SubmitMail(
                        attempt,
                        "orders",
                        List.of("a@b"),
                        List.of(),
                        List.of(),
                        StoreSamples.ODD,
                        null,
                        "/t",
                        List.of("*"),
                        "/f",
                        "<1@x>",
                        at(1),
                        null,
                        List.of(),
                        EXTRAS,
                        Map.of("start.to", List.of(StoreSamples.ODD, "b"), "start.attachments", List.of()),
                        List.of("<0@x>", "<9@x>")),
                new Assignment.KillAttempt(attempt),
                new Assignment.TellDelivered(attempt, List.of(StoreSamples.ODD)),
                new Assignment.CallOffSave("1@w"),
                new Assignment.TreatQuarantined(1, identity, StoreSamples.raw("p"), StoreSamples.TRACE),
                new Assignment.ReleaseRaw("p"),
                new Assignment.PruneFiles("1@w", "/f/run-1"),
                new Assignment.ForgetRun(id(5)));
        assertThat(all).hasSize(Assignment.class.getPermittedSubclasses().length);
        commit(t -> all.forEach(assignment -> t.outbox().put("local", assignment, at(1))));
        seen(t -> assertThat(t.outbox().waiting("local", 0, 20))
                .extracting(Outbox.Row::assignment)
                .isEqualTo(all));
    }

    @Test
    void anAlarmThatIsRaisedAgainWhileItIsOpenStaysAsItIs() {
        commit(t -> t.alarms().raise("disk/spool", PROBLEM, at(1)));
        commit(t ->
                t.alarms().raise("disk/spool", new Problem("EKDD0002-E", MessageId.Kind.RETRYABLE, Map.of()), at(2)));
        List<Alarm> alarms = store().read(t -> t.alarms().list(true, 10));
        assertThat(alarms).hasSize(1);
        assertThat(alarms.getFirst()).isEqualTo(new Alarm(alarms.getFirst().id(), "disk/spool", PROBLEM, at(1), null));
    }

    @Test
    void aClearedAlarmStaysInTheListAndCanBeRaisedAnew() {
        commit(t -> {
            t.alarms().raise("a", PROBLEM, at(1));
            t.alarms().raise("b", PROBLEM, at(2));
            t.alarms().clear("a", at(3));
            t.alarms().clear("a", at(4));
            t.alarms().clear("never", at(4));
        });
        seen(t -> assertThat(t.alarms().list(true, 10)).extracting(Alarm::key).containsExactly("b"));
        commit(t -> t.alarms().raise("a", PROBLEM, at(5)));
        List<Alarm> all = store().read(t -> t.alarms().list(false, 10));
        assertThat(all).extracting(Alarm::key).containsExactly("a", "b", "a");
        assertThat(all).extracting(Alarm::cleared).containsExactly(null, null, at(3));
        seen(t -> assertThat(t.alarms().list(false, 1)).isEqualTo(all.subList(0, 1)));
    }

    @Test
    void whatCameBackOfAMailIsNotedOnceAndGoesWithItsRun() {
        SentMails.Sender sender = new SentMails.Sender(id(1), "send");
        Bounce.Recipient failed = new Bounce.Recipient("a@b", Bounce.Action.FAILED, "5.1.1", StoreSamples.ODD);
        Bounce.Recipient slow = new Bounce.Recipient("a@b", Bounce.Action.DELAYED, "4.4.1", "");
        commit(t -> {
            t.sentMails().note("<1@x>", sender);
            t.sentMails().note("<1@x>", new SentMails.Sender(id(2), "other"));
            t.sentMails().note("<2@x>", new SentMails.Sender(id(2), "other"));
        });
        seen(t -> assertThat(t.sentMails().find("<1@x>")).contains(sender));
        seen(t -> assertThat(t.sentMails().find("<3@x>")).isEmpty());
        Returned first = new Returned("send", 7, at(1), slow);
        Returned second = new Returned("send", 8, at(2), failed);
        commit(t -> {
            assertThat(t.sentMails().returned("<1@x>", second)).isTrue();
            assertThat(t.sentMails().returned("<1@x>", first)).isTrue();
            assertThat(t.sentMails().returned("<1@x>", new Returned("send", 9, at(3), failed)))
                    .isFalse();
            t.sentMails().returned("<2@x>", new Returned("other", 9, at(3), failed));
        });
        seen(t -> assertThat(t.sentMails().of(id(1))).containsExactly(first, second));
        seen(t -> assertThat(t.sentMails().count("<1@x>")).isEqualTo(2));
        commit(t -> t.sentMails().forget(id(1)));
        seen(t -> {
            assertThat(t.sentMails().of(id(1))).isEmpty();
            assertThat(t.sentMails().find("<1@x>")).isEmpty();
            assertThat(t.sentMails().count("<1@x>")).isZero();
            assertThat(t.sentMails().of(id(2))).hasSize(1);
        });
    }

    @Test
    void aReportIsTakenInOnce() {
        commit(t -> assertThat(t.reports().takeIn(id(1), at(1))).isTrue());
        commit(t -> assertThat(t.reports().takeIn(id(1), at(2))).isFalse());
        commit(t -> assertThat(t.reports().takeIn(id(2), at(1))).isTrue());
        boolean twice =
                committed(t -> t.reports().takeIn(id(3), at(1)) && t.reports().takeIn(id(3), at(2)));
        assertThat(twice).isFalse();
    }

    @Test
    void aReportWhoseTransactionWasRolledBackIsNew() {
        assertThatThrownBy(() -> outcome(t -> {
                    t.reports().takeIn(id(1), at(1));
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        commit(t -> assertThat(t.reports().takeIn(id(1), at(1))).isTrue());
    }

    @Test
    void oldNotesOfReportsAreForgotten() {
        commit(t -> {
            t.reports().takeIn(id(1), at(1));
            t.reports().takeIn(id(2), at(2));
            t.reports().takeIn(id(3), at(3));
        });
        commit(t -> assertThat(t.reports().forget(at(2), 10)).isEqualTo(1));
        commit(t -> assertThat(t.reports().forget(at(2), 10)).isZero());
        commit(t -> assertThat(t.reports().takeIn(id(1), at(4))).isTrue());
        commit(t -> assertThat(t.reports().takeIn(id(2), at(4))).isFalse());
    }

    @Test
    void notesBeyondTheLimitAreForgottenLaterTheOldestFirst() {
        commit(t -> {
            t.reports().takeIn(id(1), at(3));
            t.reports().takeIn(id(2), at(1));
            t.reports().takeIn(id(3), at(2));
        });
        commit(t -> assertThat(t.reports().forget(at(9), 2)).isEqualTo(2));
        boolean newestIsKept = committed(t -> !t.reports().takeIn(id(1), at(9)));
        assertThat(newestIsKept).isTrue();
        commit(t -> assertThat(t.reports().forget(at(9), 2)).isEqualTo(1));
        commit(t -> assertThat(t.reports().forget(at(9), 2)).isZero());
    }
}

package ekiden.store;

import static ekiden.store.StoreSamples.ODD;
import static ekiden.store.StoreSamples.definition;
import static ekiden.store.StoreSamples.event;
import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.next;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store does with runs, histories and definitions. */
abstract class RunsContract extends StoreFixture {
    @Test
    void aRunThatSomebodyElseChangedIsAConflictAndNothingIsWritten() {
        Run first = run(1, "/a", 1);
        commit(t -> t.runs().insert(first));
        commit(t -> t.runs().update(next(first, RunStatus.RUNNING)));
        conflicts(t -> {
            t.runs().insert(run(2, "/a", 2));
            t.runs().update(next(first, RunStatus.KILLED));
        });
        seen(t -> assertThat(t.runs().list(null, 10)).containsExactly(next(first, RunStatus.RUNNING)));
    }

    @Test
    void aRunThatIsNotThereCannotBeChanged() {
        conflicts(t -> t.runs().update(next(run(1, "/a", 1), RunStatus.RUNNING)));
    }

    @Test
    void aRunThatIsThereAlreadyIsAConflictByIdAndByNumber() {
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        conflicts(t -> t.runs().insert(run(1, "/a", 2)));
        conflicts(t -> t.runs().insert(run(2, "/a", 1)));
        commit(t -> t.runs().insert(run(2, "/b", 1)));
    }

    @Test
    void aNewRunHasVersionOne() {
        assertThatThrownBy(() -> outcome(t -> t.runs().insert(next(run(1, "/a", 1), RunStatus.RUNNING))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunComesBackAsItWas() {
        Run fresh = run(1, "/営業/注文 取込", 3);
        Run changed = next(fresh, RunStatus.ENDED_ABNORMALLY);
        commit(t -> t.runs().insert(fresh));
        seen(t -> assertThat(t.runs().find(id(1))).contains(fresh));
        commit(t -> t.runs().update(changed));
        seen(t -> assertThat(t.runs().find(id(1))).contains(changed));
        seen(t -> assertThat(t.runs().find("/営業/注文 取込", 3)).contains(changed));
        seen(t -> assertThat(t.runs().find("/営業/注文 取込", 4)).isEmpty());
        seen(t -> assertThat(t.runs().find(id(2))).isEmpty());
    }

    @Test
    void runsAreListedNewestFirstAndUpToALimit() {
        commit(t -> {
            t.runs().insert(run(1, "/a", 1));
            t.runs().insert(run(2, "/b", 1));
            t.runs().insert(run(3, "/a", 2));
        });
        seen(t -> assertThat(t.runs().list(null, 2)).containsExactly(run(3, "/a", 2), run(2, "/b", 1)));
        seen(t -> assertThat(t.runs().list("/a", 2)).containsExactly(run(3, "/a", 2), run(1, "/a", 1)));
        seen(t -> assertThat(t.runs().list("/a", 1)).containsExactly(run(3, "/a", 2)));
        seen(t -> assertThat(t.runs().list("/c", 9)).isEmpty());
    }

    @Test
    void runsOfAUnitInSomeStatusesComeByNumber() {
        Run running = next(run(4, "/a", 4), RunStatus.RUNNING);
        commit(t -> {
            t.runs().insert(run(5, "/a", 5));
            t.runs().insert(run(4, "/a", 4));
            t.runs().update(running);
            t.runs().insert(run(6, "/b", 1));
            t.runs().insert(run(3, "/a", 3));
            t.runs().update(next(run(3, "/a", 3), RunStatus.KILLED));
        });
        seen(t -> assertThat(t.runs().in("/a", Set.of(RunStatus.RUNNING, RunStatus.PREPARING)))
                .containsExactly(running, run(5, "/a", 5)));
        seen(t -> assertThat(t.runs().in("/a", Set.of(RunStatus.QUEUED))).isEmpty());
        seen(t -> assertThat(t.runs().in("/a", Set.of())).isEmpty());
    }

    @Test
    void firstRunOfAUnitInAStatusIsTheOneWithTheLowestNumber() {
        Run queued = next(run(5, "/a", 2), RunStatus.QUEUED);
        commit(t -> {
            for (long number : List.of(7, 2, 3)) {
                Run fresh = run(number + 3, "/a", number);
                t.runs().insert(fresh);
                t.runs().update(next(fresh, RunStatus.QUEUED));
            }
            t.runs().insert(run(1, "/b", 1));
            t.runs().update(next(run(1, "/b", 1), RunStatus.QUEUED));
            t.runs().insert(run(4, "/a", 1));
        });
        seen(t -> assertThat(t.runs().first("/a", RunStatus.QUEUED)).contains(queued));
        seen(t -> assertThat(t.runs().first("/a", RunStatus.PREPARING)).contains(run(4, "/a", 1)));
        seen(t -> assertThat(t.runs().first("/a", RunStatus.RUNNING)).isEmpty());
        commit(t -> t.runs().update(next(queued, RunStatus.RUNNING)));
        seen(t -> assertThat(
                        t.runs().first("/a", RunStatus.QUEUED).orElseThrow().number())
                .isEqualTo(3));
    }

    @Test
    void theLastNumberOfAUnitIsZeroAtFirst() {
        seen(t -> assertThat(t.runs().lastNumber("/a")).isZero());
        commit(t -> {
            t.runs().insert(run(1, "/a", 10));
            t.runs().insert(run(2, "/a", 9));
            t.runs().insert(run(3, "/b", 99));
            assertThat(t.runs().lastNumber("/a")).isEqualTo(10);
        });
    }

    @Test
    void aSequenceNumberThatIsTakenIsAConflictAndTheEventsBesideItAreNotKept() {
        commit(t -> t.runs().append(List.of(event(id(1), 1), event(id(1), 2))));
        conflicts(t -> t.runs().append(List.of(event(id(1), 3), event(id(1), 2))));
        seen(t -> assertThat(t.runs().history(id(1), 0, 10)).containsExactly(event(id(1), 1), event(id(1), 2)));
    }

    @Test
    void aHistoryIsReadInOrderFromAnySequenceNumber() {
        List<RecordedEvent> all =
                LongStream.rangeClosed(1, 12).mapToObj(n -> event(id(1), n)).toList();
        commit(t -> {
            t.runs().append(all.subList(0, 3));
            t.runs().append(List.of(event(id(2), 1)));
            t.runs().append(all.subList(3, 12));
        });
        seen(t -> assertThat(t.runs().history(id(1), 0, 100)).isEqualTo(all));
        seen(t -> assertThat(t.runs().history(id(1), 2, 3)).isEqualTo(all.subList(2, 5)));
        seen(t -> assertThat(t.runs().history(id(1), 12, 3)).isEmpty());
    }

    @Test
    void theLastSequenceOfARunIsZeroAtFirst() {
        commit(t -> {
            assertThat(t.runs().lastSequence(id(1))).isZero();
            t.runs().append(List.of(event(id(1), 1), event(id(1), 2), event(id(2), 7)));
            assertThat(t.runs().lastSequence(id(1))).isEqualTo(2);
        });
    }

    @Test
    void anEventOfAMegabyteComesBackWhole() {
        RecordedEvent big = new RecordedEvent(
                id(9),
                id(1),
                1,
                StoreSamples.T0,
                new RunEvent.RunKillRequested(ODD.repeat(1_048_576 / ODD.length() + 1)));
        commit(t -> t.runs().append(List.of(big)));
        seen(t -> assertThat(t.runs().history(id(1), 0, 1)).containsExactly(big));
    }

    @Test
    void textThatDatabasesDoNotTakeComesBackAsItWas() {
        RecordedEvent odd = new RecordedEvent(
                id(9),
                id(1),
                1,
                StoreSamples.T0,
                new RunEvent.RunKillRequested("half \uD83D and \u0000 and \uDE00\uD83D"));
        commit(t -> t.runs().append(List.of(odd)));
        seen(t -> assertThat(t.runs().history(id(1), 0, 1)).containsExactly(odd));
    }

    @Test
    void aVersionOfADefinitionIsNeverReplaced() {
        commit(t -> t.definitions().put(definition(1, "/a", 1)));
        conflicts(t -> t.definitions().put(definition(2, "/a", 1)));
        conflicts(t -> t.definitions().put(definition(1, "/a", 2)));
        seen(t -> assertThat(t.definitions().current("/a")).contains(definition(1, "/a", 1)));
    }

    @Test
    void theNewestVersionIsThePresentOneAndFormerOnesStay() {
        commit(t -> t.definitions().put(definition(1, "/b/注文", 1)));
        commit(t -> {
            t.definitions().put(definition(2, "/b/注文", 2));
            t.definitions().put(definition(3, "/a", 1));
        });
        seen(t ->
                assertThat(t.definitions().list()).containsExactly(definition(3, "/a", 1), definition(2, "/b/注文", 2)));
        seen(t -> assertThat(t.definitions().find(id(1))).contains(definition(1, "/b/注文", 1)));
        seen(t -> assertThat(t.definitions().versions("/b/注文")).isEqualTo(2));
    }

    @Test
    void aDeletedUnitHasNoPresentVersionAndKeepsItsFormerOnes() {
        commit(t -> t.definitions().put(definition(1, "/a", 1)));
        commit(t -> {
            t.definitions().delete("/a");
            t.definitions().delete("/never");
        });
        seen(t -> assertThat(t.definitions().current("/a")).isEmpty());
        seen(t -> assertThat(t.definitions().list()).isEmpty());
        seen(t -> assertThat(t.definitions().find(id(1))).isPresent());
        seen(t -> assertThat(t.definitions().versions("/a")).isEqualTo(1));
        commit(t -> t.definitions().put(definition(2, "/a", 2)));
        seen(t -> assertThat(t.definitions().current("/a")).contains(definition(2, "/a", 2)));
    }

    @Test
    void runsComeInTheOrderOfTheirIdsBehindOne() {
        UUID high = new UUID(-1, 5);
        Run run = run(1, "/a", 3);
        Run last = new Run(
                high,
                run.unit(),
                7,
                run.definition(),
                run.status(),
                null,
                null,
                false,
                null,
                run.jobs(),
                run.created(),
                null,
                null,
                1);
        commit(t -> {
            t.runs().insert(last);
            t.runs().insert(run(2, "/a", 2));
            t.runs().insert(run);
        });
        seen(t -> assertThat(t.runs().behind(new UUID(0, 0), 2))
                .extracting(Run::id)
                .containsExactly(id(1), id(2)));
        seen(t -> assertThat(t.runs().behind(id(1), 10)).extracting(Run::id).containsExactly(id(2), high));
        seen(t -> assertThat(t.runs().behind(high, 10)).isEmpty());
    }

    @Test
    void runsOfAUnitBelowANumberComeNewestFirst() {
        commit(t -> {
            t.runs().insert(run(1, "/a", 1));
            t.runs().insert(run(2, "/a", 2));
            t.runs().insert(run(3, "/a", 3));
            t.runs().insert(run(4, "/b", 1));
        });
        seen(t ->
                assertThat(t.runs().below("/a", 3, 10)).extracting(Run::number).containsExactly(2L, 1L));
        seen(t -> assertThat(t.runs().below("/a", Long.MAX_VALUE, 2))
                .extracting(Run::number)
                .containsExactly(3L, 2L));
        seen(t -> assertThat(t.runs().below("/a", 1, 10)).isEmpty());
    }

    @Test
    void aRemovedRunIsGoneWithItsHistoryAndNoOther() {
        commit(t -> {
            t.runs().insert(run(1, "/a", 1));
            t.runs().insert(run(2, "/a", 2));
            t.runs().append(List.of(event(id(1), 1), event(id(1), 2), event(id(2), 1)));
        });
        commit(t -> {
            t.runs().remove(id(1));
            t.runs().remove(id(9));
        });
        seen(t -> assertThat(t.runs().find(id(1))).isEmpty());
        seen(t -> assertThat(t.runs().history(id(1), 0, 10)).isEmpty());
        seen(t -> assertThat(t.runs().list("/a", 10)).hasSize(1));
        seen(t -> assertThat(t.runs().history(id(2), 0, 10)).hasSize(1));
    }
}
